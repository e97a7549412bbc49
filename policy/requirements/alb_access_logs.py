"""The load balancer writes access logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.requirements.requirement import Requirement, without_balancer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "alb-access-logs"


def check(case: Case) -> Iterator[Finding]:
    """Find load balancers without access logs."""
    for front in case.network.fronts:
        blocks = case.plan.blocks(front.resource, "access_logs")
        on = not isinstance(blocks, Unknown) and any(
            str(one.get("enabled")).lower() == "true" and one.get("bucket") not in (None, "")
            for one in blocks
        )
        if not on:
            yield case.finding(
                ID,
                front.resource,
                f"{front.address} writes no access logs.",
                "Set access_logs with a bucket and enabled = true.",
                attribute="access_logs",
            )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The load balancer writes access logs",
    check=check,
    applies=without_balancer,
)
