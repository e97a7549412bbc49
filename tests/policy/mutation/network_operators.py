"""Changes to subnets, routes, route tables and network ACLs."""

from collections.abc import Iterator
from typing import Any

from tests.policy.mutation.draft import Draft
from tests.policy.mutation.mutants import (
    GATEWAY,
    Edit,
    Mutant,
    addresses,
    after,
    one_of_each,
    pointing,
    putting,
    short,
)

ANY_V4, ANY_V6 = "0.0.0.0/0", "::/0"


def _one(base: Draft, kind: str, word: str) -> str:
    return next(a for a in addresses(base, kind) if word in a)


def dropped(base: Draft) -> Iterator[Mutant]:
    """Every route and association, and the flow log, left out."""
    for address in addresses(base, "aws_route", "aws_route_table_association", "aws_flow_log"):
        yield Mutant("drop", short(address), lambda draft, a=address: draft.drop(a))


def routes(base: Draft) -> Iterator[Mutant]:
    """Every route led elsewhere."""
    nat = addresses(base, "aws_nat_gateway")[0]
    for route in one_of_each(base, addresses(base, "aws_route")):
        yield Mutant(
            "route", f"{short(route)} through the internet gateway", _through(route, GATEWAY)
        )
        yield Mutant("route", f"{short(route)} through a NAT gateway", _through(route, nat))
        if after(base, route).get("destination_cidr_block") == ANY_V4:
            name = "destination_cidr_block"
            for text in ("0.0.0.0/1", "192.0.2.0/24"):
                edit = putting(route, name, value=text)
                yield Mutant("route", f"{short(route)} for {text} alone", edit)


def _through(route: str, gateway: str) -> Edit:
    def edit(draft: Draft) -> None:
        for name in ("gateway_id", "nat_gateway_id", "transit_gateway_id"):
            draft.put(route, (name,), None)
        name = "nat_gateway_id" if "nat_gateway" in gateway else "gateway_id"
        pointing(route, name, to=gateway)(draft)

    return edit


def added_routes(base: Draft) -> Iterator[Mutant]:
    """Another route in every route table: to the internet, and out of it alone."""
    for table in one_of_each(base, addresses(base, "aws_route_table")):
        for net in (ANY_V4, ANY_V6, "198.18.0.0/15"):
            edit = _route(table, net, GATEWAY, "gateway_id")
            yield Mutant("add route", f"to {short(table)}: {net} to the internet gateway", edit)
        edit = _egress_only(table)
        yield Mutant("add route", f"to {short(table)}: {ANY_V6} out alone", edit)


def _route(table: str, net: str, gateway: str, attribute: str) -> Edit:
    def edit(draft: Draft) -> None:
        name = "destination_ipv6_cidr_block" if ":" in net else "destination_cidr_block"
        unknown = {
            "route_table_id": f"${{{draft.seen(table, 'id', 'network')}}}",
            attribute: f"${{{draft.seen(gateway, 'id', 'network')}}}",
        }
        draft.add("module.network.aws_route.added", {name: net}, unknown)

    return edit


def _egress_only(table: str) -> Edit:
    def edit(draft: Draft) -> None:
        gateway = "module.network.aws_egress_only_internet_gateway.added"
        draft.add(gateway, {}, {"vpc_id": "${aws_vpc.this.id}"})
        _route(table, ANY_V6, gateway, "egress_only_gateway_id")(draft)

    return edit


def associations(base: Draft) -> Iterator[Mutant]:
    """Every association turned to a route table of the other tier."""
    public = _one(base, "aws_route_table", "public")
    private = _one(base, "aws_route_table", "private")
    for link in addresses(base, "aws_route_table_association"):
        table = private if "public" in link else public
        edit = pointing(link, "route_table_id", to=table)
        yield Mutant("association", f"{short(link)} to {short(table)}", edit)


def subnets(base: Draft) -> Iterator[Mutant]:
    """Every subnet giving public addresses, and IPv6 ones."""
    for subnet in one_of_each(base, addresses(base, "aws_subnet")):
        for name in ("map_public_ip_on_launch", "assign_ipv6_address_on_creation"):
            yield Mutant("subnet", f"{short(subnet)} {name}", putting(subnet, name, value=True))


def acls(base: Draft) -> Iterator[Mutant]:
    """A network ACL before the public or the private subnets, in both styles."""
    for tier in ("private", "public"):
        for word, rules in _lists(base).items():
            for style in ("inside", "beside"):
                edit = _acl(tier, rules, style)
                yield Mutant("network acl", f"on {tier} subnets, {word}, written {style}", edit)


Entry = tuple[str, str, int, int, str, str]
"""Way, protocol, first port, last port, range, action."""


def _lists(base: Draft) -> dict[str, list[Entry]]:
    everything: list[Entry] = [
        (way, "-1", 0, 0, net, "allow") for way in ("ingress", "egress") for net in (ANY_V4, ANY_V6)
    ]
    vpn = base.document["variables"]["vpn_cidrs"]["value"]
    refused: list[Entry] = [("ingress", "tcp", 443, 443, net, "deny") for net in vpn]
    outward: list[Entry] = [e for e in everything if e[0] == "egress"]
    small: list[Entry] = [
        ("ingress", "tcp", port, port, net, "allow")
        for port in (443, 11434)
        for net in (ANY_V4, ANY_V6)
    ]
    ephemeral: list[Entry] = [
        ("ingress", "tcp", 1024, 65535, net, "allow") for net in (ANY_V4, ANY_V6)
    ]
    return {
        "empty": [],
        "open": everything,
        "which refuse the VPN": [*refused, *everything],
        "without return ports": [*small, ("egress", "tcp", 443, 443, ANY_V4, "allow")],
        "of exactly what is needed": [*small, *ephemeral, *outward],
        "which refuse 11434": [
            *[(way, "tcp", 11434, 11434, ANY_V4, "deny") for way in ("ingress", "egress")],
            *everything,
        ],
    }


def _acl(tier: str, rules: list[Entry], style: str) -> Edit:
    def edit(draft: Draft) -> None:
        acl = "module.network.aws_network_acl.added"
        known: dict[str, Any] = {"tags": {"Name": "added"}}
        if style == "inside":
            known |= {way: _inside(rules, way) for way in ("ingress", "egress")}
        unknown = {
            "vpc_id": "${aws_vpc.this.id}",
            "subnet_ids": f"${{[for zone in var.zones : aws_subnet.{tier}[zone].id]}}",
        }
        if style == "beside":
            unknown |= {"ingress": None, "egress": None}
        draft.add(acl, known, {k: v for k, v in unknown.items() if v is not None})
        for name in ("ingress", "egress") if style == "beside" else ():
            draft.change(acl)["change"]["after_unknown"][name] = True
        for n, rule in enumerate(rules if style == "beside" else []):
            way, protocol, low, high, net, action = rule
            values = {
                "egress": way == "egress",
                "rule_number": 100 + n,
                "protocol": protocol,
                "from_port": low,
                "to_port": high,
                "rule_action": action,
                ("ipv6_cidr_block" if ":" in net else "cidr_block"): net,
            }
            address = f"module.network.aws_network_acl_rule.added_{n}"
            draft.add(address, values, {"network_acl_id": "${aws_network_acl.added.id}"})

    return edit


def _inside(rules: list[Entry], wanted: str) -> list[dict[str, Any]]:
    return [
        {
            "action": action,
            "cidr_block": "" if ":" in net else net,
            "from_port": low,
            "icmp_code": 0,
            "icmp_type": 0,
            "ipv6_cidr_block": net if ":" in net else "",
            "protocol": protocol,
            "rule_no": 100 + n,
            "to_port": high,
        }
        for n, (way, protocol, low, high, net, action) in enumerate(rules)
        if way == wanted
    ]


OPERATORS = (dropped, routes, added_routes, associations, subnets, acls)
