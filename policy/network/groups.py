"""Security groups and their rules, in each of the three styles in which Terraform writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from policy.hcl.values import Reference, Unknown, Value
from policy.hcl.wording import worded
from policy.network import traffic
from policy.network.addresses import Addresses, NotACidrError, parse
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy.network.prefix_lists import PrefixLists
    from policy.network.traffic import Traffic
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

Direction = Literal["ingress", "egress"]

GROUP_TYPES: Final = frozenset({"aws_security_group", "aws_default_security_group"})
_VPC_TYPES: Final = frozenset({"aws_vpc", "aws_default_vpc"})
_RULE_TYPES: Final[dict[str, Direction]] = {
    "aws_vpc_security_group_ingress_rule": "ingress",
    "aws_vpc_security_group_egress_rule": "egress",
}


@dataclass(frozen=True)
class Group:
    """A security group's identity.

    Attributes:
        name: The resource's address, the literal id of a foreign group, or words for a VPC's
            default group.
        known: Whether the plan holds its rules.
    """

    name: str
    known: bool = True

    def __str__(self) -> str:
        return self.name


Peer = Addresses | Group | Unknown


@dataclass(frozen=True)
class Rule:
    """One permission: these packets, with this peer at the other end.

    Attributes:
        resource: The resource that writes it.
        attribute: The attribute that names the peer.
        traffic: Which packets, None where the plan does not tell.
        peer: Addresses, another group, or why it cannot be told.
        live: Whether it is there already and no resource of the plan writes it.
    """

    resource: Resource = field(repr=False)
    attribute: str
    traffic: Traffic | None
    peer: Peer
    live: bool = False


class Groups:
    """Every security group that a plan speaks of, with its rules."""

    def __init__(self, plan: Plan, prefix_lists: PrefixLists) -> None:
        self._plan = plan
        self._prefix_lists = prefix_lists
        self._rules: dict[tuple[Direction, str], list[Rule]] = {}
        self.stray: dict[Direction, list[Rule]] = {"ingress": [], "egress": []}
        """Rules whose group cannot be told: they may belong to any."""
        self._changing: dict[Any, list[Resource]] = {}
        for resource in plan.resources:
            if resource.changes and resource.type in (*_RULE_TYPES, "aws_security_group_rule"):
                self._changing.setdefault(resource.before.get("security_group_id"), []).append(
                    resource
                )
        for resource in plan.of_type(*_RULE_TYPES):
            self._add(resource, _RULE_TYPES[resource.type], self._separate(resource))
        for resource in plan.of_type("aws_security_group_rule"):
            self._add_old_style(resource)
        for resource in plan.of_type(*GROUP_TYPES):
            for direction in ("ingress", "egress"):
                key = (direction, resource.address)
                self._rules.setdefault(key, []).extend(self._inline(resource, direction))

    def rules(self, group: Group, direction: Direction) -> list[Rule]:
        """Return a group's rules, those of unknown belonging excluded."""
        return self._rules.get((direction, group.name), [])

    def identify(self, value: Value) -> Group | Unknown:
        """Tell which group an id speaks of."""
        if isinstance(value, Reference) and value.attribute == "default_security_group_id":
            vpc = self._plan.at(value.address)
            if vpc is not None and vpc.type in _VPC_TYPES:
                return self.default_of(vpc)
        if isinstance(value, str):
            value = value.rpartition("/")[2]  # an id may carry its account: "123456789012/sg-…"
            for vpc in self._plan.of_type(*_VPC_TYPES):
                if value and vpc.after.get("default_security_group_id") == value:
                    return self.default_of(vpc)
        found = self._plan.identify(value, GROUP_TYPES, by=("id",))
        if isinstance(found, Unknown):
            return found
        return (
            Group(found.name, known=False) if isinstance(found, Foreign) else Group(found.address)
        )

    def identify_all(self, value: Value) -> list[Group | Unknown]:
        """Tell which groups a list of ids speaks of."""
        if isinstance(value, list):
            return [self.identify(one) for one in value]
        return [value if isinstance(value, Unknown) else Unknown("cannot be told")]

    def default_of(self, vpc: Resource | Foreign | Unknown | None) -> Group:
        """Return the default group of a VPC, which AWS attaches where none is named."""
        if vpc is None or isinstance(vpc, Foreign | Unknown):
            return Group("the default security group", known=False)
        for resource in self._plan.of_type("aws_default_security_group"):
            owner = self._plan.identify(self._plan.value(resource, "vpc_id"), _VPC_TYPES, ("id",))
            if owner is vpc:
                return Group(resource.address)
        return Group(f"the default security group of {vpc.address}", known=False)

    def _add(self, resource: Resource, direction: Direction, rules: Iterable[Rule]) -> None:
        group = self.identify(self._plan.value(resource, "security_group_id"))
        if isinstance(group, Unknown):
            self.stray[direction].extend(rules)
        else:
            self._rules.setdefault((direction, group.name), []).extend(rules)

    def _add_old_style(self, resource: Resource) -> None:
        direction = self._plan.value(resource, "type")
        fields = {
            name: self._plan.value(resource, name)
            for name in (
                "protocol",
                "from_port",
                "to_port",
                "cidr_blocks",
                "ipv6_cidr_blocks",
                "prefix_list_ids",
                "self",
            )
        }
        source = self._plan.value(resource, "source_security_group_id")
        # Computed when the peer is not a group: then AWS, not the configuration, leaves it open.
        if not (isinstance(source, Reference) and source.address == resource.address):
            fields["security_groups"] = [] if source in (None, "") else [source]
        own = self._plan.value(resource, "security_group_id")
        rules = list(self._listed(resource, fields, own))
        if direction != "egress":
            self._add(resource, "ingress", rules)
        if direction != "ingress":
            self._add(resource, "egress", rules)

    def _separate(self, resource: Resource) -> Iterator[Rule]:
        value = self._plan.value
        packets = traffic.read(
            value(resource, "ip_protocol"), value(resource, "from_port"), value(resource, "to_port")
        )
        for attribute in ("cidr_ipv4", "cidr_ipv6"):
            if (one := value(resource, attribute)) is not None:
                yield Rule(resource, attribute, packets, _addresses(one))
        if (one := value(resource, "prefix_list_id")) is not None:
            yield Rule(resource, "prefix_list_id", packets, self._prefix_lists.entries(one))
        if (one := value(resource, "referenced_security_group_id")) is not None:
            attribute = "referenced_security_group_id"
            yield Rule(resource, attribute, packets, self.identify(one))

    def _inline(self, resource: Resource, direction: Direction) -> Iterator[Rule]:
        blocks = self._plan.blocks(resource, direction)
        if isinstance(blocks, Unknown):
            yield Rule(resource, direction, None, blocks)
            return
        own = Reference(resource.address, ("id",))
        rules = [rule for block in blocks for rule in self._listed(resource, block, own)]
        if self._plan.written(resource, direction):
            yield from rules
            return
        # What is live in the group and no block of its own writes: the plan's own separate rules
        # stand there too, as they are now, so those that it changes or removes are taken away.
        gone = set(self._gone(resource, direction))
        for rule in rules:
            if (rule.traffic, rule.peer) not in gone:
                yield Rule(resource, direction, rule.traffic, rule.peer, live=True)

    def _gone(self, group: Resource, direction: Direction) -> Iterator[tuple[Traffic | None, Peer]]:
        identity = group.before.get("id")
        for resource in self._changing.get(identity, ()):
            held = resource.before
            if _RULE_TYPES.get(resource.type) == direction:
                fields: dict[str, Any] = {
                    "protocol": held.get("ip_protocol"),
                    "from_port": held.get("from_port"),
                    "to_port": held.get("to_port"),
                    "cidr_blocks": _listing(held.get("cidr_ipv4")),
                    "ipv6_cidr_blocks": _listing(held.get("cidr_ipv6")),
                    "prefix_list_ids": _listing(held.get("prefix_list_id")),
                    "security_groups": _listing(held.get("referenced_security_group_id")),
                }
            elif resource.type == "aws_security_group_rule" and held.get("type") == direction:
                source = held.get("source_security_group_id")
                fields = {**held, "security_groups": _listing(source)}
            else:
                continue
            for rule in self._listed(resource, fields, identity):
                yield rule.traffic, rule.peer

    def _listed(self, resource: Resource, fields: dict[str, Any], own: Value) -> Iterator[Rule]:
        """Read a rule that names its peers in lists, as inline blocks and the old style do."""
        packets = traffic.read(
            fields.get("protocol"), fields.get("from_port"), fields.get("to_port")
        )
        for attribute in ("cidr_blocks", "ipv6_cidr_blocks"):
            for one in _elements(fields.get(attribute)):
                yield Rule(resource, attribute, packets, _addresses(one))
        for one in _elements(fields.get("prefix_list_ids")):
            yield Rule(resource, "prefix_list_ids", packets, self._prefix_lists.entries(one))
        for one in _elements(fields.get("security_groups")):
            yield Rule(resource, "security_groups", packets, self.identify(one))
        itself = fields.get("self")
        if str(itself).lower() == "true":
            yield Rule(resource, "self", packets, self.identify(own))
        elif isinstance(itself, Unknown | Reference):
            yield Rule(resource, "self", packets, Unknown("may be true"))


def _elements(value: Value) -> list[Value]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _listing(value: Any) -> list[Any]:
    return [] if value in (None, "") else [value]


def _addresses(value: Value) -> Peer:
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, str):
        return Unknown(
            f"is {worded(value)}, known only after the apply" if value else "cannot be told"
        )
    try:
        return parse(value)
    except NotACidrError as error:
        return Unknown(str(error).rstrip("."))
