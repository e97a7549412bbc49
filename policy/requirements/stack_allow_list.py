"""The page, too, is served to its allow-list alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.network.addresses import PRIVATE
from policy.network.web_acl import admitted
from policy.plan.plan import Foreign
from policy.requirements.requirement import Requirement, without_page
from policy.verdict import Finding, Packet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case

ID: Final = "stack-allow-list"
_WEB_ACL: Final = frozenset({"aws_wafv2_web_acl"})


def check(case: Case) -> Iterator[Finding]:
    """Find addresses outside the allow-list to which a web ACL shows the page."""
    for page in case.delivery.page:
        web_acl = case.plan.identify(
            case.plan.value(page.resource, "web_acl_id"), _WEB_ACL, ("arn", "id")
        )
        if isinstance(web_acl, Foreign | Unknown):
            yield case.finding(
                ID,
                page.resource,
                f"{page.resource.address} stands behind no web ACL of this plan.",
                "Guard it with the web ACL of the module frontend.",
                attribute="web_acl_id",
            )
            continue
        passing = admitted(case.plan, web_acl)
        if isinstance(passing, Unknown):
            yield case.finding(
                ID, web_acl, f"{web_acl.address} {passing.why}.", "Write its rules plainly."
            )
            continue
        strangers = passing - case.intent.page
        if strangers:
            yield case.finding(
                ID,
                web_acl,
                f"{web_acl.address} shows the page to addresses outside its allow-list.",
                "Block by default, and allow the IP sets of ui_allowed_cidrs alone.",
                attribute="rule",
                packet=Packet(
                    f"{(strangers - PRIVATE or strangers).first} (the internet)",
                    "tcp",
                    "443",
                    page.resource.address,
                    (web_acl.address,),
                ),
            )
        if not passing & case.intent.page:
            yield case.finding(
                ID,
                web_acl,
                f"{web_acl.address} shows the page to nobody of its allow-list.",
                "Allow the IP sets of ui_allowed_cidrs.",
                attribute="rule",
            )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The page is served to its allow-list alone, the VPN's ranges unless set otherwise",
    check=check,
    applies=without_page,
    own=True,
)
