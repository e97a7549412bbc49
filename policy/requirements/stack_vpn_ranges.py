"""Every range of the environment's VPN gets in, not just some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.network.addresses import parse
from policy.network.path import Path
from policy.requirements.requirement import Requirement, without_balancer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "stack-vpn-ranges"


def check(case: Case) -> Iterator[Finding]:
    """Find ranges of the VPN that no rule lets in."""
    for front in case.network.fronts:
        clients = Path(case.network, front, case.intent.vpn).clients
        for cidr in case.intent.vpn_cidrs:
            missing = parse(cidr) - clients
            if missing:
                yield case.finding(
                    ID,
                    front.resource,
                    f"{front.address} does not let {missing} in, which is in vpn_cidrs.",
                    "Admit tcp 443 from every range of vpn_cidrs.",
                    attribute="security_groups",
                )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Every range of vpn_cidrs reaches the load balancer",
    check=check,
    applies=without_balancer,
    own=True,
)
