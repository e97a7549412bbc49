"""Peered VPCs and transit gateways join networks whose hosts are no VPN clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.network.routes import VPC_TYPES
from policy.plan.plan import Foreign
from policy.requirements.front_doors.door import Door
from policy.verdict import Packet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.routes import Route
    from policy.requirements.requirement import Case

_PEERINGS: Final = (
    "aws_vpc_peering_connection",
    "aws_vpc_peering_connection_accepter",
    "aws_networkmanager_vpc_attachment",
)
_THROUGH_GATEWAY: Final = "Remove it; let the VPN come in through a transit or VPN gateway."
_POSING: Final = "hosts may hold any private address, one of the VPN's too"


def doors(case: Case) -> Iterator[Door]:
    """Yield peerings with a protected VPC, and routes to neighbours beyond the VPN's ranges."""
    network = case.network
    target = (*network.fronts, *network.inference)[0].address
    for resource in case.plan.of_type(*_PEERINGS):
        ends = [case.plan.value(resource, name) for name in ("vpc_id", "peer_vpc_id", "vpc_arn")]
        joined = [case.plan.identify(end, VPC_TYPES) for end in ends if end not in (None, "")]
        if any(
            isinstance(end, Unknown)
            or (not isinstance(end, Foreign) and end.address in network.vpcs)
            for end in joined
        ):
            source = f"{case.intent.vpn.first} (a host of the peer)"
            yield Door(
                resource,
                f"The peering joins another VPC to the protected one: its {_POSING}.",
                mend=_THROUGH_GATEWAY,
                packet=Packet(source, "tcp", "443", target, (resource.address,)),
            )
    routes = dict.fromkeys(
        route
        for subnet in network.subnets.values()
        for route in network.routes.table(subnet).routes
    )
    for route in routes:
        yield from _beyond(case, route)


def _beyond(case: Case, route: Route) -> Iterator[Door]:
    if route.target == "peering":
        yield Door(
            route.resource,
            f"A route leads through the peering {route.through}, whose {_POSING}.",
            mend=_THROUGH_GATEWAY,
        )
    if route.target != "transit":
        return
    mend = "Route only the VPN's ranges through the transit gateway."
    if isinstance(route.destination, Unknown):
        yield Door(
            route.resource,
            f"Where a route through {route.through} leads cannot be told "
            f"({route.destination.why}).",
            mend=mend,
        )
    elif route.destination - case.intent.vpn:
        yield Door(
            route.resource,
            f"A route through {route.through} leads to {route.destination}, not all of which lies "
            f"inside the VPN's ranges.",
            mend=mend,
        )
