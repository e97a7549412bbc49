"""The page comes from a private bucket, through CloudFront with a signing origin access control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Reference, Text, Unknown, Value
from policy.network.delivery import BUCKET
from policy.plan.plan import Foreign
from policy.plan.policies import Statement, statements
from policy.requirements.requirement import Requirement, without_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.delivery import Distribution, Origin
    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "ui-origin"
_CONTROL: Final = frozenset({"aws_cloudfront_origin_access_control"})
_BLOCKS: Final = (
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
)
_PRIVATE_ACLS: Final = frozenset({"private", "bucket-owner-full-control", "bucket-owner-read"})
_EXACT: Final = frozenset({"stringequals", "arnequals", "stringlike", "arnlike"})
_PUBLIC_BUCKET: Final = "Block public access to the bucket in all four ways."


def check(case: Case) -> Iterator[Finding]:
    """Find origins that are no private bucket behind a signing origin access control."""
    for page in case.delivery.page:
        for origin in page.origins:
            yield from _origin(case, page, origin)
    for bucket in case.delivery.buckets.values():
        yield from _public_access(case, bucket)
        yield from _policy(case, bucket)
        yield from _acl(case, bucket)
        yield from _website(case, bucket)


def _origin(case: Case, page: Distribution, origin: Origin) -> Iterator[Finding]:
    def refused(message: str, mend: str) -> Finding:
        return case.finding(ID, page.resource, message, mend, attribute="origin")

    name = page.resource.address
    if origin.website:
        yield refused(
            f"{name} reads a bucket's website endpoint, which is public and speaks plain HTTP.",
            "Use the bucket's bucket_regional_domain_name.",
        )
        return
    if isinstance(origin.bucket, Foreign | Unknown):
        told = origin.bucket.name if isinstance(origin.bucket, Foreign) else origin.bucket.why
        yield refused(
            f"{name} has an origin that is no bucket of this plan: {told}.",
            "Serve the page from a private bucket that this plan makes.",
        )
        return
    control = origin.fields.get("origin_access_control_id")
    if control in (None, ""):
        yield refused(
            f"{name} reads {origin.bucket.address} without an origin access control.",
            "Set origin_access_control_id to one that signs always.",
        )
        return
    found = case.plan.identify(control, _CONTROL, ("id",))
    if isinstance(found, Foreign | Unknown):
        yield refused(
            f"The origin access control of {name} "
            + (found.why if isinstance(found, Unknown) else "is not in this plan")
            + ", so it may not sign.",
            "Make the origin access control in this plan.",
        )
        return
    wanted = {
        "signing_behavior": "always",
        "signing_protocol": "sigv4",
        "origin_access_control_origin_type": "s3",
    }
    for attribute, good in wanted.items():
        value = case.plan.value(found, attribute)
        if value != good:
            yield case.finding(
                ID,
                found,
                f"{found.address} has {attribute} = {value if isinstance(value, str) else '?'}, "
                f"so requests to the bucket are not always signed.",
                f'Set {attribute} = "{good}".',
                attribute=attribute,
            )


def _public_access(case: Case, bucket: Resource) -> Iterator[Finding]:
    blocks = [
        one
        for one in case.plan.of_type("aws_s3_bucket_public_access_block")
        if _of(case, one) is bucket
    ]
    account = case.plan.of_type("aws_s3_account_public_access_block")
    open_: list[tuple[Resource, list[str]]] = [
        (one, [name for name in _BLOCKS if case.plan.value(one, name) is not True])
        for one in (*blocks, *account)
    ]
    if any(not missing for one, missing in open_ if one in account):
        return
    own = [(one, missing) for one, missing in open_ if one in blocks]
    if not own:
        yield case.finding(
            ID,
            bucket,
            f"Nothing blocks public access to the page's bucket {bucket.address}.",
            "Add an aws_s3_bucket_public_access_block with all four settings true.",
        )
    for one, missing in own:
        if missing:
            yield case.finding(
                ID,
                one,
                f"The page's bucket {bucket.address} leaves public access open: "
                f"{', '.join(missing)}.",
                _PUBLIC_BUCKET,
                attribute=missing[0],
            )


def _policy(case: Case, bucket: Resource) -> Iterator[Finding]:
    sources: list[tuple[Resource, Value]] = [
        (one, case.plan.value(one, "policy"))
        for one in case.plan.of_type("aws_s3_bucket_policy")
        if _of(case, one) is bucket
    ]
    if case.plan.written(bucket, "policy"):
        sources.append((bucket, case.plan.value(bucket, "policy")))
    for resource, value in sources:
        found = statements(case.plan, value)
        told = [Unknown(found.why)] if isinstance(found, Unknown) else found
        for statement in told:
            why = (
                f"{statement.why}, so it cannot be shown to be private"
                if isinstance(statement, Unknown)
                else _opens(case, statement)
            )
            if why:
                yield case.finding(
                    ID,
                    resource,
                    f"The policy of the page's bucket {bucket.address} {why}.",
                    "Allow cloudfront.amazonaws.com alone, with AWS:SourceArn equal to the "
                    "distribution's ARN.",
                    attribute="policy",
                )


def _opens(case: Case, statement: Statement) -> str:  # noqa: PLR0911 (a way, a return)
    """Say how a statement opens the bucket, or nothing."""
    if not statement.allow:
        return ""
    if statement.inverted:
        return "allows everybody but those it names"
    for kind, name in statement.principals:
        if kind == "*" or name == "*":
            return "allows everybody"
        if isinstance(name, Unknown):
            return f"allows a principal that {name.why}"
        if kind == "Service" and name == "cloudfront.amazonaws.com":
            if not any(_own_distribution(case, one) for one in statement.conditions):
                return "allows CloudFront on behalf of any distribution of any account"
        elif isinstance(name, str) and ("cloudfront:user/" in name or kind == "CanonicalUser"):
            return "allows an origin access identity beside the origin access control"
    return ""


def _own_distribution(case: Case, condition: tuple[str, str, tuple[Value, ...]]) -> bool:
    operator, key, values = condition
    if operator.lower() not in _EXACT or key != "aws:sourcearn" or not values:
        return False
    own = {page.resource.address: page.resource for page in case.delivery.page}
    return all(_speaks_of(value, own) for value in values)


def _speaks_of(value: Any, own: dict[str, Resource]) -> bool:
    if isinstance(value, Reference):
        return value.address in own and value.attribute == "arn"
    if isinstance(value, Text):
        # An ARN put together: the account's distribution of this id.
        *head, last = value.parts
        return (
            isinstance(last, Reference)
            and last.address in own
            and last.attribute == "id"
            and str(head[-1] if head else "").endswith("distribution/")
        )
    return isinstance(value, str) and any(
        value == resource.after.get("arn") for resource in own.values()
    )


def _acl(case: Case, bucket: Resource) -> Iterator[Finding]:
    holders = [one for one in case.plan.of_type("aws_s3_bucket_acl") if _of(case, one) is bucket]
    objects = [
        one
        for one in case.plan.of_type("aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy")
        if _of(case, one) is bucket
    ]
    for resource in (bucket, *holders, *objects):
        value = case.plan.value(resource, "acl")
        own = isinstance(value, Reference) and value.address == resource.address
        public = value not in (None, "", *_PRIVATE_ACLS) and not own
        grants = case.plan.value(resource, "access_control_policy")
        groups = "/groups/global/" in str(grants) or "/groups/global/" in str(
            case.plan.value(resource, "grant")
        )
        if public or groups:
            yield case.finding(
                ID,
                resource,
                f"{resource.address} opens the page's bucket by the ACL "
                f"{value if isinstance(value, str) else 'that grants it to a global group'}.",
                "Leave ACLs out; the bucket policy lets CloudFront in.",
                attribute="acl",
            )


def _website(case: Case, bucket: Resource) -> Iterator[Finding]:
    sites = [
        one
        for one in case.plan.of_type("aws_s3_bucket_website_configuration")
        if _of(case, one) is bucket
    ]
    if case.plan.written(bucket, "website") and case.plan.value(bucket, "website") not in (
        None,
        [],
    ):
        sites.append(bucket)
    for one in sites:
        yield case.finding(
            ID,
            one,
            f"{one.address} makes the page's bucket {bucket.address} a website, which speaks "
            f"plain HTTP.",
            "Remove it; CloudFront serves the page.",
            attribute="website",
        )


def _of(case: Case, resource: Resource) -> Resource | Foreign | Unknown:
    return case.plan.identify(case.plan.value(resource, "bucket"), BUCKET, ("id", "bucket", "arn"))


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The page comes from a private bucket, read by CloudFront's signed requests alone",
    check=check,
    applies=without_page,
)
