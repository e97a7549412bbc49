"""The page comes from a private bucket, through CloudFront with a signing origin access control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Reference, Unknown
from policy.network.delivery import BUCKET
from policy.plan.plan import Foreign
from policy.plan.policies import statements
from policy.requirements.requirement import Requirement, without_page
from policy.requirements.ui_origin.bucket_readers import opens

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
        told = (
            origin.bucket.name if isinstance(origin.bucket, Foreign) else f"({origin.bucket.why})"
        )
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
            + (f"cannot be told ({found.why})" if isinstance(found, Unknown) else "is not here")
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
    key = case.plan.provider_of(bucket)
    for account in case.plan.of_type("aws_s3_account_public_access_block"):
        if case.plan.provider_of(account) == key and not _left_open(case, account):
            return
    own = _about(case, bucket, "aws_s3_bucket_public_access_block")
    if not own:
        yield case.finding(
            ID,
            bucket,
            f"Nothing blocks public access to the page's bucket {bucket.address}.",
            "Add an aws_s3_bucket_public_access_block with all four settings true.",
        )
    for one in own:
        missing = _left_open(case, one)
        if missing:
            yield case.finding(
                ID,
                one,
                f"The page's bucket {bucket.address} leaves public access open: "
                f"{', '.join(missing)}.",
                _PUBLIC_BUCKET,
                attribute=missing[0],
            )


def _left_open(case: Case, block: Resource) -> list[str]:
    return [name for name in _BLOCKS if case.plan.value(block, name) is not True]


def _about(case: Case, bucket: Resource, *types: str) -> list[Resource]:
    """Return the resources that speak of a bucket, or may: their own bucket cannot be told."""
    found: list[Resource] = []
    for one in case.plan.of_type(*types):
        named = case.plan.identify(case.plan.value(one, "bucket"), BUCKET, ("id", "bucket", "arn"))
        if named is bucket or isinstance(named, Unknown):
            found.append(one)
    return found


def _policy(case: Case, bucket: Resource) -> Iterator[Finding]:
    sources = _about(case, bucket, "aws_s3_bucket_policy")
    if case.plan.written(bucket, "policy"):
        sources.append(bucket)
    for resource in sources:
        found = statements(case.plan, case.plan.value(resource, "policy"))
        told = [found] if isinstance(found, Unknown) else found
        for statement in told:
            why = (
                f"cannot be told: {statement.why}"
                if isinstance(statement, Unknown)
                else opens(case, statement)
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
    # An access point has a policy of its own, and may belong to another account.
    for point in case.plan.of_type("aws_s3_access_point", "aws_s3control_access_grant"):
        if point in _about(case, bucket, point.type):
            yield case.finding(
                ID,
                point,
                f"{point.address} opens another way into the page's bucket {bucket.address}.",
                "Remove it; CloudFront reads the bucket itself.",
                attribute="bucket",
            )


def _acl(case: Case, bucket: Resource) -> Iterator[Finding]:
    types = ("aws_s3_bucket_acl", "aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy")
    for resource in (bucket, *_about(case, bucket, *types)):
        value = case.plan.value(resource, "acl")
        own = isinstance(value, Reference) and value.address == resource.address
        granted = [
            name for name in ("access_control_policy", "grant") if case.plan.written(resource, name)
        ]
        if granted or (value not in (None, "", *_PRIVATE_ACLS) and not own):
            named = value if isinstance(value, str) and not granted else "of its own grants"
            yield case.finding(
                ID,
                resource,
                f"{resource.address} opens the page's bucket by the ACL {named}.",
                "Leave ACLs out; the bucket policy lets CloudFront in.",
                attribute="acl",
            )


def _website(case: Case, bucket: Resource) -> Iterator[Finding]:
    sites = _about(case, bucket, "aws_s3_bucket_website_configuration")
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


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The page comes from a private bucket, read by CloudFront's signed requests alone",
    check=check,
    applies=without_page,
)
