"""The two wanted passages, followed hop by hop: VPN to the balancer, balancer to an instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.hcl.values import Unknown
from policy.network.addresses import PRIVATE, Addresses, union
from policy.network.groups import Group
from policy.network.hops import Break, addresses_of, between, of_clients
from policy.network.network import HTTPS_PORT
from policy.network.routes import leads
from policy.network.traffic import TCP, whole_number
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy.network.balancers import Balancer
    from policy.network.groups import Direction, Rule
    from policy.network.hosts import Host
    from policy.network.network import Network
    from policy.plan.resources import Resource


class Path:
    """The way from the VPN through one load balancer to the instances behind it."""

    def __init__(self, network: Network, front: Balancer, vpn: Addresses) -> None:
        self._network = network
        self._plan = network.plan
        self._front = front
        self.admitting = list(_admitting(network, front.groups, "ingress", HTTPS_PORT))
        """The rules that let somebody into the balancer's 443."""
        self.clients = union(
            rule.peer & vpn for rule in self.admitting if isinstance(rule.peer, Addresses)
        )
        """Those of the VPN whom they let in."""

    def breaks(self) -> Iterator[Break]:
        """Yield every place where the way is interrupted."""
        front = self._front
        unclear = any(not isinstance(rule.peer, Addresses) for rule in self.admitting) or any(
            isinstance(group, Unknown) or not group.known for group in front.groups
        )
        if not self.clients and not unclear:
            yield Break(
                front.resource,
                "No rule lets any address of the VPN's ranges into the load balancer's 443",
                "Add an ingress rule: tcp, 443 to 443, from the VPN's ranges.",
                "security_groups",
            )
        listeners = [
            one
            for one in front.listeners
            if whole_number(self._plan.value(one, "port")) == HTTPS_PORT
        ]
        if not listeners:
            yield Break(
                front.resource,
                "The load balancer has no listener on 443",
                "Add an HTTPS listener on port 443 that forwards to the instances.",
            )
        yield from self._routes()
        yield from of_clients(self._network, self._front.subnets, self.clients)
        for listener in listeners:
            yield from self._behind(listener)

    def _behind(self, listener: Resource) -> Iterator[Break]:
        groups = self._network.balancers.forwards(listener)
        if not groups:
            yield Break(
                listener,
                "The listener forwards to no target group",
                "Forward to the target group of the instances.",
                "default_action",
            )
        for group in groups:
            if isinstance(group, Unknown | Foreign):
                continue
            if group.address in self._network.target_groups:
                yield from self._to_instances(group)
                return
        known = [one for one in groups if not isinstance(one, Unknown | Foreign)]
        for group in known[:1]:
            if not self._network.balancers.members.get(group.address):
                yield Break(
                    group,
                    f"No instance is registered with {group.address}, to which the listener "
                    f"forwards",
                    "Attach the Auto Scaling group to it (target_group_arns).",
                )
            elif self._network.inference:
                yield Break(
                    listener,
                    "The listener forwards to no target group in which an inference instance is "
                    "registered",
                    "Forward to the target group of the instances.",
                    "default_action",
                )

    def _to_instances(self, group: Resource) -> Iterator[Break]:
        value = self._plan.value
        vpc = self._network.routes.vpc_of(group)
        mine = [self._network.routes.vpc_of(one) for one in self._front.subnets[:1]]
        readable = bool(mine) and not isinstance(vpc, Unknown)
        if readable and not isinstance(mine[0], Unknown | Foreign) and vpc is not mine[0]:
            yield Break(
                group,
                "The target group lies in another VPC than the load balancer",
                "Set its vpc_id to the load balancer's VPC.",
                "vpc_id",
            )
        port_of_check = self._health_port(group)
        for host in self._network.inference:
            if self._plan.value(host.resource, "max_size") == 0:
                yield Break(
                    host.resource,
                    f"{host.address} may hold no instance at all: its max_size is 0",
                    "Set max_size to 1 or more.",
                    "max_size",
                )
            ports = {port for one, port in self._network.registered(host) if one is group}
            for port in sorted(port for port in ports if port is not None):
                yield from self._hop(group, host, port, f"its port {port}", "port")
                if port_of_check not in (None, port):
                    checked = int(port_of_check or 0)
                    yield from self._hop(
                        group, host, checked, f"the health check's port {checked}", "health_check"
                    )
            if any(port is None for port in ports):
                yield Break(
                    group,
                    "The target group's port cannot be told",
                    "Set port = 11434.",
                    "port",
                )
        blocks = self._plan.blocks(group, "health_check")
        for block in blocks if isinstance(blocks, list) else []:
            if str(block.get("enabled")).lower() == "false" and value(group, "target_type"):
                yield Break(
                    group,
                    "The target group's health check is off, so no instance counts as healthy",
                    "Leave the health check on.",
                    "health_check",
                )

    def _health_port(self, group: Resource) -> int | None:
        blocks = self._plan.blocks(group, "health_check")
        for block in blocks if isinstance(blocks, list) else []:
            return whole_number(block.get("port"))
        return None

    def _hop(
        self, group: Resource, host: Host, port: int, what: str, attribute: str
    ) -> Iterator[Break]:
        network = self._network
        fronts = {one.name for one in self._front.groups if isinstance(one, Group)}
        hosts = {one.name for one in host.groups if isinstance(one, Group)}
        readable = len(hosts) == len(host.groups) and len(fronts) == len(self._front.groups)
        places = addresses_of(self._network, host.subnets)
        if readable and not any(
            _meets(rule, fronts, addresses_of(network, self._front.subnets))
            for rule in _admitting(network, host.groups, "ingress", port)
        ):
            yield Break(
                group,
                f"The instances of {host.address} do not let the load balancer into {what}",
                f"Use port 11434 and admit it from {', '.join(sorted(fronts)) or 'its group'}.",
                attribute,
            )
        if readable and not any(
            _meets(rule, hosts, places)
            for rule in _admitting(network, self._front.groups, "egress", port)
        ):
            yield Break(
                self._front.resource,
                f"No egress rule of the load balancer's groups leads to {host.address}, {what}",
                "Use port 11434 and add an egress rule for it to the instances' group.",
                "security_groups",
            )
        yield from between(self._network, self._front.subnets, host, port)

    def _routes(self) -> Iterator[Break]:
        internal = self._plan.value(self._front.resource, "internal") is True
        public = self.clients - PRIVATE
        for subnet in dict.fromkeys(self._front.subnets):
            if isinstance(subnet, Foreign | Unknown):
                continue
            table = self._network.routes.table(subnet)
            if not internal and public:
                if leads(table.routes, public, "internet"):
                    continue
                if table.known and not any(route.target == "unknown" for route in table.routes):
                    yield Break(
                        subnet,
                        f"The load balancer faces the internet, but {table.name}, which "
                        f"{subnet.address} uses, has no route through an internet gateway to "
                        f"{public}",
                        "Route 0.0.0.0/0 of the load balancer's subnets to the internet gateway.",
                    )
                    continue
            back = ("vpn", "transit", "peering", "other", "internet")
            if (
                self.clients
                and not any(leads(table.routes, self.clients, target) for target in back)
                and not any(isinstance(route.destination, Unknown) for route in table.routes)
            ):
                yield Break(
                    subnet,
                    f"The way back from {subnet.address} to {self.clients} lies outside the plan",
                    "See that the VPN's attachment and its routes exist.",
                    outside=True,
                )


def _admitting(
    network: Network, groups: Iterable[Group | Unknown], direction: Direction, port: int
) -> Iterator[Rule]:
    for group in groups:
        if isinstance(group, Group):
            for rule in network.groups.rules(group, direction):
                if rule.traffic is None or rule.traffic.covers(TCP, port):
                    yield rule


def _meets(rule: Rule, groups: set[str], places: Addresses) -> bool:
    """Tell whether a rule's peer is one of the groups, or an address where they may stand."""
    if isinstance(rule.peer, Group):
        return rule.peer.name in groups
    if isinstance(rule.peer, Unknown):
        return True
    return bool(rule.peer & places) if places else bool(rule.peer)
