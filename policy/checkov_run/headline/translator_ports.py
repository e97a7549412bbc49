"""CKV_TRANSLATOR_1 and 2: the two headline rules, as checks that checkov can run.

They are a second pair of eyes on single resources, for this gate and for people who run
`checkov -f plan.json --external-checks-dir policy/checkov_run/headline`. They are no proof:
a check sees one resource, so not whose a group is, not what a prefix list or a group holds, not
a route, not a path over several resources, and not what the plan leaves as it was. Every
ingress rule is therefore held to the same two forms: from addresses TCP 443, from a group TCP
11434 (or 443, as a VPC endpoint takes it). The gate's reachability requirements do the proof.
"""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck

_GROUPS = ("aws_security_group", "aws_default_security_group")
_RULES = ("aws_security_group_rule", "aws_vpc_security_group_ingress_rule")
_LISTENERS = ("aws_lb_listener", "aws_alb_listener")
# A private range is /8 at the widest (10.0.0.0/8; RFC 1918), a unique local one /7 (RFC 4193), and
# no organisation holds a global one wider than /16: what is wider is a part of the internet.
_WIDEST = {4: 8, 6: 16}
_UNIQUE_LOCAL = ipaddress.IPv6Network("fc00::/7")
# What checkov puts in the place of a value that only the apply will show.
_UNKNOWN = "true_after_unknown"
_GROUP_ID = re.compile(r"(\d{12}/)?sg-")
_RANGE_KEYS = ("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks")
_LIST_KEYS = ("prefix_list_id", "prefix_list_ids")
_GROUP_KEYS = ("referenced_security_group_id", "source_security_group_id", "security_groups")
_Range = ipaddress.IPv4Network | ipaddress.IPv6Network


def _values(conf: Mapping[str, Any], *keys: str) -> list[Any]:
    """Return what stands under the keys, out of the lists that checkov wraps around it."""
    found: list[Any] = []
    for key in keys:
        waiting = [conf.get(key)]
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting[:0] = value
            elif value is not None and value != "":
                found.append(value)
    return found


def _port(conf: Mapping[str, Any], key: str) -> int | None:
    for value in _values(conf, key):
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.isdecimal() and len(value) <= 5:
            return int(value)
    return None


@dataclass(frozen=True)
class _Ingress:
    """One ingress rule, whichever way it is written.

    Attributes:
        protocol: As written, lower case: "tcp", "6", "-1", or empty.
        first: The first port; None where it is absent or unknown.
        last: The last port, likewise.
        ranges: Its address ranges, as far as they show.
        ranges_hidden: Whether it has a range that does not show.
        addresses: Whether it lets addresses in; None where that does not show.
        groups: Whether it lets other groups in; None where that does not show.
        itself: Whether the group lets itself in.
    """

    protocol: str
    first: int | None
    last: int | None
    ranges: tuple[_Range, ...]
    ranges_hidden: bool
    addresses: bool | None
    groups: bool | None
    itself: bool

    def is_tcp(self, *ports: int) -> bool:
        """Whether it lets in TCP on one of these ports and on no other port."""
        return self.protocol in {"tcp", "6"} and self.first == self.last and self.first in ports

    def may_cover(self, port: int) -> bool:
        """Whether TCP on the port could be let in; an unknown protocol or port could be any."""
        if self.protocol in {"udp", "17", "icmp", "1", "icmpv6", "58"}:
            return False
        if self.protocol in {"tcp", "6"} and self.first is not None and self.last is not None:
            return self.first <= port <= self.last
        return True


def _range(text: str) -> _Range | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _ingress(conf: Mapping[str, Any], *, alone: bool) -> _Ingress:
    """Read a rule; `alone` says that it has exactly one source, whatever else is referred to.

    checkov shows a value that is unknown, and one that is null, as the text of the first reference
    in it, so a text that is neither a range nor an id may be a source or none.
    """
    cidrs = [str(v) for v in _values(conf, *_RANGE_KEYS)]
    ranges = tuple(one for one in map(_range, cidrs) if one is not None)
    lists = [str(v) for v in _values(conf, *_LIST_KEYS)]
    ids = [str(v) for v in _values(conf, *_GROUP_KEYS)]
    itself = any(str(v).lower() == "true" for v in _values(conf, "self"))
    # An optional computed source that is left out shows as unknown beside the one that is set.
    if cidrs or lists or itself:
        ids = [one for one in ids if one != _UNKNOWN]
    addresses = bool(ranges) or any(one.startswith("pl-") for one in lists)
    groups = any(_GROUP_ID.match(one) for one in ids)
    unsure = not (addresses or groups or itself)
    may_addresses = bool(cidrs or lists) and (unsure or not alone)
    may_groups = bool(ids) and (unsure or not alone)
    if unsure and may_addresses != may_groups:  # there is no other source it could have
        addresses, groups = may_addresses, may_groups
    protocols = [str(v).lower() for v in _values(conf, "ip_protocol", "protocol")]
    return _Ingress(
        protocol=protocols[0] if protocols else "",
        first=_port(conf, "from_port"),
        last=_port(conf, "to_port"),
        ranges=ranges,
        ranges_hidden=len(ranges) < len(cidrs) and may_addresses,
        addresses=addresses or (None if may_addresses or not (ids or itself) else False),
        groups=groups or (None if may_groups else False),
        itself=itself,
    )


def _rules(conf: Mapping[str, Any], kind: str) -> Iterator[_Ingress]:
    """Yield the ingress rules that a resource writes.

    A group that the plan does not change shows the live rules in `ingress`, also those that other
    resources of the same plan narrow or delete; they are this check's blind spot on purpose.
    """
    if kind == "aws_vpc_security_group_ingress_rule":
        yield _ingress(conf, alone=True)
    elif kind == "aws_security_group_rule":
        if "egress" not in _values(conf, "type"):
            yield _ingress(conf, alone=False)
    else:
        actions = _values(conf, "__change_actions__")
        changed = _values(conf, "__change_keys__")
        if actions and "create" not in actions and "ingress" not in changed:
            return
        for rule in _values(conf, "ingress"):
            if isinstance(rule, Mapping):
                yield _ingress(rule, alone=False)


def _too_wide(network: _Range) -> bool:
    """Tell whether a range is a part of the internet."""
    if isinstance(network, ipaddress.IPv6Network) and network.subnet_of(_UNIQUE_LOCAL):
        return False
    return network.prefixlen < _WIDEST[network.version]


class LoadBalancerTakesOnly443(BaseResourceCheck):
    """CKV_TRANSLATOR_1.

    Refuses: a listener on HTTP, or on HTTPS and another port than 443; a rule that lets addresses
    or prefix lists in on anything but TCP 443; a rule from a range so wide that it is a part of the
    internet, so also each half of it. Unknown where the plan does not show the range.

    Does not see: TCP, TLS and UDP listeners (a network load balancer's), the ranges inside a prefix
    list, whether a range is one of the VPN's, and whether the group is attached to anything.
    """

    def __init__(self) -> None:
        super().__init__(
            name="Ensure only TCP 443 enters the load balancer's security group",
            id="CKV_TRANSLATOR_1",
            categories=[CheckCategories.NETWORKING],
            supported_resources=[*_GROUPS, *_RULES, *_LISTENERS],
        )

    def scan_resource_conf(self, conf: dict[str, list[Any]]) -> CheckResult:
        """Judge one resource as checkov shows it."""
        if self.entity_type in _LISTENERS:
            protocols = {str(v).upper() for v in _values(conf, "protocol")}
            if protocols & {"TCP", "TLS", "UDP", "TCP_UDP"}:
                return CheckResult.PASSED
            secure = protocols == {"HTTPS"} and _port(conf, "port") == 443
            return CheckResult.PASSED if secure else CheckResult.FAILED
        unsure = False
        for rule in _rules(conf, self.entity_type):
            fits = rule.is_tcp(443)
            if any(_too_wide(one) for one in rule.ranges) or (rule.addresses and not fits):
                return CheckResult.FAILED
            unsure = unsure or rule.ranges_hidden or (rule.addresses is None and not fits)
        return CheckResult.UNKNOWN if unsure else CheckResult.PASSED


class InstancesTakeOnly11434(BaseResourceCheck):
    """CKV_TRANSLATOR_2.

    Refuses: a rule that could let TCP 11434 in from addresses, prefix lists or the group itself; a
    rule from another group on anything but TCP 11434 or TCP 443; a group that lets itself in.

    Does not see: which group is the load balancer's, what else carries that group, and a group that
    names itself by its id instead of `self`.
    """

    def __init__(self) -> None:
        super().__init__(
            name="Ensure only TCP 11434 from a security group enters the instances",
            id="CKV_TRANSLATOR_2",
            categories=[CheckCategories.NETWORKING],
            supported_resources=[*_GROUPS, *_RULES],
        )

    def scan_resource_conf(self, conf: dict[str, list[Any]]) -> CheckResult:
        """Judge one resource as checkov shows it."""
        unsure = False
        for rule in _rules(conf, self.entity_type):
            covers, fits = rule.may_cover(11434), rule.is_tcp(443, 11434)
            if rule.itself or (rule.addresses and covers) or (rule.groups and not fits):
                return CheckResult.FAILED
            unsure = unsure or (rule.addresses is None and covers)
            unsure = unsure or (rule.groups is None and not fits)
        return CheckResult.UNKNOWN if unsure else CheckResult.PASSED


load_balancer_takes_only_443 = LoadBalancerTakesOnly443()
instances_take_only_11434 = InstancesTakeOnly11434()
