"""Changes to the rules of security groups: drop, widen, narrow, retarget, repeat, rename."""

from collections.abc import Iterator
from typing import Any

from tests.policy.mutation.draft import Draft
from tests.policy.mutation.mutants import (
    BALANCER_GROUP,
    DEFAULT_GROUP,
    ENDPOINT_GROUP,
    GROUPS,
    INSTANCE_GROUP,
    STRANGER,
    Edit,
    Mutant,
    after,
    all_rules,
    ingress_rules,
    neighbours,
    one_of_each,
    pointing,
    putting,
    range_attribute,
    short,
)

PORTS = (
    ("to one lower as well", -1, 0),
    ("to one higher as well", 0, 1),
    ("to the next one alone", 1, 1),
)
OTHER_PORTS = ((0, 65535), (443, 11434), (80, 80), (443, 443), (11434, 11434))
PROTOCOLS = ("udp", "-1", "6", "icmp", "17")


def dropped(base: Draft) -> Iterator[Mutant]:
    """Every rule, left out."""
    for rule in all_rules(base):
        yield Mutant("drop rule", short(rule), lambda draft, rule=rule: draft.drop(rule))


def ports(base: Draft) -> Iterator[Mutant]:
    """Every rule on other ports."""
    for rule in one_of_each(base, all_rules(base)):
        values = after(base, rule)
        for word, lower, higher in PORTS:
            low, high = values["from_port"] + lower, values["to_port"] + higher
            yield Mutant("port", f"of {short(rule)} {word}", _ports(rule, low, high))
        for low, high in OTHER_PORTS:
            if (low, high) != (values["from_port"], values["to_port"]):
                yield Mutant("port", f"of {short(rule)} to {low}-{high}", _ports(rule, low, high))


def _ports(rule: str, low: int, high: int) -> Edit:
    def edit(draft: Draft) -> None:
        draft.put(rule, ("from_port",), low)
        draft.put(rule, ("to_port",), high)

    return edit


def protocols(base: Draft) -> Iterator[Mutant]:
    """Every rule with another protocol, or the same by another name."""
    for rule in one_of_each(base, all_rules(base)):
        for protocol in PROTOCOLS:
            yield Mutant("protocol", f"of {short(rule)} to {protocol}", _protocol(rule, protocol))


def _protocol(rule: str, protocol: str) -> Edit:
    def edit(draft: Draft) -> None:
        draft.put(rule, ("ip_protocol",), protocol)
        if protocol in ("-1", "icmp"):
            for name in ("from_port", "to_port"):
                draft.put(rule, (name,), -1 if protocol == "icmp" else None)

    return edit


def ranges(base: Draft) -> Iterator[Mutant]:
    """Every range widened, narrowed, moved, or exchanged for one of the other family."""
    vpc = base.document["variables"]["vpc_cidr"]["value"]
    for rule in all_rules(base):
        name = range_attribute(after(base, rule))
        text = after(base, rule).get(name, "")
        for word, other in neighbours(text) if text and not text.endswith("/0") else ():
            yield Mutant("range", f"of {short(rule)} {word}", putting(rule, name, value=other))
        if name and rule in one_of_each(base, ingress_rules(base)):
            for other in (vpc, "::/0", "0.0.0.0/0"):
                yield Mutant("range", f"of {short(rule)} as {other}", _peer(rule, other))


def _peer(rule: str, text: str) -> Edit:
    """The rule with that range as its only peer."""

    def edit(draft: Draft) -> None:
        name = "cidr_ipv6" if ":" in text else "cidr_ipv4"
        for other in ("cidr_ipv4", "cidr_ipv6", "referenced_security_group_id"):
            draft.put(rule, (other,), text if other == name else None)

    return edit


def peers(base: Draft) -> Iterator[Mutant]:
    """Every rule from or to a group, a prefix list, or a range instead of its peer."""
    vpc = base.document["variables"]["vpc_cidr"]["value"]
    for rule in one_of_each(base, all_rules(base)):
        for group in GROUPS:
            yield Mutant("peer", f"of {short(rule)} as {short(group)}", _group_peer(rule, group))
        literal = _literal_peer(rule, "referenced_security_group_id", STRANGER)
        yield Mutant("peer", f"of {short(rule)} as a group outside", literal)
        literal = _literal_peer(rule, "prefix_list_id", "pl-0123456789abcdef0")
        yield Mutant("peer", f"of {short(rule)} as a prefix list outside", literal)
        if not range_attribute(after(base, rule)):
            for text in (vpc, "0.0.0.0/0", "::/0"):
                yield Mutant("peer", f"of {short(rule)} as {text}", _peer(rule, text))


def _group_peer(rule: str, group: str) -> Edit:
    def edit(draft: Draft) -> None:
        for name in ("cidr_ipv4", "cidr_ipv6"):
            draft.put(rule, (name,), None)
        pointing(rule, "referenced_security_group_id", to=group)(draft)

    return edit


def _literal_peer(rule: str, attribute: str, text: str) -> Edit:
    def edit(draft: Draft) -> None:
        for name in ("cidr_ipv4", "cidr_ipv6", "referenced_security_group_id"):
            draft.put(rule, (name,), None)
        draft.put(rule, (attribute,), text)

    return edit


def owners(base: Draft) -> Iterator[Mutant]:
    """Every rule put on another group."""
    homes = {
        "load_balancer": BALANCER_GROUP,
        "inference": INSTANCE_GROUP,
        "network": ENDPOINT_GROUP,
    }
    for rule in one_of_each(base, all_rules(base)):
        for group in GROUPS:
            if group != homes.get(rule.split(".")[1]):
                edit = pointing(rule, "security_group_id", to=group)
                yield Mutant("owner", f"of {short(rule)} becomes {short(group)}", edit)


def repeated(base: Draft) -> Iterator[Mutant]:
    """Every ingress rule once more in each style: as it is, and opened to everybody."""
    for rule in one_of_each(base, ingress_rules(base)):
        name = range_attribute(after(base, rule))
        for style in ("rule", "older rule"):
            yield Mutant("repeat", f"{short(rule)} as {style}", _again(rule, style, name, ""))
            for world in ("0.0.0.0/0", "::/0", "128.0.0.0/1"):
                edit = _again(rule, style, name, world)
                yield Mutant("repeat", f"{short(rule)} as {style} from {world}", edit)


def _again(rule: str, style: str, name: str, world: str) -> Edit:
    def edit(draft: Draft) -> None:
        values = after(draft, rule)
        module = rule.split(".")[1]
        block = draft.block(rule)
        known: dict[str, Any] = {"from_port": values["from_port"], "to_port": values["to_port"]}
        unknown: dict[str, Any] = {"security_group_id": block["security_group_id"]}
        peer = world or values.get(name)
        if style == "rule":
            known["ip_protocol"] = "tcp"
            attribute = "cidr_ipv6" if peer and ":" in peer else "cidr_ipv4"
            kind, source = "aws_vpc_security_group_ingress_rule", "referenced_security_group_id"
        else:
            known |= {"protocol": "tcp", "type": "ingress", "self": False}
            attribute = "ipv6_cidr_blocks" if peer and ":" in peer else "cidr_blocks"
            kind, source = "aws_security_group_rule", "source_security_group_id"
        if peer:
            known[attribute] = peer if style == "rule" else [peer]
        else:
            unknown[source] = block["referenced_security_group_id"]
        draft.add(f"module.{module}.{kind}.again", known, unknown)

    return edit


def inline(base: Draft) -> Iterator[Mutant]:
    """Rules written inside each group: a harmless one, and some that open it."""
    del base
    for group in (BALANCER_GROUP, INSTANCE_GROUP, ENDPOINT_GROUP, DEFAULT_GROUP):
        for port in (443, 11434):
            for attribute, text in (("cidr_blocks", "0.0.0.0/0"), ("ipv6_cidr_blocks", "::/0")):
                edit = _inside(group, port, {attribute: [text]})
                yield Mutant("inline", f"in {short(group)}: {text} on {port}", edit)
            edit = _inside(group, port, {"self": True})
            yield Mutant("inline", f"in {short(group)}: itself on {port}", edit)


def _inside(group: str, port: int, peer: dict[str, Any]) -> Edit:
    block = {
        "cidr_blocks": [],
        "description": "",
        "from_port": port,
        "ipv6_cidr_blocks": [],
        "prefix_list_ids": [],
        "protocol": "tcp",
        "security_groups": [],
        "self": False,
        "to_port": port,
    }
    return putting(group, "ingress", value=[block | peer])


OPERATORS = (dropped, ports, protocols, ranges, peers, owners, repeated, inline)
