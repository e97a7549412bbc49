"""No public address and no route from the internet for the inference instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Reference, Unknown, Value
from policy.plan.plan import Foreign
from policy.requirements.requirement import Requirement, without_instances
from policy.verdict import Finding, Packet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.hosts import Host
    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case

ID: Final = "instance-private"
_ADDRESS: Final = "Set associate_public_ip_address = false, and map_public_ip_on_launch = false."
_BEARERS: Final = frozenset({"aws_instance", "aws_spot_instance_request", "aws_network_interface"})
_PLACE: Final = "Place the instances in private subnets that this plan makes."


def check(case: Case) -> Iterator[Finding]:
    """Find public addresses and routes to an internet gateway."""
    for host in case.network.inference:
        yield from _addresses(case, host)
        for subnet in dict.fromkeys(host.subnets):
            if isinstance(subnet, Foreign | Unknown):
                named = subnet.name if isinstance(subnet, Foreign) else f"({subnet.why})"
                yield case.finding(
                    ID,
                    host.resource,
                    f"The instances of {host.address} stand in the subnet {named}, "
                    f"whose routes this plan does not show.",
                    _PLACE,
                    attribute="vpc_zone_identifier",
                )
                continue
            yield from _routes(case, host, subnet)
    yield from _elastic(case)


def _addresses(case: Case, host: Host) -> Iterator[Finding]:
    for launch in host.launches:
        public = launch.public_address
        if launch.problem or str(public).lower() == "false":
            continue
        if public is not None:
            told = "gives" if str(public).lower() == "true" else "may give"
            yield case.finding(
                ID,
                launch.resource,
                f"{launch.resource.address} {told} the instances of {host.address} "
                f"public addresses.",
                _ADDRESS,
                attribute="associate_public_ip_address",
            )
            continue
        for subnet in dict.fromkeys(host.subnets):
            if isinstance(subnet, Foreign | Unknown):
                continue
            mapped = case.plan.value(subnet, "map_public_ip_on_launch")
            # A default subnet maps public addresses unless told otherwise (VPC user guide).
            default = subnet.type == "aws_default_subnet" and mapped is not False
            if mapped is True or default or isinstance(mapped, Unknown):
                yield case.finding(
                    ID,
                    subnet,
                    f"The subnet gives the instances of {host.address} public addresses.",
                    _ADDRESS,
                    attribute="map_public_ip_on_launch",
                )


def _routes(case: Case, host: Host, subnet: Resource) -> Iterator[Finding]:
    table = case.network.routes.table(subnet)
    if not table.known:
        yield case.finding(
            ID,
            table.association or subnet,
            f"{subnet.address} of {host.address} uses {table.name}, "
            f"whose routes this plan does not show.",
            "Associate the subnet with a route table that this plan makes.",
            attribute="route_table_id",
        )
    for route in table.routes:
        if route.target not in ("internet", "unknown"):
            continue
        through = "an internet gateway" if route.target == "internet" else "a gateway not to tell"
        source = "any" if isinstance(route.destination, Unknown) else route.destination.first
        yield case.finding(
            ID,
            route.resource,
            f"{table.name}, which {subnet.address} of {host.address} uses, has a route through "
            f"{through} ({route.through}).",
            "Route the private subnets through a NAT gateway, or not at all.",
            attribute="gateway_id",
            packet=Packet(
                f"{source} (the internet)",
                "tcp",
                "11434",
                host.address,
                (route.through, route.resource.address, subnet.address),
            ),
        )


def _elastic(case: Case) -> Iterator[Finding]:
    for resource in case.plan.of_type("aws_eip", "aws_eip_association"):
        for name in ("instance", "instance_id", "network_interface", "network_interface_id"):
            value = case.plan.value(resource, name)
            # AWS fills these in for the address of a NAT gateway, too.
            if value in (None, "") or not case.plan.written(resource, name):
                continue
            host = _host(case, value)
            if host:
                yield case.finding(
                    ID,
                    resource,
                    f"The Elastic IP address makes {host} public.",
                    "Remove it: the instances are reached through the load balancer alone.",
                    attribute=name,
                )


def _host(case: Case, value: Value) -> str:
    """Say which inference host an instance's or its interface's id speaks of, or may speak of."""
    hosts = case.network.inference
    for host in hosts:
        known = (host.resource.after.get(x) for x in ("id", "primary_network_interface_id"))
        if isinstance(value, Reference) and value.address in _names(case, host):
            return host.address
        if isinstance(value, str) and value in known:
            return host.address
    found = case.plan.identify(value, _BEARERS, ("id", "primary_network_interface_id"))
    if not hosts or not isinstance(found, Foreign | Unknown):
        return ""
    told = found.name if isinstance(found, Foreign) else "something that cannot be told"
    return f"{told} (it may be one of {hosts[0].address})"


def _names(case: Case, host: Host) -> set[str]:
    """Return the addresses of a host and of the network interfaces that the plan gives it."""
    values: list[Value] = [case.plan.value(one, "network_interface_id") for one in host.extra]
    for launch in host.launches:
        for described in (launch, launch.beneath):
            for name in ("network_interface", "network_interfaces"):
                blocks = case.plan.blocks(described.resource, name) if described else []
                if not isinstance(blocks, Unknown):
                    values += [block.get("network_interface_id") for block in blocks]
    interfaces = {value.address for value in values if isinstance(value, Reference)}
    return {host.address} | interfaces | {one.address for one in host.extra}


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The inference instances have no public address and no route to an internet gateway",
    check=check,
    applies=without_instances,
)
