"""Subnets of a plan: their addresses, routes and network ACLs."""

import ipaddress
from collections.abc import Iterable
from typing import Any

from tests.policy.mutation.reading import Reading, Resource
from tests.policy.mutation.simulated_rules import Net, protocol_of, range_of


class Subnets:
    """The subnets of one plan, each named by its address."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def addresses(self, subnet: str) -> list[Any]:
        """Two addresses of a subnet."""
        resource = self._reading.resources.get(subnet)
        net = None if resource is None else range_of(self._reading.value(resource, "cidr_block"))
        return [] if net is None else [net[10], net[-10]]

    def routes(self, subnet: str) -> list[tuple[Net, str]]:
        """The routes of a subnet: ranges and where they lead, by address."""
        table = next(
            (
                self._reading.owner(self._reading.value(link, "route_table_id"))
                for link in self._reading.of_type("aws_route_table_association")
                if self._reading.owner(self._reading.value(link, "subnet_id")) == subnet
            ),
            "",
        )
        return [
            *self._route_resources(table or self._main_table(subnet)),
            *self._inline_routes(table or self._main_table(subnet)),
        ]

    def _main_table(self, subnet: str) -> str:
        """The table of a subnet that names none: the VPC's default one, if the plan manages it."""
        tables = self._reading.of_type("aws_default_route_table")
        return tables[0].address if tables and subnet else ""

    def _route_resources(self, table: str) -> Iterable[tuple[Net, str]]:
        for route in self._reading.of_type("aws_route"):
            if self._reading.owner(self._reading.value(route, "route_table_id")) == table:
                yield from self._route(route, (), "destination_cidr_block")
                yield from self._route(route, (), "destination_ipv6_cidr_block")

    def _inline_routes(self, table: str) -> Iterable[tuple[Net, str]]:
        resource = self._reading.resources.get(table)
        if resource is not None:
            for block in self._reading.blocks(resource, "route"):
                yield from self._route(resource, block, "cidr_block")
                yield from self._route(resource, block, "ipv6_cidr_block")

    def _route(
        self, resource: Resource, block: tuple[str | int, ...], name: str
    ) -> Iterable[tuple[Net, str]]:
        net = range_of(self._reading.value(resource, *block, name))
        if net is None:
            return
        for gateway in ("gateway_id", "nat_gateway_id", "transit_gateway_id"):
            owner = self._reading.owner(self._reading.value(resource, *block, gateway))
            if owner and owner != resource.address:
                yield net, owner

    def list_lets(self, subnet: str, peer: Any, port: int, *, inbound: bool) -> bool:
        """The first matching entry of the subnet's network ACL decides; without one, all passes."""
        acl = next(
            (
                a
                for a in self._reading.of_type("aws_network_acl")
                if subnet in map(self._reading.owner, self._reading.many(a, "subnet_ids"))
            ),
            None,
        )
        if acl is None:
            return True
        for _, protocol, low, high, net, allow in sorted(self._entries(acl, inbound=inbound)):
            ports = protocol == "all" or (protocol == "tcp" and low <= port <= high)
            if ports and net is not None and within(peer, net):
                return allow
        return False

    def _entries(self, acl: Resource, *, inbound: bool) -> Iterable[tuple[Any, ...]]:
        for block in self._reading.blocks(acl, "ingress" if inbound else "egress"):
            read = {
                name: self._reading.value(acl, *block, name)
                for name in ("rule_no", "protocol", "from_port", "to_port", "action")
            }
            yield self._entry(acl, block, read["rule_no"], read["action"])
        for rule in self._reading.of_type("aws_network_acl_rule"):
            if self._reading.owner(self._reading.value(rule, "network_acl_id")) != acl.address:
                continue
            if (self._reading.value(rule, "egress") is True) is not inbound:
                number = self._reading.value(rule, "rule_number")
                yield self._entry(rule, (), number, self._reading.value(rule, "rule_action"))

    def _entry(
        self, resource: Resource, block: tuple[str | int, ...], number: Any, action: Any
    ) -> tuple[Any, ...]:
        nets = [
            range_of(text)
            for name in ("cidr_block", "ipv6_cidr_block")
            if (text := self._reading.value(resource, *block, name))
        ]
        return (
            number,
            protocol_of(self._reading.value(resource, *block, "protocol")),
            self._reading.value(resource, *block, "from_port"),
            self._reading.value(resource, *block, "to_port"),
            nets[0] if nets else None,
            action == "allow",
        )


def within(peer: Any, net: Net) -> bool:
    """Whether something is an address, and in a range."""
    return isinstance(peer, ipaddress.IPv4Address | ipaddress.IPv6Address) and peer in net
