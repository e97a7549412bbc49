"""The security group rules of a plan, in whichever style they are written, as one list."""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.policy.mutation.expressions import OPAQUE
from tests.policy.mutation.reading import Reading, Resource

Net = ipaddress.IPv4Network | ipaddress.IPv6Network

EVERYBODY = "everybody"
"""A rule's source that could not be read: whoever it is may be meant."""

PROTOCOLS = {"-1": "all", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}


@dataclass(frozen=True)
class Rule:
    """What a security group lets through: peers are ranges, group names or `EVERYBODY`."""

    group: str
    inbound: bool
    protocol: str
    low: int
    high: int
    peers: tuple[Net | str, ...]
    by: str


def range_of(text: Any) -> Net | None:
    """A range with its host bits cleared, as AWS stores it; None for what is none."""
    try:
        return ipaddress.ip_network(str(text), strict=False)
    except ValueError:
        return None


def protocol_of(value: Any) -> str:
    """A protocol by the name that packets carry."""
    text = str(value).lower()
    return PROTOCOLS.get(text, text)


def ports_of(protocol: str, low: Any, high: Any) -> tuple[int, int]:
    """A rule's ports; all where the protocol has none or the plan does not tell."""
    if protocol not in ("tcp", "udp") or not isinstance(low, int) or not isinstance(high, int):
        return 0, 65535
    return (0, 65535) if low == -1 else (low, high)


def rules(reading: Reading) -> list[Rule]:
    """Every security group rule of the plan, in whichever of the three styles it is written."""
    return [*_own_resources(reading), *_older_resources(reading), *_inline(reading)]


def _own_resources(reading: Reading) -> Iterator[Rule]:
    for inbound in (True, False):
        way = "ingress" if inbound else "egress"
        for rule in reading.of_type(f"aws_vpc_security_group_{way}_rule"):
            peers: list[Net | str] = []
            for name in ("cidr_ipv4", "cidr_ipv6"):
                peers += _ranges(reading.value(rule, name))
            peers += _group(reading, reading.value(rule, "referenced_security_group_id"))
            peers += _list(reading, reading.value(rule, "prefix_list_id"))
            protocol = protocol_of(reading.value(rule, "ip_protocol"))
            yield _rule(reading, rule, (), inbound=inbound, protocol=protocol, peers=peers)


def _older_resources(reading: Reading) -> Iterator[Rule]:
    for rule in reading.of_type("aws_security_group_rule"):
        peers = _many_peers(reading, rule, ())
        peers += _group(reading, reading.value(rule, "source_security_group_id"))
        protocol = protocol_of(reading.value(rule, "protocol"))
        inbound = reading.value(rule, "type") == "ingress"
        yield _rule(reading, rule, (), inbound=inbound, protocol=protocol, peers=peers)


def _inline(reading: Reading) -> Iterator[Rule]:
    for group in reading.of_type("aws_security_group", "aws_default_security_group"):
        for inbound in (True, False):
            for block in reading.blocks(group, "ingress" if inbound else "egress"):
                peers = _many_peers(reading, group, block)
                for member in reading.many(group, *block, "security_groups"):
                    peers += _group(reading, member)
                protocol = protocol_of(reading.value(group, *block, "protocol"))
                yield _rule(reading, group, block, inbound=inbound, protocol=protocol, peers=peers)


def _rule(
    reading: Reading,
    source: Resource,
    block: tuple[str | int, ...],
    *,
    inbound: bool,
    protocol: str,
    peers: list[Net | str],
) -> Rule:
    group = source.address
    if not block:
        group = reading.owner(reading.value(source, "security_group_id"))
    own = reading.value(source, *block, "self") is True
    low, high = ports_of(
        protocol,
        reading.value(source, *block, "from_port"),
        reading.value(source, *block, "to_port"),
    )
    everyone = tuple(peers) + ((group,) if own else ())
    return Rule(group, inbound, protocol, low, high, everyone, source.address)


def _many_peers(
    reading: Reading, source: Resource, block: tuple[str | int, ...]
) -> list[Net | str]:
    peers: list[Net | str] = []
    for name in ("cidr_blocks", "ipv6_cidr_blocks"):
        for member in reading.many(source, *block, name):
            peers += _ranges(member)
    for member in reading.many(source, *block, "prefix_list_ids"):
        peers += _list(reading, member)
    return peers


def _ranges(value: Any) -> list[Net | str]:
    if value is None or value == "":
        return []
    network = range_of(value)
    return [EVERYBODY if network is None else network]


def _group(reading: Reading, value: Any) -> list[Net | str]:
    if value is OPAQUE:
        return [EVERYBODY]
    name = reading.owner(value)
    if name.startswith("foreign ") and "/" in name:  # "<account>/<group>" of a peered VPC
        return [EVERYBODY]
    return [name] if name else []


def _list(reading: Reading, value: Any) -> list[Net | str]:
    """A prefix list's ranges: its own entries and those that stand beside it."""
    if value is None or value == "":
        return []
    found = reading.resources.get(reading.owner(value))
    if found is None or found.type != "aws_ec2_managed_prefix_list":
        return [EVERYBODY]
    peers: list[Net | str] = []
    for block in reading.blocks(found, "entry"):
        peers += _ranges(reading.value(found, *block, "cidr"))
    for entry in reading.of_type("aws_ec2_managed_prefix_list_entry"):
        if reading.owner(reading.value(entry, "prefix_list_id")) == found.address:
            peers += _ranges(reading.value(entry, "cidr"))
    return peers
