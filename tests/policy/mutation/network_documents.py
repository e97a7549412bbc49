"""A small network as a plan in which everything is known: it exists, and nothing changes."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

GROUPS = ("alb", "alb2", "instance", "instance2", "other")
PREFIX_LIST = "pl-11111111111111111"

Peer = tuple[str, str]
"""What kind of peer, and which: range, group, self, own list, foreign list."""


@dataclass(frozen=True)
class Rule:
    """An ingress rule and how it is written: `inline`, `older` (a rule of many) or `own`."""

    group: str
    peer: Peer
    protocol: str
    ports: tuple[int, int]
    style: str


@dataclass(frozen=True)
class Network:
    """A load balancer and instances behind it.

    Attributes:
        rules: What the groups let in.
        balancer: The groups of the load balancer.
        instance: The groups of the instances.
        listed: The ranges of the plan's own prefix list.
        holder: The group of a network interface beside them, if there is one.
        private: Where the instances' subnet leads: `nat`, `igw`, `none`.
    """

    rules: tuple[Rule, ...]
    balancer: tuple[str, ...]
    instance: tuple[str, ...]
    listed: tuple[str, ...]
    holder: str | None
    private: str


def document(network: Network) -> dict[str, Any]:
    """The plan of a network: every resource exists already and stays as it is."""
    resources = [
        *_subnets(network.private),
        *_groups(network.rules),
        *_separate_rules(network.rules),
        *_service(network),
        _resource(
            "aws_ec2_managed_prefix_list",
            "offices",
            {
                "id": PREFIX_LIST,
                "name": "offices",
                "address_family": "IPv4",
                "max_entries": 5,
                "entry": [
                    {"cidr": net, "description": ""} for net in network.listed if ":" not in net
                ],
            },
        ),
    ]
    if network.holder:
        group = _sg(network.holder)
        values = {"security_groups": [group], "subnet_id": "subnet-private", "id": "eni-1"}
        resources.append(_resource("aws_network_interface", "holder", values))
    return _plan(resources)


def _plan(resources: list[dict[str, Any]]) -> dict[str, Any]:
    planned = [
        {key: resource[key] for key in ("address", "mode", "type", "name", "provider_name")}
        | {"schema_version": 0, "values": resource["change"]["after"], "sensitive_values": {}}
        for resource in resources
    ]
    configured = [
        {key: resource[key] for key in ("address", "mode", "type", "name")}
        | {
            "provider_config_key": "aws",
            "schema_version": 0,
            "expressions": {
                name: {"constant_value": value}
                for name, value in resource["change"]["after"].items()
                if name not in ("id", "arn")
            },
        }
        for resource in resources
    ]
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "variables": {},
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": resources,
        "output_changes": {},
        "prior_state": {
            "format_version": "1.0",
            "terraform_version": "1.11.4",
            "values": {"root_module": {"resources": planned}},
        },
        "configuration": {"root_module": {"resources": configured}},
        "applyable": False,
        "complete": True,
        "errored": False,
    }


def _resource(kind: str, name: str, values: dict[str, Any]) -> dict[str, Any]:
    values = {"id": f"{kind}-{name}", "arn": f"arn:aws:test::{kind}/{name}"} | values
    return {
        "address": f"{kind}.{name}",
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": {
            "actions": ["no-op"],
            "before": values,
            "after": values,
            "after_unknown": {},
            "before_sensitive": False,
            "after_sensitive": {},
        },
    }


def _sg(name: str) -> str:
    return f"sg-{name}"


def _subnets(private: str) -> Iterator[dict[str, Any]]:
    yield _resource("aws_vpc", "main", {"id": "vpc-1", "cidr_block": "10.20.0.0/16"})
    yield _resource("aws_internet_gateway", "main", {"id": "igw-1", "vpc_id": "vpc-1"})
    nat = {"id": "nat-1", "subnet_id": "subnet-public"}
    yield _resource("aws_nat_gateway", "main", nat)
    targets = {
        "public": {"gateway_id": "igw-1"},
        "private": {"nat": {"nat_gateway_id": "nat-1"}, "igw": {"gateway_id": "igw-1"}}.get(
            private
        ),
    }
    for number, (tier, target) in enumerate(targets.items()):
        subnet = {
            "id": f"subnet-{tier}",
            "vpc_id": "vpc-1",
            "cidr_block": f"10.20.{number}.0/24",
            "map_public_ip_on_launch": False,
        }
        yield _resource("aws_subnet", tier, subnet)
        table = {"id": f"rtb-{tier}", "vpc_id": "vpc-1", "route": []}
        yield _resource("aws_route_table", tier, table)
        link = {"subnet_id": f"subnet-{tier}", "route_table_id": f"rtb-{tier}"}
        yield _resource("aws_route_table_association", tier, link)
        if target:
            route = {"route_table_id": f"rtb-{tier}", "destination_cidr_block": "0.0.0.0/0"}
            yield _resource("aws_route", tier, route | target)


def _groups(chosen: Sequence[Rule]) -> Iterator[dict[str, Any]]:
    for name in GROUPS:
        inside = [_block(rule) for rule in chosen if (rule.group, rule.style) == (name, "inline")]
        values: dict[str, Any] = {
            "id": _sg(name),
            "name": name,
            "description": "Group",
            "vpc_id": "vpc-1",
            "ingress": inside,
            "egress": [],
        }
        yield _resource("aws_security_group", name, values)


def _block(rule: Rule) -> dict[str, Any]:
    low, high = _ports(rule)
    return _lists(rule.peer) | {
        "description": "",
        "protocol": rule.protocol,
        "from_port": low,
        "to_port": high,
        "security_groups": [_sg(rule.peer[1])] if rule.peer[0] == "group" else [],
        "self": rule.peer[0] == "self",
    }


def _ports(rule: Rule) -> tuple[int, int]:
    without: dict[str, tuple[int, int]] = {"-1": (0, 0), "icmp": (-1, -1)}
    return without.get(rule.protocol) or rule.ports


def _lists(peer: Peer) -> dict[str, Any]:
    kind, name = peer
    return {
        "cidr_blocks": [name] if kind == "range" and ":" not in name else [],
        "ipv6_cidr_blocks": [name] if kind == "range" and ":" in name else [],
        "prefix_list_ids": [name] if kind == "list" else [],
    }


def _separate_rules(chosen: Sequence[Rule]) -> Iterator[dict[str, Any]]:
    numbers = itertools.count()
    for rule in chosen:
        kind, name = rule.peer
        low, high = _ports(rule)
        values: dict[str, Any] = {
            "id": f"sgr-{next(numbers)}",
            "security_group_id": _sg(rule.group),
            "from_port": low,
            "to_port": high,
        }
        if rule.style == "older":
            values |= _lists(rule.peer) | {
                "type": "ingress",
                "protocol": rule.protocol,
                "self": kind == "self",
                "source_security_group_id": _sg(name) if kind == "group" else None,
            }
            yield _resource("aws_security_group_rule", values["id"], values)
        elif rule.style == "own":
            group = _sg(name) if kind == "group" else _sg(rule.group)
            values |= {
                "ip_protocol": rule.protocol,
                "cidr_ipv4": name if kind == "range" and ":" not in name else None,
                "cidr_ipv6": name if kind == "range" and ":" in name else None,
                "prefix_list_id": name if kind == "list" else None,
                "referenced_security_group_id": group if kind in ("group", "self") else None,
            }
            yield _resource("aws_vpc_security_group_ingress_rule", values["id"], values)


def _service(network: Network) -> Iterator[dict[str, Any]]:
    for name, port, group in (("alb", 11434, "instance"), ("instance", 443, "")):
        values: dict[str, Any] = {
            "security_group_id": _sg(name),
            "ip_protocol": "tcp",
            "from_port": port,
            "to_port": port,
        }
        values |= {"referenced_security_group_id": _sg(group)} if group else {}
        values |= {} if group else {"cidr_ipv4": "0.0.0.0/0"}
        yield _resource("aws_vpc_security_group_egress_rule", name, values)
    balancer = {
        "name": "main",
        "load_balancer_type": "application",
        "internal": False,
        "ip_address_type": "dualstack",
        "security_groups": [_sg(name) for name in network.balancer],
        "subnets": ["subnet-public"],
    }
    yield _resource("aws_lb", "main", balancer)
    check = {"enabled": True, "port": "traffic-port", "protocol": "HTTP", "path": "/"}
    target = {
        "name": "main",
        "port": 11434,
        "protocol": "HTTP",
        "target_type": "instance",
        "vpc_id": "vpc-1",
        "health_check": [check],
    }
    yield _resource("aws_lb_target_group", "main", target)
    listener = {
        "load_balancer_arn": "arn:aws:test::aws_lb/main",
        "port": 443,
        "protocol": "HTTPS",
        "ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "certificate_arn": "arn:aws:acm:eu-west-1:111122223333:certificate/1",
        "default_action": [
            {"type": "forward", "target_group_arn": "arn:aws:test::aws_lb_target_group/main"}
        ],
    }
    yield _resource("aws_lb_listener", "main", listener)
    template = {
        "id": "lt-1",
        "name": "main",
        "image_id": "ami-0123456789abcdef0",
        "vpc_security_group_ids": [_sg(name) for name in network.instance],
        "network_interfaces": [],
        "metadata_options": [{"http_tokens": "required", "http_endpoint": "enabled"}],
        "latest_version": 1,
    }
    yield _resource("aws_launch_template", "main", template)
    fleet = {
        "name": "main",
        "launch_template": [{"id": "lt-1", "name": "main", "version": "1"}],
        "mixed_instances_policy": [],
        "vpc_zone_identifier": ["subnet-private"],
        "target_group_arns": ["arn:aws:test::aws_lb_target_group/main"],
    }
    yield _resource("aws_autoscaling_group", "main", fleet)
