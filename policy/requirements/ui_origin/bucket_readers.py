"""Whom a statement of the page's bucket policy lets in, beside CloudFront."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Reference, Text, Value

if TYPE_CHECKING:
    from policy.plan.policies import Statement
    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case

_EXACT: Final = frozenset({"stringequals", "arnequals", "stringlike", "arnlike"})
# Services that write into a bucket on behalf of this account, and read nothing out of it.
_WRITERS: Final = frozenset({"delivery.logs.amazonaws.com", "logging.s3.amazonaws.com"})
_PEOPLE: Final = frozenset({"aws_iam_role", "aws_iam_user"})
_ROLE: Final = re.compile(r"arn:aws[a-z-]*:(?:iam|sts)::\d{12}:(?:role|user|assumed-role)/[^*?]+")


def opens(case: Case, statement: Statement) -> str:
    """Say how a statement opens the bucket, or nothing.

    What may read beside CloudFront is a principal by its full name: a role or user of this plan,
    or one by its ARN, as whoever uploads the page needs.
    """
    if not statement.allow:
        return ""
    if statement.inverted:
        return "allows everybody but those it names"
    if not statement.principals:
        return "allows principals that cannot be told"
    return next(filter(None, (_lets_in(case, statement, *one) for one in statement.principals)), "")


def _lets_in(case: Case, statement: Statement, kind: str, name: Value) -> str:
    if kind == "*" or name == "*":
        return "allows everybody"
    if kind == "Service":
        return _service(case, statement, name)
    if isinstance(name, str) and kind == "AWS":
        if "cloudfront:user/" in name:
            return "allows an origin access identity beside the origin access control"
        return "" if _ROLE.fullmatch(name) else f"allows {name[:80]}, which is no role or user"
    resource = case.plan.at(name.address) if isinstance(name, Reference) else None
    if resource is not None and resource.mode == "managed" and resource.type in _PEOPLE:
        return ""
    return "allows a principal that cannot be told"


def _service(case: Case, statement: Statement, name: Value) -> str:
    if name in _WRITERS:
        return ""
    if name != "cloudfront.amazonaws.com":
        return f"allows the service {name if isinstance(name, str) else 'that cannot be told'}"
    if not any(_own_distribution(case, one) for one in statement.conditions):
        return "allows CloudFront on behalf of any distribution of any account"
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
