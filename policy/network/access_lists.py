"""Network ACLs: stateless, so a path needs the way there and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Reference, Unknown, Value
from policy.network import traffic
from policy.network.addresses import Addresses, NotACidrError, parse
from policy.network.routes import SUBNET_TYPES, VPC_TYPES
from policy.network.traffic import ANY, TCP
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from policy.network.traffic import Traffic
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

_TYPES: Final = frozenset({"aws_network_acl", "aws_default_network_acl"})


@dataclass(frozen=True)
class Entry:
    """One numbered rule of a network ACL; its lists of addresses are always known here."""

    number: int
    egress: bool
    allow: bool
    traffic: Traffic
    addresses: Addresses


class AccessLists:
    """The network ACLs of a plan and which subnet lies behind which."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._entries: dict[str, list[Entry]] = {}
        self._unclear: set[str] = set()
        for resource in plan.of_type(*_TYPES):
            for direction in ("ingress", "egress"):
                blocks = plan.blocks(resource, direction)
                if isinstance(blocks, Unknown):
                    self._unclear.add(resource.address)
                    continue
                for block in blocks:
                    self._add(resource.address, block, egress=direction == "egress")
        for resource in plan.of_type("aws_network_acl_rule"):
            owner = plan.identify(plan.value(resource, "network_acl_id"), _TYPES, ("id",))
            if isinstance(owner, Foreign | Unknown):
                continue
            names = ("rule_number", "rule_action", "protocol", "from_port", "to_port")
            fields = {name: plan.value(resource, name) for name in names}
            fields["cidr_block"] = plan.value(resource, "cidr_block")
            fields["ipv6_cidr_block"] = plan.value(resource, "ipv6_cidr_block")
            egress = plan.value(resource, "egress") is True
            self._add(owner.address, fields, egress=egress)
        self._subnets = self._associate()

    def of(self, subnet: Resource) -> str | None:
        """Return the address of the ACL that a subnet lies behind, None for AWS's open default."""
        if subnet.address in self._subnets:
            return self._subnets[subnet.address]
        vpc = self._plan.identify(self._plan.value(subnet, "vpc_id"), VPC_TYPES, ("id",))
        for resource in self._plan.of_type("aws_default_network_acl"):
            value = self._plan.value(resource, "default_network_acl_id")
            if isinstance(vpc, Foreign | Unknown):
                continue
            if (isinstance(value, Reference) and value.address == vpc.address) or (
                isinstance(value, str) and value == vpc.after.get("default_network_acl_id")
            ):
                return resource.address
        return None

    def passes(
        self, acl: str | None, addresses: Addresses, port: int, *, egress: bool
    ) -> Addresses:
        """Return those of the addresses that an ACL lets through to a TCP port.

        A rule that cannot be told counts as letting through: an ACL can only take away, and a path
        is called blocked only when it is.
        """
        if acl is None or acl in self._unclear:
            return addresses
        left, passed = addresses, Addresses()
        entries = [one for one in self._entries.get(acl, ()) if one.egress == egress]
        for entry in sorted(entries, key=lambda one: one.number):
            if not entry.traffic.covers(TCP, port):
                continue
            if entry.allow:
                passed = passed | (left & entry.addresses)
            left = left - entry.addresses
        return passed

    def _add(self, acl: str, fields: dict[str, Any], *, egress: bool) -> None:
        number = traffic.whole_number(fields.get("rule_no", fields.get("rule_number")))
        action = fields.get("action", fields.get("rule_action"))
        packets = traffic.read(
            fields.get("protocol"), fields.get("from_port"), fields.get("to_port")
        )
        if packets is not None and packets.protocol == ANY:
            packets = traffic.Traffic(ANY)
        for name in ("cidr_block", "ipv6_cidr_block"):
            value: Value = fields.get(name)
            if value in (None, ""):
                continue
            try:
                addresses = parse(value) if isinstance(value, str) else None
            except NotACidrError:
                addresses = None
            if number is None or packets is None or addresses is None or not action:
                self._unclear.add(acl)
                continue
            allow = str(action).lower() == "allow"
            self._entries.setdefault(acl, []).append(
                Entry(number, egress, allow, packets, addresses)
            )

    def _associate(self) -> dict[str, str]:
        subnets: dict[str, str] = {}
        for resource in self._plan.of_type(*_TYPES):
            value = self._plan.value(resource, "subnet_ids")
            for one in value if isinstance(value, list) else []:
                subnet = self._plan.identify(one, SUBNET_TYPES, ("id",))
                if not isinstance(subnet, Foreign | Unknown):
                    subnets[subnet.address] = resource.address
        for resource in self._plan.of_type("aws_network_acl_association"):
            ends = [
                self._plan.identify(self._plan.value(resource, name), types, ("id",))
                for name, types in (("subnet_id", SUBNET_TYPES), ("network_acl_id", _TYPES))
            ]
            subnet, acl = ends
            if not isinstance(subnet, Foreign | Unknown) and not isinstance(acl, Foreign | Unknown):
                subnets[subnet.address] = acl.address
        return subnets
