"""Into the inference instances: TCP 11434 from the load balancer's interfaces, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.network.groups import Group
from policy.network.network import OLLAMA_PORT
from policy.network.traffic import TCP, Traffic
from policy.requirements.requirement import Requirement, without_instances
from policy.verdict import Finding, Packet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.groups import Rule
    from policy.network.hosts import Host
    from policy.requirements.requirement import Case

ID: Final = "instance-ingress"
_WANTED: Final = Traffic(TCP, OLLAMA_PORT, OLLAMA_PORT)
_MEND: Final = "Admit tcp 11434 from the load balancer's security group alone."


def check(case: Case) -> Iterator[Finding]:
    """Find every rule that lets anything but the load balancer's 11434 into an instance."""
    seen: set[tuple[str, str]] = set()
    for host in case.network.inference:
        for launch in host.launches:
            if launch.problem:
                yield case.finding(
                    ID,
                    host.resource,
                    f"{host.address} {launch.problem}.",
                    "Start instances from a launch template of this plan, at its latest version.",
                    attribute="launch_template",
                )
        problems = {launch.problem for launch in host.launches}
        for group in host.groups:
            if isinstance(group, Unknown) and group.why in problems:
                continue
            if isinstance(group, Unknown) or not group.known:
                yield _unreadable(case, host, group)
                continue
            for rule in case.network.groups.rules(group, "ingress"):
                yield from _once(seen, rule, group.name, _judge(case, host, group, rule))
        for rule in case.network.groups.stray["ingress"]:
            yield from _once(seen, rule, "", _judge(case, host, None, rule))


def _once(
    seen: set[tuple[str, str]], rule: Rule, group: str, findings: Iterator[Finding]
) -> Iterator[Finding]:
    """Name a rule once, however many hosts carry its group."""
    for finding in findings:
        key = (f"{rule.resource.address} {rule.attribute} {finding.message}", group)
        if key not in seen:
            seen.add(key)
            yield finding


def _unreadable(case: Case, host: Host, group: Group | Unknown) -> Finding:
    named = (
        f"may carry a group that cannot be told ({group.why})"
        if isinstance(group, Unknown)
        else f"carry the group {group}, whose rules are not in this plan"
    )
    resource = host.launches[0].resource if host.launches else host.resource
    return case.finding(
        ID,
        resource,
        f"The instances of {host.address} {named}, so what they let in cannot be shown.",
        "Attach only security groups that this plan makes.",
        attribute=host.launches[0].group_attribute if host.launches else "",
    )


def _judge(case: Case, host: Host, group: Group | None, rule: Rule) -> Iterator[Finding]:
    via = tuple(dict.fromkeys(x for x in (rule.resource.address, group and group.name) if x))
    into = f"into {host.address}" if group else f"perhaps into {host.address}"
    live = " (live in AWS; no resource of this plan writes it)" if rule.live else ""

    def refused(message: str, mend: str = _MEND, packet: Packet | None = None) -> Finding:
        return case.finding(
            ID,
            rule.resource,
            f"{message} {into}{live}.",
            mend,
            attribute=rule.attribute,
            packet=packet,
        )

    if rule.traffic is None:
        yield refused("The rule's protocol and ports cannot be told; it may let anything")
        return
    if isinstance(rule.peer, Unknown):
        yield refused(f"The rule lets a source that cannot be told ({rule.peer.why})")
        return
    protocol = "tcp" if rule.traffic.name == "all" else rule.traffic.name
    if isinstance(rule.peer, Group):
        strangers = _strangers(case, rule.peer)
        if strangers:
            packet = Packet(strangers, protocol, _port(rule.traffic), host.address, via)
            yield refused(f"The rule admits {rule.peer}, carried by {strangers},", packet=packet)
            return
        beyond = rule.traffic.beyond(_WANTED)
        if beyond is not None:
            name = "tcp" if beyond.name == "all" else beyond.name
            packet = Packet(
                f"an interface with {rule.peer}", name, beyond.example, host.address, via
            )
            yield refused(
                f"The rule admits {beyond.name} {beyond.ports} from {rule.peer}", packet=packet
            )
        return
    if rule.peer:
        packet = Packet(rule.peer.first, protocol, _port(rule.traffic), host.address, via)
        yield refused(f"The rule admits the addresses {rule.peer}", packet=packet)


def _port(traffic: Traffic) -> str:
    """Return the most telling port of a rule: Ollama's, where it holds it."""
    return str(OLLAMA_PORT) if traffic.covers(TCP, OLLAMA_PORT) else traffic.example


def _strangers(case: Case, group: Group) -> str:
    """Say who, not being a protected load balancer, sends with a group; nothing where nobody.

    Who else carries the load balancer's own group is what the requirement front-doors finds.
    """
    resource = case.plan.at(group.name)
    if resource is not None and resource.type == "aws_default_security_group":
        return "whatever in its VPC names no group"
    if group.name in case.network.front_groups:
        return ""
    if not group.known:
        return "whoever carries it outside this plan"
    carriers = (one.resource.address for one in case.holders.of(group))
    return ", ".join(dict.fromkeys(carriers)) or "nothing in this plan and whatever is given it"


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Into the inference instances comes TCP 11434 from the load balancer, and nothing else",
    check=check,
    applies=without_instances,
)
