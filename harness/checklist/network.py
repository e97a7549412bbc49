"""Proof of the network: subnets by where their routes lead, and who is let in."""

from collections.abc import Iterator

from envs.schema import Environment
from harness.checklist.proof import Lack, Proof
from harness.checklist.stack import Resource, Stack

ANYWHERE = {"0.0.0.0/0", "::/0"}
HTTPS = 443
OLLAMA = 11434


def subnets(stack: Stack, _settings: Environment) -> Iterator[Proof | Lack]:
    """A VPC, and subnets of both kinds: public is whose routes lead to an internet gateway."""
    vpcs = stack.of("aws_vpc")
    if not vpcs:
        yield Lack("There is no VPC.")
    for vpc in vpcs:
        yield Proof(vpc, f"cidr_block {vpc.values.get('cidr_block')}")
    public = _public(stack)
    every = stack.of("aws_subnet")
    for kind, members in (
        ("public", [each for each in every if each.address in public]),
        ("private", [each for each in every if each.address not in public]),
    ):
        if not members:
            yield Lack(f"No subnet is {kind}.")
        for each in members:
            zone, cidr = each.values.get("availability_zone"), each.values.get("cidr_block")
            yield Proof(each, f"{kind}: {cidr} in {zone}")


def security_groups(stack: Stack, settings: Environment) -> Iterator[Proof | Lack]:
    """Into the load balancer 443 from the VPN's ranges; into instances 11434 from it; no more."""
    balancers = {
        group.address: group
        for each in stack.of("aws_lb")
        for group in stack.linked(each, "security_groups", "aws_security_group")
    }
    instances = {
        group.address: group
        for each in stack.of("aws_launch_template")
        for path in ("network_interfaces.security_groups", "vpc_security_group_ids")
        for group in stack.linked(each, path, "aws_security_group")
    }
    if not balancers or not instances:
        yield Lack("The load balancer, or the instances, have no security group of their own.")
        return
    for rule in stack.of("aws_security_group_rule"):
        yield Lack(f"{rule.address} is a rule of the older kind, which is not judged here.")
    admitted: set[str] = set()
    reached = 0
    for rule in stack.of("aws_vpc_security_group_ingress_rule"):
        groups = {
            each.address for each in stack.linked(rule, "security_group_id", "aws_security_group")
        }
        source = rule.values.get("cidr_ipv4") or rule.values.get("cidr_ipv6")
        if groups & set(balancers):
            if _is(rule, HTTPS) and source in settings.vpn_cidrs:
                admitted.add(str(source))
                yield Proof(rule, f"TCP {HTTPS} from {source}, a range of vpn_cidrs")
            else:
                yield Lack(f"{rule.address} lets {_told(rule, source)} into the load balancer.")
        if groups & set(instances):
            callers = stack.linked(rule, "referenced_security_group_id", "aws_security_group")
            if (
                _is(rule, OLLAMA)
                and source is None
                and {c.address for c in callers} == {*balancers}
            ):
                reached += 1
                yield Proof(rule, f"TCP {OLLAMA} from {', '.join(sorted(balancers))}")
            else:
                yield Lack(f"{rule.address} lets {_told(rule, source)} into the instances.")
    for missing in sorted(set(settings.vpn_cidrs) - admitted):
        yield Lack(f"No rule lets {missing} of vpn_cidrs into the load balancer on {HTTPS}.")
    if not reached:
        yield Lack(f"No rule lets the load balancer into the instances on {OLLAMA}.")


def _public(stack: Stack) -> set[str]:
    """The addresses of the subnets whose route table leads to an internet gateway."""
    tables = {
        table.address
        for route in stack.of("aws_route")
        if {
            route.values.get("destination_cidr_block"),
            route.values.get("destination_ipv6_cidr_block"),
        }
        & ANYWHERE
        and stack.linked(route, "gateway_id", "aws_internet_gateway")
        for table in stack.linked(route, "route_table_id", "aws_route_table")
    }
    return {
        subnet.address
        for each in stack.of("aws_route_table_association")
        if {t.address for t in stack.linked(each, "route_table_id", "aws_route_table")} & tables
        for subnet in stack.linked(each, "subnet_id", "aws_subnet")
    }


def _is(rule: Resource, port: int) -> bool:
    values = rule.values
    return (
        values.get("ip_protocol") == "tcp"
        and values.get("from_port") == port
        and values.get("to_port") == port
    )


def _told(rule: Resource, source: object) -> str:
    ports = f"{rule.values.get('from_port')}-{rule.values.get('to_port')}"
    return f"{rule.values.get('ip_protocol')} {ports} from {source or 'a group or list'}"
