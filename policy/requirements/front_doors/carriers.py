"""Whoever else carries the load balancer's group sends to the instances as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.requirements.front_doors.door import Door
from policy.verdict import Packet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case

_ALONE: Final = "Give it a security group of its own."
_PLAINLY: Final = "Name its security groups by plain references or literal ids."


def doors(case: Case) -> Iterator[Door]:
    """Yield every carrier of a group that the instances trust, the load balancer apart."""
    network = case.network
    if not network.trusted_groups:
        return
    host = network.inference[0].address if network.inference else "the instances"
    for group in network.trusted_groups.values():
        balancer = next(one for one in network.fronts if group in one.groups)
        for holder in case.holders.of(group):
            if holder.resource is balancer.resource:
                continue
            address = holder.resource.address
            yield Door(
                holder.resource,
                f"{address} carries {group}, the security group of {balancer.address}, so it "
                f"reaches {host} as the load balancer does.",
                holder.attribute,
                _ALONE,
                Packet(address, "tcp", "11434", host, (address, group.name)),
            )
    judged = {one.address for one in (*network.inference, *network.fronts)}
    for holder in case.holders.unclear:
        if holder.resource.address in judged or not isinstance(holder.group, Unknown):
            continue
        yield Door(
            holder.resource,
            f"{holder.resource.address} carries a security group that cannot be told "
            f"({holder.group.why}); it may be the load balancer's.",
            holder.attribute,
            _PLAINLY,
        )
