"""Subnets and the routes that their packets take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from policy.hcl.values import Reference, Unknown, Value
from policy.network.addresses import Addresses, NotACidrError, parse
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy.network.prefix_lists import PrefixLists
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

Target = Literal["internet", "nat", "vpn", "transit", "peering", "local", "other", "unknown"]

VPC_TYPES: Final = frozenset({"aws_vpc", "aws_default_vpc"})
SUBNET_TYPES: Final = frozenset({"aws_subnet", "aws_default_subnet"})
_TABLE_TYPES: Final = frozenset({"aws_route_table", "aws_default_route_table"})
_PROPAGATED: Final = Unknown("is what the VPN propagates")
_MAIN: Final = ("main_route_table_id", "default_route_table_id")
_DESTINATIONS: Final = (
    # in a table's own block, in a route of its own
    ("cidr_block", "destination_cidr_block"),
    ("ipv6_cidr_block", "destination_ipv6_cidr_block"),
    ("destination_prefix_list_id", "destination_prefix_list_id"),
)
_TARGETS: Final[dict[str, Target]] = {
    "gateway_id": "unknown",
    "carrier_gateway_id": "internet",
    "nat_gateway_id": "nat",
    "egress_only_gateway_id": "nat",
    "transit_gateway_id": "transit",
    "core_network_arn": "transit",
    "vpc_peering_connection_id": "peering",
    "vpc_endpoint_id": "other",
    "local_gateway_id": "other",
    "network_interface_id": "other",
    "instance_id": "other",
}
_GATEWAYS: Final[dict[str, Target]] = {
    "aws_internet_gateway": "internet",
    "aws_egress_only_internet_gateway": "nat",
    "aws_vpn_gateway": "vpn",
    "aws_vpc_endpoint": "other",
    "aws_ec2_carrier_gateway": "internet",
}
_LITERALS: Final[tuple[tuple[str, Target], ...]] = (
    ("igw-", "internet"),
    ("cagw-", "internet"),
    ("eigw-", "nat"),
    ("vgw-", "vpn"),
    ("vpce-", "other"),
    ("local", "local"),
)


@dataclass(frozen=True)
class Route:
    """One route of a table.

    Attributes:
        resource: What writes it: the table or the route.
        destination: Where it leads, or why that cannot be told.
        target: Through what kind of thing.
        through: The thing as the plan names it.
    """

    resource: Resource = field(repr=False)
    destination: Addresses | Unknown
    target: Target
    through: str


@dataclass(frozen=True)
class Table:
    """A route table as a subnet uses it.

    Attributes:
        name: Its address, or words for a table that no resource of the plan is.
        known: Whether the plan holds its routes.
        routes: Its routes, the local one left out.
        association: What ties the subnet to it, None for a main table.
    """

    name: str
    known: bool = False
    routes: tuple[Route, ...] = ()
    association: Resource | None = None


class Routes:
    """The route tables of a plan and which subnet uses which."""

    def __init__(self, plan: Plan, prefix_lists: PrefixLists) -> None:
        self._plan = plan
        self._prefix_lists = prefix_lists
        self._routes: dict[str, list[Route]] = {}
        self.stray: list[Route] = []
        """Routes whose table cannot be told: they may belong to any."""
        for resource in plan.of_type("aws_route"):
            self._add(resource)
        for resource in plan.of_type("aws_vpn_gateway_route_propagation"):
            self._propagate(resource)
        for resource in plan.of_type(*_TABLE_TYPES):
            self._routes.setdefault(resource.address, []).extend(self._inline(resource))
        self.stray_associations: list[Resource] = []
        """Associations whose subnet cannot be told: a subnet without one may be meant."""
        self._associations = self._associate()

    def vpc_of(self, resource: Resource | Foreign | Unknown) -> Resource | Foreign | Unknown:
        """Return the VPC that a resource with a `vpc_id` lies in."""
        if isinstance(resource, Foreign | Unknown):
            return Unknown("lies in a subnet outside the plan")
        if resource.type == "aws_default_subnet":
            default = self._plan.of_type("aws_default_vpc")
            return default[0] if default else Foreign("the default VPC")
        return self._plan.identify(self._plan.value(resource, "vpc_id"), VPC_TYPES, ("id",))

    def table(self, subnet: Resource) -> Table:
        """Return the route table that a subnet uses: its own, else its VPC's main one."""
        association = self._associations.get(subnet.address)
        if association is not None:
            value = self._plan.value(association, "route_table_id")
            return self._table(value, association)
        if self.stray_associations:
            named = f"what {self.stray_associations[0].address} gives it"
            return Table(named, association=self.stray_associations[0])
        vpc = self.vpc_of(subnet)
        if isinstance(vpc, Foreign | Unknown):
            return Table(f"the main route table of {subnet.address}'s VPC")
        for main in self._plan.of_type("aws_main_route_table_association"):
            owner = self.vpc_of(main)
            if owner is vpc or isinstance(owner, Unknown):
                return self._table(self._plan.value(main, "route_table_id"), main)
        # A VPC that this plan creates has a main table with the local route alone.
        new = vpc.actions == ("create",) or "delete" in vpc.actions
        return self._main(vpc, None, known=new)

    def _vpc_of_main(self, value: Value) -> Resource | None:
        """Return the VPC whose main or default route table an id speaks of."""
        if isinstance(value, Reference) and value.attribute in _MAIN:
            vpc = self._plan.at(value.address)
            return vpc if vpc is not None and vpc.type in VPC_TYPES else None
        if isinstance(value, str) and value:
            for vpc in self._plan.of_type(*VPC_TYPES):
                if value in (vpc.after.get(name) for name in _MAIN):
                    return vpc
        return None

    def _main(self, vpc: Resource, association: Resource | None, *, known: bool) -> Table:
        """Return a VPC's main table, by the resource that adopts it where there is one."""
        for default in self._plan.of_type("aws_default_route_table"):
            value = self._plan.value(default, "default_route_table_id")
            if self._vpc_of_main(value) is vpc:
                return self._of(default, association)
            if isinstance(self._plan.identify(value, VPC_TYPES, _MAIN), Unknown):
                return Table(f"what {default.address} adopts", association=association)
        routes = (*self._routes.get(vpc.address, ()), *self.stray)
        return Table(f"the main route table of {vpc.address}", known, routes, association)

    def _table(self, value: Value, association: Resource) -> Table:
        vpc = self._vpc_of_main(value)
        if vpc is not None:
            return self._main(vpc, association, known=vpc.actions == ("create",))
        found = self._plan.identify(value, _TABLE_TYPES, ("id",))
        if isinstance(found, Unknown):
            return Table("a route table that cannot be told", association=association)
        if isinstance(found, Foreign):
            return Table(found.name, association=association)
        return self._of(found, association)

    def _of(self, table: Resource, association: Resource | None) -> Table:
        routes = (*self._routes.get(table.address, ()), *self.stray)
        if table.type == "aws_default_route_table":
            value = self._plan.value(table, "default_route_table_id")
            vpc = self._vpc_of_main(value)
            routes = (*routes, *(self._routes.get(vpc.address, ()) if vpc else ()))
        return Table(table.address, known=True, routes=routes, association=association)

    def _associate(self) -> dict[str, Resource]:
        associations: dict[str, Resource] = {}
        for resource in self._plan.of_type("aws_route_table_association"):
            value = self._plan.value(resource, "subnet_id")
            subnet = self._plan.identify(value, SUBNET_TYPES, ("id",))
            if isinstance(subnet, Unknown):
                self.stray_associations.append(resource)
            elif not isinstance(subnet, Foreign):
                associations[subnet.address] = resource
        return associations

    def _add(self, resource: Resource) -> None:
        fields = {
            name: self._plan.value(resource, name)
            for name in (*_TARGETS, *(destination for _, destination in _DESTINATIONS))
            if self._plan.written(resource, name) or resource.after.get(name)
        }
        routes = [
            self._route(resource, fields, separate)
            for _, separate in _DESTINATIONS
            if fields.get(separate) not in (None, "")
        ]
        value = self._plan.value(resource, "route_table_id")
        vpc = self._vpc_of_main(value)
        if vpc is not None:
            self._routes.setdefault(vpc.address, []).extend(routes)
            return
        table = self._plan.identify(value, _TABLE_TYPES, ("id",))
        if isinstance(table, Unknown):
            self.stray.extend(routes)
        elif not isinstance(table, Foreign):
            self._routes.setdefault(table.address, []).extend(routes)

    def _inline(self, table: Resource) -> Iterator[Route]:
        blocks = self._plan.blocks(table, "route")
        if isinstance(blocks, Unknown):
            yield Route(table, blocks, "unknown", "routes that cannot be told")
            return
        gone = set() if self._plan.written(table, "route") else set(self._gone(table))
        for block in blocks:
            for inline, _ in _DESTINATIONS:
                if block.get(inline) in (None, "") or block.get(inline) in gone:
                    continue
                yield self._route(table, block, inline)
        propagating = self._plan.value(table, "propagating_vgws")
        if isinstance(propagating, list) and propagating:
            yield Route(table, _PROPAGATED, "vpn", "a VPN gateway")

    def _propagate(self, resource: Resource) -> None:
        value = self._plan.value(resource, "route_table_id")
        table = self._plan.identify(value, _TABLE_TYPES, ("id",))
        if not isinstance(table, Foreign | Unknown):
            route = Route(resource, _PROPAGATED, "vpn", "a VPN gateway")
            self._routes.setdefault(table.address, []).append(route)

    def _gone(self, table: Resource) -> Iterator[str]:
        for resource in self._plan.resources:
            if resource.type == "aws_route" and resource.changes:
                held = resource.before
                if held.get("route_table_id") == table.before.get("id"):
                    yield from (str(held.get(separate)) for _, separate in _DESTINATIONS)

    def _route(self, resource: Resource, fields: Mapping[str, Any], destination: str) -> Route:
        for attribute, target in _TARGETS.items():
            value = fields.get(attribute)
            if value in (None, ""):
                continue
            kind = self._gateway(value) if attribute == "gateway_id" else target
            return Route(resource, self._destination(fields[destination]), kind, _named(value))
        return Route(resource, self._destination(fields[destination]), "unknown", "nothing named")

    def _gateway(self, value: Value) -> Target:
        found = self._plan.identify(value, frozenset(_GATEWAYS), ("id",))
        if isinstance(found, Unknown):
            if isinstance(value, Reference) and value.attribute == "gateway_id":
                return "other"
            return "unknown"
        if isinstance(found, Foreign):
            known: list[Target] = [kind for head, kind in _LITERALS if found.name.startswith(head)]
            return known[0] if known else "unknown"
        return _GATEWAYS[found.type]

    def _destination(self, value: Value) -> Addresses | Unknown:
        if isinstance(value, str) and not value.startswith("pl-"):
            try:
                return parse(value)
            except NotACidrError as error:
                return Unknown(str(error).rstrip("."))
        return self._prefix_lists.entries(value)


def _named(value: Value) -> str:
    if isinstance(value, Reference):
        return value.address
    return value if isinstance(value, str) else "something that cannot be told"


def leads(routes: tuple[Route, ...], addresses: Addresses, target: Target) -> bool:
    """Tell whether some route of that target leads to some of the addresses."""
    return any(
        route.target == target
        and not isinstance(route.destination, Unknown)
        and bool(route.destination & addresses)
        for route in routes
    )
