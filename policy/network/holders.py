"""Who carries which security group: "from the balancer's group" holds only if nobody else does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Unknown, Value
from policy.network.groups import GROUP_TYPES, Group
from policy.network.hosts import HOST_TYPES
from policy.types import entry, group_attributes

if TYPE_CHECKING:
    from policy.network.network import Network
    from policy.plan.resources import Resource

# Their groups are read by the parts of the network that model them.
_READ_ELSEWHERE: Final = frozenset(
    {
        "aws_lb",
        "aws_launch_template",
        "aws_launch_configuration",
        "aws_network_interface",
        *HOST_TYPES,
        *GROUP_TYPES,
    }
)


@dataclass(frozen=True)
class Holder:
    """One resource that carries a security group.

    Attributes:
        resource: It.
        group: The group, or why it cannot be told which.
        attribute: The attribute that names the group.
    """

    resource: Resource = field(repr=False)
    group: Group | Unknown
    attribute: str


class Holders:
    """Every carrier of every group in a plan."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._by_group: dict[str, list[Holder]] = {}
        self.unclear: list[Holder] = []
        """Carriers of a group that cannot be told: it may be any."""
        for balancer in network.balancers.all:
            for group in balancer.groups:
                self._add(Holder(balancer.resource, group, "security_groups"))
        for host in network.hosts.all:
            for group in host.groups:
                self._add(Holder(host.resource, group, "security groups"))
        for interface in network.plan.of_type("aws_network_interface"):
            for group in network.launches.interface_groups(interface):
                self._add(Holder(interface, group, "security_groups"))
        for resource in network.plan.remaining:
            known = entry(resource.written_type)
            if known is None or known.kind not in {"attached", "modelled"}:
                continue
            if resource.type not in _READ_ELSEWHERE:
                self._read(resource)

    def of(self, group: Group) -> list[Holder]:
        """Return the carriers of a group."""
        return self._by_group.get(group.name, [])

    def _add(self, holder: Holder) -> None:
        if isinstance(holder.group, Unknown):
            self.unclear.append(holder)
        else:
            self._by_group.setdefault(holder.group.name, []).append(holder)

    def _read(self, resource: Resource) -> None:
        for path in group_attributes(resource.written_type):
            first, *rest = path.split(".")
            value = self._network.plan.value(resource, first)
            for one in at_path(value, rest):
                # What AWS fills in by itself is none of the plan's groups.
                if _computed(one, resource):
                    continue
                for group in self._network.groups.identify_all(
                    one if isinstance(one, list) else [one]
                ):
                    self._add(Holder(resource, group, path))


def at_path(value: Value, path: list[str]) -> list[Any]:
    """Return what lies at a path below nested blocks, lists walked through."""
    level: list[Any] = [value]
    for name in path:
        level = [
            one.get(name) if isinstance(one, dict) else one
            for item in level
            for one in (item if isinstance(item, list) else [item])
            if isinstance(one, dict | Unknown)
        ]
    return [one for one in level if one not in (None, "", [])]


def _computed(value: Any, resource: Resource) -> bool:
    return getattr(value, "address", None) == resource.address
