"""The wanted passages exist: a plan that shuts out its own users is refused too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.network.path import Path
from policy.requirements.requirement import Requirement, without_balancer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "user-path"


def check(case: Case) -> Iterator[Finding]:
    """Find what interrupts the way from the VPN to an instance, through every balancer."""
    interrupted = [
        list(Path(case.network, front, case.intent.vpn).breaks()) for front in case.network.fronts
    ]
    if any(all(one.outside for one in breaks) for breaks in interrupted):
        interrupted = [[one for one in breaks if one.outside] for breaks in interrupted]
    for breaks in interrupted:
        for one in dict.fromkeys(breaks):
            yield case.finding(
                ID,
                one.resource,
                f"{one.message}.",
                one.mend,
                attribute=one.attribute,
                level="warning" if one.outside else "refused",
            )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The VPN reaches the load balancer's 443, and the load balancer the instances' 11434",
    check=check,
    applies=without_balancer,
)
