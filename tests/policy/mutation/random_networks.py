"""Small networks at random: groups, rules in every style, what carries them, routes."""

from dataclasses import replace

from hypothesis import strategies as st

from tests.policy.mutation.network_documents import GROUPS, PREFIX_LIST, Network, Peer, Rule

VPN = ("10.8.0.0/16", "203.0.113.0/24", "2001:db8:8::/48")

RANGES = (
    *VPN,
    "10.8.0.0/17",
    "10.8.128.0/17",
    "10.8.7.9/8",  # host bits set: AWS reads 10.0.0.0/8
    "10.8.0.0/15",
    "203.0.113.128/25",
    "203.0.112.0/23",
    "198.51.100.7/32",
    "10.20.0.0/16",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "0.0.0.0/0",
    "2001:db8:8:1::/64",
    "2001:db8:8::/47",
    "::/0",
)
PORTS = ((443, 443), (11434, 11434), (443, 444), (0, 65535), (80, 80), (11433, 11435), (22, 22))
PROTOCOLS = ("tcp", "6", "udp", "-1", "icmp")
FOREIGN_LIST = "pl-99999999999999999"


WANTED = (
    *(Rule("alb", ("range", net), "tcp", (443, 443), "own") for net in VPN),
    *(Rule("instance", ("group", "alb"), "tcp", (11434, 11434), "own") for _ in VPN),
)
PEERS: tuple[tuple[Peer, ...], ...] = (
    tuple(("range", net) for net in RANGES),
    tuple(("group", name) for name in GROUPS),
    (("self", ""), ("list", PREFIX_LIST), ("list", FOREIGN_LIST)),
)
"""Kinds of peers: ranges, groups, and what stands for several."""

STYLES = ("inline", "older", "own")


@st.composite
def wanted(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Some of the rules that shall exist, each in some style."""
    chosen = draw(st.lists(st.sampled_from(WANTED), max_size=4))
    return tuple(replace(rule, style=draw(st.sampled_from(STYLES))) for rule in chosen)


@st.composite
def odd(draw: st.DrawFn) -> Rule:
    """A rule that differs from a wanted one in one respect: most harm is a small change."""
    rule = replace(draw(st.sampled_from(WANTED)), style=draw(st.sampled_from(STYLES)))
    respect = draw(st.sampled_from(("group", "peer", "peer", "peer", "protocol", "ports")))
    if respect == "group":
        return replace(rule, group=draw(st.sampled_from(GROUPS)))
    if respect == "protocol":
        return replace(rule, protocol=draw(st.sampled_from(PROTOCOLS)))
    if respect == "ports":
        return replace(rule, ports=draw(st.sampled_from(PORTS)))
    return replace(rule, peer=draw(st.one_of(*map(st.sampled_from, PEERS))))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A load balancer, instances, groups, the rules they need, perhaps something strange."""
    listed = st.lists(st.sampled_from(RANGES[:6]), min_size=1, max_size=3, unique=True)
    return Network(
        rules=(*draw(wanted()), *draw(st.lists(odd(), max_size=2))),
        balancer=draw(st.sampled_from((("alb",), ("alb",), ("alb", "alb2")))),
        instance=draw(st.sampled_from((("instance",), ("instance",), ("instance", "instance2")))),
        listed=tuple(draw(listed)),
        holder=draw(st.sampled_from((None, None, None, "alb", "instance", "other"))),
        private=draw(st.sampled_from(("nat", "nat", "nat", "none", "igw"))),
    )
