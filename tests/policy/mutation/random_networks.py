"""Small networks at random: groups, rules in every style, what carries them, routes."""

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


def peers() -> st.SearchStrategy[Peer]:
    """A rule's peer; the wanted ones are likelier than the rest, so that some networks hold."""
    wanted = [("range", net) for net in VPN] + [("group", "alb")] * 3
    strange = [("range", net) for net in RANGES] + [("group", name) for name in GROUPS]
    strange += [("self", ""), ("list", PREFIX_LIST), ("list", FOREIGN_LIST)]
    return st.one_of(st.sampled_from(wanted), st.sampled_from(wanted), st.sampled_from(strange))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """A rule in no style yet: mostly what the two groups shall have."""
    group = draw(st.sampled_from(("alb", "alb", "instance", "instance", *GROUPS)))
    peer = draw(peers())
    usual = draw(st.integers(0, 4)) > 0
    port = {"alb": (443, 443), "instance": (11434, 11434)}.get(group, (443, 443))
    if usual and group == "instance":
        peer = ("group", "alb")
    if usual and group == "alb" and peer[0] == "group":
        peer = ("range", VPN[0])
    return Rule(
        group,
        peer,
        "tcp" if usual else draw(st.sampled_from(PROTOCOLS)),
        port if usual else draw(st.sampled_from(PORTS)),
        draw(st.sampled_from(("inline", "older", "own"))),
    )


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A load balancer, instances, groups, rules, perhaps something strange."""
    listed = st.lists(st.sampled_from(RANGES[:6]), min_size=1, max_size=3, unique=True)
    return Network(
        rules=tuple(draw(st.lists(rules(), min_size=2, max_size=6))),
        balancer=draw(st.sampled_from((("alb",), ("alb",), ("alb", "alb2")))),
        instance=draw(st.sampled_from((("instance",), ("instance",), ("instance", "instance2")))),
        listed=tuple(draw(listed)),
        holder=draw(st.sampled_from((None, None, "alb", "instance", "other"))),
        private=draw(st.sampled_from(("nat", "nat", "none", "igw"))),
    )
