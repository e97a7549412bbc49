"""A web ACL stands before the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.plan.plan import Foreign
from policy.requirements.requirement import Requirement, without_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "ui-web-acl"
_GLOBAL: Final = re.compile(r"arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global/webacl/[\w-]+/[\w-]+")
_TYPES: Final = frozenset({"aws_wafv2_web_acl", "aws_waf_web_acl"})


def check(case: Case) -> Iterator[Finding]:
    """Find distributions of the page without a web ACL of CloudFront's scope."""
    for page in case.delivery.page:
        value = case.plan.value(page.resource, "web_acl_id")
        found = case.plan.identify(value, _TYPES, ("arn", "id"))
        message = ""
        if value in (None, ""):
            message = f"{page.resource.address} has no web ACL."
        elif isinstance(found, Unknown):
            message = f"The web ACL of {page.resource.address} cannot be told ({found.why})."
        elif isinstance(found, Foreign):
            if not _GLOBAL.fullmatch(found.name):
                message = f"{page.resource.address} names {found.name}, no web ACL of CloudFront's."
        elif found.type == "aws_wafv2_web_acl" and (
            case.plan.value(found, "scope") != "CLOUDFRONT"
        ):
            message = f"{found.address} is not of the scope CLOUDFRONT, so it guards nothing here."
        if message:
            yield case.finding(
                ID,
                page.resource,
                message,
                "Set web_acl_id to the ARN of a web ACL with scope = CLOUDFRONT.",
                attribute="web_acl_id",
            )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="A web ACL stands before the page",
    check=check,
    applies=without_page,
)
