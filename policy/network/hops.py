"""The hops of a wanted passage at which network ACLs may stop a packet or its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.network.addresses import Addresses, NotACidrError, parse, union
from policy.network.network import HTTPS_PORT
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy.network.hosts import Host
    from policy.network.network import Network
    from policy.plan.resources import Resource

# Clients answer from somewhere in 1024-65535; these two lie in every system's own range.
_EPHEMERAL: Final = (32768, 60999)


@dataclass(frozen=True)
class Break:
    """One place where a wanted passage is interrupted.

    Attributes:
        resource: Where to mend it.
        message: What is wrong, without a full stop.
        mend: What to change.
        attribute: The attribute at fault, or empty.
        outside: Whether what is missing may lie outside the plan, which is a warning.
    """

    resource: Resource
    message: str
    mend: str
    attribute: str = ""
    outside: bool = False


def of_clients(
    network: Network, subnets: Iterable[Resource | Foreign | Unknown], clients: Addresses
) -> Iterator[Break]:
    """Yield the load balancer's subnets whose ACL stops every client or every answer."""
    for subnet in dict.fromkeys(subnets):
        if isinstance(subnet, Foreign | Unknown) or not clients:
            continue
        acl = network.access_lists.of(subnet)
        passed = network.access_lists.passes(acl, clients, HTTPS_PORT, egress=False)
        for port in _EPHEMERAL:
            passed = network.access_lists.passes(acl, passed, port, egress=True)
        if not passed:
            yield _blocked(network, acl, subnet, "the VPN's way to the load balancer's 443")


def between(
    network: Network, subnets: tuple[Resource | Foreign | Unknown, ...], host: Host, port: int
) -> Iterator[Break]:
    """Yield the subnets whose ACL stops the way from the load balancer to a host, or back."""
    ways = ((True, subnets, host.subnets), (False, host.subnets, subnets))
    for outwards, here, there in ways:
        others = addresses_of(network, there)
        for subnet in dict.fromkeys(here) if others else ():
            if isinstance(subnet, Foreign | Unknown):
                continue
            acl = network.access_lists.of(subnet)
            passed = network.access_lists.passes(acl, others, port, egress=outwards)
            for answer in _EPHEMERAL:
                passed = network.access_lists.passes(acl, passed, answer, egress=not outwards)
            if not passed:
                what = f"the way from the load balancer to {host.address}, {port}"
                yield _blocked(network, acl, subnet, what)


def addresses_of(network: Network, places: Iterable[Resource | Foreign | Unknown]) -> Addresses:
    """Return the addresses of subnets, as far as the plan knows them."""
    ranges: list[Addresses] = []
    for subnet in places:
        if isinstance(subnet, Foreign | Unknown):
            continue
        for name in ("cidr_block", "ipv6_cidr_block"):
            value = network.plan.value(subnet, name)
            if isinstance(value, str) and value:
                try:
                    ranges.append(parse(value))
                except NotACidrError:
                    continue
    return union(ranges)


def _blocked(network: Network, acl: str | None, subnet: Resource, what: str) -> Break:
    return Break(
        network.plan.at(acl or "") or subnet,
        f"The network ACL of {subnet.address} blocks {what}, or the answers",
        "Let the packets through both ways; answers go to ports 1024-65535.",
    )
