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
_PLACE: Final = "Place the instances in private subnets that this plan makes."


def check(case: Case) -> Iterator[Finding]:
    """Find public addresses and routes to an internet gateway."""
    for host in case.network.inference:
        yield from _addresses(case, host)
        for subnet in dict.fromkeys(host.subnets):
            if isinstance(subnet, Foreign | Unknown):
                named = subnet.name if isinstance(subnet, Foreign) else f"one that {subnet.why}"
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
            host = _host(case, case.plan.value(resource, name))
            if host is not None:
                yield case.finding(
                    ID,
                    resource,
                    f"The Elastic IP address makes {host.address} public.",
                    "Remove it: the instances are reached through the load balancer alone.",
                    attribute=name,
                )


def _host(case: Case, value: Value) -> Host | None:
    """Return the inference host that an instance's or its interface's id speaks of."""
    for host in case.network.inference:
        if isinstance(value, Reference):
            if value.address in {host.address, *_interfaces(case, host)}:
                return host
        elif isinstance(value, str) and value:
            known = (host.resource.after.get(x) for x in ("id", "primary_network_interface_id"))
            if value in known:
                return host
    return None


def _interfaces(case: Case, host: Host) -> set[str]:
    """Return the addresses of the network interfaces that the plan gives to a host."""
    values: list[Value] = [
        case.plan.value(attachment, "network_interface_id") for attachment in host.extra
    ]
    for launch in host.launches:
        blocks = case.plan.blocks(launch.resource, "network_interface")
        if not isinstance(blocks, Unknown):
            values += [block.get("network_interface_id") for block in blocks]
    return {value.address for value in values if isinstance(value, Reference)} | {
        attachment.address for attachment in host.extra
    }


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The inference instances have no public address and no route to an internet gateway",
    check=check,
    applies=without_instances,
)
