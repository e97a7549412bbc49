"""Nothing else carries the protected groups, fronts the load balancer or reaches the instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Encoded, Reference, Text, Unknown, Value
from policy.network.holders import at_path
from policy.network.routes import VPC_TYPES
from policy.plan.plan import Foreign
from policy.requirements.requirement import Requirement
from policy.types import entry, target_attributes
from policy.verdict import Finding, Packet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.balancers import Balancer
    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case

ID: Final = "front-doors"
_ALONE: Final = "Give it a security group of its own."
_REMOVE: Final = "Remove it: the load balancer's listener is the one way in."
_PEERINGS: Final = (
    "aws_vpc_peering_connection",
    "aws_vpc_peering_connection_accepter",
    "aws_networkmanager_vpc_attachment",
)
_GROUPS: Final = frozenset({"aws_autoscaling_group"})


def check(case: Case) -> Iterator[Finding]:
    """Find every other way in."""
    yield from _carriers(case)
    yield from _other_balancers(case)
    yield from _pointing(case)
    yield from _other_registrations(case)
    yield from _neighbours(case)


def applies(case: Case) -> str:
    """Say that there is nothing to protect."""
    network = case.network
    return "" if network.fronts or network.inference else "the plan has nothing to protect"


def _carriers(case: Case) -> Iterator[Finding]:
    """Whoever else carries the balancer's group sends to the instances as it does."""
    network = case.network
    host = network.inference[0].address if network.inference else "the instances"
    for group in network.trusted_groups.values():
        balancer = next(one for one in network.fronts if group in one.groups)
        for holder in case.holders.of(group):
            if holder.resource is balancer.resource:
                continue
            via = (holder.resource.address, group.name)
            yield case.finding(
                ID,
                holder.resource,
                f"{holder.resource.address} carries {group}, the security group of "
                f"{balancer.address}, so it reaches {host} as the load balancer does.",
                _ALONE,
                attribute=holder.attribute,
                packet=Packet(holder.resource.address, "tcp", "11434", host, via),
            )
    if not network.trusted_groups:
        return
    judged = {one.address for one in (*network.inference, *network.fronts)}
    for holder in case.holders.unclear:
        if holder.resource.address in judged or not isinstance(holder.group, Unknown):
            continue
        yield case.finding(
            ID,
            holder.resource,
            f"{holder.resource.address} carries a security group that cannot be told "
            f"({holder.group.why}); it may be the load balancer's.",
            "Name its security groups by plain references or literal ids.",
            attribute=holder.attribute,
        )


def _other_balancers(case: Case) -> Iterator[Finding]:
    """A network load balancer, or any that is no protected one, before what is protected."""
    network = case.network
    fronts = {front.address for front in network.fronts}
    hosts = {host.address for host in network.inference}
    for balancer in network.balancers.all:
        if balancer.address not in fronts:
            yield from _forwarding(case, balancer, fronts | hosts)
    for listener in network.balancers.stray_listeners:
        for group in network.balancers.forwards(listener):
            if not isinstance(group, Foreign | Unknown) and group.address in network.target_groups:
                yield case.finding(
                    ID,
                    listener,
                    f"A listener of a load balancer outside this plan forwards to {group.address}.",
                    _REMOVE,
                    attribute="load_balancer_arn",
                )


def _other_registrations(case: Case) -> Iterator[Finding]:
    """Classic load balancers and VPC Lattice, with which an Auto Scaling group can register."""
    plan, hosts = case.plan, {host.resource for host in case.network.inference}

    def refused(resource: Resource, attribute: str, what: str) -> Finding:
        return case.finding(
            ID,
            resource,
            f"{resource.address} registers inference instances with {what}.",
            _REMOVE,
            attribute=attribute,
        )

    for resource in hosts:
        if plan.value(resource, "load_balancers") not in (None, []) and plan.written(
            resource, "load_balancers"
        ):
            yield refused(resource, "load_balancers", "a classic load balancer")
        if _elsewhere(plan.blocks(resource, "traffic_source")):
            yield refused(resource, "traffic_source", "something else than a target group")
    for resource in plan.of_type(
        "aws_autoscaling_attachment",
        "aws_autoscaling_traffic_source_attachment",
        "aws_elb_attachment",
    ):
        name = plan.value(resource, "autoscaling_group_name")
        group = plan.identify(name, _GROUPS, ("id", "name"))
        if not isinstance(group, Unknown) and group not in hosts:
            continue
        if plan.value(resource, "elb") not in (None, ""):
            yield refused(resource, "elb", "a classic load balancer")
        if _elsewhere(plan.blocks(resource, "traffic_source")):
            yield refused(resource, "traffic_source", "something else than a target group")


def _elsewhere(sources: list[dict[str, Any]] | Unknown) -> bool:
    """Tell whether a traffic source may be another kind than a target group."""
    if isinstance(sources, Unknown):
        return True
    return any(one.get("type") not in ("elbv2", None) or _no_target_group(one) for one in sources)


def _no_target_group(source: dict[str, Any]) -> bool:
    identifier = source.get("identifier")
    if isinstance(identifier, Reference):
        return ".aws_lb_target_group." not in f".{identifier.address}" and (
            ".aws_alb_target_group." not in f".{identifier.address}"
        )
    return not isinstance(identifier, str) or ":targetgroup/" not in identifier


def _forwarding(case: Case, balancer: Balancer, protected: set[str]) -> Iterator[Finding]:
    """Find what is protected among the targets of a load balancer that is not."""
    members = case.network.balancers.members
    for group in balancer.target_groups:
        if isinstance(group, Unknown):
            yield case.finding(
                ID,
                balancer.resource,
                f"{balancer.address} forwards to a target group that cannot be told ({group.why}).",
                "Name the target group by a plain reference.",
            )
            continue
        if isinstance(group, Foreign):
            continue
        for member in (*members.get(group.address, ()), *case.network.balancers.stray_members):
            target = member.target
            if isinstance(target, Unknown):
                reached = f"a target that cannot be told ({target.why})"
            elif isinstance(target, Foreign) or target.address not in protected:
                continue
            else:
                reached = target.address
            via = (balancer.address, group.address, member.by.address)
            yield case.finding(
                ID,
                balancer.resource,
                f"The {balancer.kind} load balancer {balancer.address} forwards to {reached}.",
                _REMOVE,
                packet=Packet("0.0.0.0 (whoever reaches it)", "tcp", "any", reached, via),
            )


def _pointing(case: Case) -> Iterator[Finding]:
    """Endpoint services, VPC origins, accelerators, links: whatever points at the protected."""
    protected = _protected(case)
    for resource in case.plan.remaining:
        known = entry(resource.written_type)
        if known is None or known.kind not in {"attached", "modelled"}:
            continue
        if known.kind == "modelled" and resource.type not in _MODELLED_POINTERS:
            continue
        for path in target_attributes(resource.written_type) or _MODELLED_POINTERS.get(
            resource.type, ()
        ):
            first, *rest = path.split(".")
            for value in at_path(case.plan.value(resource, first), rest):
                for one in value if isinstance(value, list) else [value]:
                    yield from _points(case, resource, path, one, protected)


_MODELLED_POINTERS: Final[dict[str, tuple[str, ...]]] = {
    "aws_cloudfront_distribution": ("origin.domain_name", "origin.vpc_origin_config"),
    "aws_vpc_security_group_vpc_association": ("security_group_id",),
}


def _points(
    case: Case, resource: Resource, path: str, value: Value, protected: dict[str, Resource]
) -> Iterator[Finding]:
    looked_up = next((one for one in _mentioned(value) if ".data." in f".{one}"), "")
    if isinstance(value, Unknown) or looked_up:
        why = f"is read by {looked_up}" if looked_up else getattr(value, "why", "")
        yield case.finding(
            ID,
            resource,
            f"What {resource.address} points at cannot be told ({why}); it may be protected.",
            "Name its target by a plain reference or a literal.",
            attribute=path,
        )
        return
    for address in _mentioned(value):
        if address in protected and address != resource.address:
            yield case.finding(
                ID,
                resource,
                f"{resource.address} opens another way to {address}.",
                _REMOVE,
                attribute=path,
                packet=Packet(
                    "0.0.0.0 (whoever reaches it)", "tcp", "any", address, (resource.address,)
                ),
            )
            return
    if isinstance(value, str) and value:
        for address, one in protected.items():
            if any(one.after.get(name) == value for name in _names(one)):
                yield from _points(case, resource, path, Reference(address, ("id",)), protected)
                return


def _names(resource: Resource) -> tuple[str, ...]:
    """Return the attributes by whose known values others name a resource."""
    known = ("id", "arn", "dns_name", "private_ip", "primary_network_interface_id")
    named = ("aws_autoscaling_group", "aws_launch_template", "aws_launch_configuration")
    return (*known, "name") if resource.type in named else known


def _protected(case: Case) -> dict[str, Resource]:
    network = case.network
    found: list[Resource] = [
        *(front.resource for front in network.fronts),
        *(listener for front in network.fronts for listener in front.listeners),
        *network.target_groups.values(),
        *(host.resource for host in network.inference),
        *(launch.resource for host in network.inference for launch in host.launches),
        *(one for host in network.inference for one in host.extra),
        *network.subnets.values(),
        *network.vpcs.values(),
        *(one for name in network.trusted_groups if (one := case.plan.at(name)) is not None),
    ]
    return {one.address: one for one in found}


def _mentioned(value: Any) -> list[str]:
    """Return the addresses of all resources that a value speaks of, at any depth."""
    found: list[str] = []
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Reference):
            found.append(one.address)
        elif isinstance(one, Text):
            waiting.extend(one.parts)
        elif isinstance(one, Encoded):
            waiting.append(one.content)
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return found


def _neighbours(case: Case) -> Iterator[Finding]:
    """Peered VPCs and transit gateways join networks whose hosts are no VPN clients."""
    network = case.network
    for resource in case.plan.of_type(*_PEERINGS):
        ends = [case.plan.value(resource, name) for name in ("vpc_id", "peer_vpc_id", "vpc_arn")]
        joined = [case.plan.identify(end, VPC_TYPES) for end in ends if end not in (None, "")]
        if all(isinstance(end, Foreign) for end in joined) and joined:
            continue
        if any(
            isinstance(end, Unknown)
            or (not isinstance(end, Foreign) and end.address in network.vpcs)
            for end in joined
        ):
            yield case.finding(
                ID,
                resource,
                "The peering joins another VPC to the protected one: its hosts may hold any "
                "private address, one of the VPN's too.",
                "Remove it; let the VPN come in through a transit or VPN gateway.",
                packet=Packet(
                    f"{case.intent.vpn.first} (a host of the peer)" if case.intent.vpn else "peer",
                    "tcp",
                    "443",
                    network.fronts[0].address if network.fronts else network.inference[0].address,
                    (resource.address,),
                ),
            )
    tables = {network.routes.table(subnet).name for subnet in network.subnets.values()}
    for name, routes in network.routes.all_tables().items():
        for route in routes:
            if name not in tables or route.target not in ("transit", "peering"):
                continue
            if route.target == "peering":
                yield case.finding(
                    ID,
                    route.resource,
                    f"A route leads through the peering {route.through}, whose hosts may hold any "
                    f"private address, one of the VPN's too.",
                    "Remove it; let the VPN come in through a transit or VPN gateway.",
                )
                continue
            outside = isinstance(route.destination, Unknown) or route.destination - case.intent.vpn
            if outside:
                yield case.finding(
                    ID,
                    route.resource,
                    f"A route through {route.through} leads beyond the VPN's ranges"
                    + (f": {outside}." if outside is not True else "."),
                    "Route only the VPN's ranges through the transit gateway.",
                )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Nothing else carries the load balancer's group or forwards to it or to the instances",
    check=check,
    applies=applies,
)
