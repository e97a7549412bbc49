"""Into the load balancer: TCP 443 from the VPN's ranges, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.network.addresses import PRIVATE, parse
from policy.network.groups import Group
from policy.network.hops import addresses_of
from policy.network.network import HTTPS_PORT
from policy.network.traffic import TCP, Traffic
from policy.requirements.requirement import Requirement, without_balancer
from policy.verdict import Finding, Packet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.balancers import Balancer
    from policy.network.groups import Rule
    from policy.requirements.requirement import Case

ID: Final = "alb-ingress"
_WANTED: Final = Traffic(TCP, HTTPS_PORT, HTTPS_PORT)


def check(case: Case) -> Iterator[Finding]:
    """Find every rule that lets more than TCP 443 from the VPN into a load balancer."""
    network = case.network
    yield from _posing(case)
    for front in network.fronts:
        for group in front.groups:
            if isinstance(group, Unknown) or not group.known:
                named = (
                    f"carries a group that cannot be told ({group.why})"
                    if isinstance(group, Unknown)
                    else (f"carries the group {group}, whose rules are not in this plan")
                )
                yield case.finding(
                    ID,
                    front.resource,
                    f"The load balancer {named}, so what it lets in cannot be shown.",
                    "Attach only security groups that this plan makes.",
                    attribute="security_groups",
                )
                continue
            for rule in network.groups.rules(group, "ingress"):
                yield from _judge(case, front, group, rule)
        for rule in network.groups.stray["ingress"]:
            yield from _judge(case, front, None, rule)


def _posing(case: Case) -> Iterator[Finding]:
    """Find VPCs whose own addresses lie in the VPN's ranges: their hosts pass for clients."""
    for vpc in case.network.vpcs.values():
        shared = addresses_of(case.network, [vpc]) & case.intent.vpn
        if shared:
            yield case.finding(
                ID,
                vpc,
                f"The VPC itself holds addresses of the VPN's ranges ({shared}), so its hosts pass "
                f"for VPN clients.",
                "Give the VPC a range of its own.",
                attribute="cidr_block",
                packet=Packet(
                    f"{shared.first} (a host of the VPC)",
                    "tcp",
                    "443",
                    case.network.fronts[0].address,
                    (vpc.address,),
                ),
            )


def _judge(case: Case, front: Balancer, group: Group | None, rule: Rule) -> Iterator[Finding]:
    via = tuple(dict.fromkeys(x for x in (rule.resource.address, group and group.name) if x))
    if group is None:
        subject = "The rule, which may belong to the load balancer's group,"
    else:
        subject = f"The rule into {front.address}"

    def refused(
        message: str, mend: str, packet: Packet | None = None, attribute: str = rule.attribute
    ) -> Finding:
        live = " (live in AWS; no resource of this plan writes it)" if rule.live else ""
        return case.finding(
            ID, rule.resource, message + live + ".", mend, attribute=attribute, packet=packet
        )

    if rule.traffic is None:
        yield refused(
            f"{subject} admits a protocol and ports that cannot be told",
            "Write protocol and ports so that the plan knows them: tcp, 443 to 443.",
        )
        return
    if isinstance(rule.peer, Unknown):
        yield refused(
            f"{subject} admits a source that cannot be told ({rule.peer.why})",
            f"Name ranges inside the VPN's: {', '.join(case.intent.vpn_cidrs)}.",
        )
        return
    if isinstance(rule.peer, Group):
        yield refused(
            f"{subject} admits whatever carries {rule.peer}",
            "Admit address ranges of the VPN only, not groups.",
            _packet(f"an interface with {rule.peer}", rule.traffic, front, via),
        )
        return
    if not rule.peer:
        return
    beyond = rule.traffic.beyond(_WANTED)
    if beyond is not None:
        yield refused(
            f"{subject} admits {_words(rule.traffic)} from {rule.peer}; only tcp 443 may come in",
            "Set the rule to protocol tcp, ports 443 to 443, or remove it.",
            _packet(_who(case, rule.peer.first), beyond, front, via),
            "from_port",
        )
        return
    strangers = rule.peer - case.intent.vpn
    if strangers:
        yield refused(
            f"{subject} admits {rule.peer}; not all of it lies inside the VPN's ranges",
            f"Narrow the source to ranges inside {', '.join(case.intent.vpn_cidrs)}.",
            _packet(_who(case, strangers.first), rule.traffic, front, via),
        )


def _packet(source: str, traffic: Traffic, front: Balancer, via: tuple[str, ...]) -> Packet:
    protocol = "tcp" if traffic.name == "all" else traffic.name
    return Packet(source, protocol, traffic.example, front.address, via)


def _who(case: Case, address: str) -> str:
    one = parse(address)
    if one <= case.intent.vpn:
        return f"{address} (a VPN client)"
    return f"{address} ({'a private network' if one <= PRIVATE else 'the internet'})"


def _words(traffic: Traffic) -> str:
    if traffic.name == "all":
        return "every protocol and port"
    return f"{traffic.name} {traffic.ports}" if traffic.ports != "any" else f"all {traffic.name}"


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Into the load balancer comes TCP 443 from the VPN's ranges, and nothing else",
    check=check,
    applies=without_balancer,
)
