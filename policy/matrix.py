"""The matrix: who reaches what, on which port, proven by which resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.hcl.values import Unknown
from policy.network.groups import Group
from policy.network.network import HTTPS_PORT, OLLAMA_PORT
from policy.network.traffic import TCP, Traffic
from policy.verdict import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.groups import Rule
    from policy.requirements.requirement import Case


def passages(case: Case) -> Iterator[Passage]:
    """Yield a row for each rule that lets somebody into what is protected."""
    network = case.network
    for front in network.fronts:
        for group, rule in _admitting(case, front.groups):
            via = (rule.resource.address, group.name, *_listening(case, front.address))
            yield _row(case, rule, front.address, via, wanted=_wanted_by_vpn(case, rule))
    for host in network.inference:
        for group, rule in _admitting(case, host.groups):
            targets = [one.address for one, _ in network.registered(host)]
            via = (*targets, rule.resource.address, group.name)
            yield _row(case, rule, host.address, via, wanted=_wanted_by_front(case, rule))


def _admitting(case: Case, groups: tuple[Group | Unknown, ...]) -> Iterator[tuple[Group, Rule]]:
    for group in groups:
        if isinstance(group, Group):
            for rule in case.network.groups.rules(group, "ingress"):
                if rule.peer or isinstance(rule.peer, Group | Unknown):
                    yield group, rule


def _row(case: Case, rule: Rule, target: str, via: tuple[str, ...], *, wanted: bool) -> Passage:
    packets = rule.traffic
    source = f"unknown: {rule.peer.why}" if isinstance(rule.peer, Unknown) else str(rule.peer)
    if isinstance(rule.peer, Group):
        carriers = [one.resource.address for one in case.holders.of(rule.peer)]
        source = ", ".join(dict.fromkeys(carriers)) or f"nobody ({rule.peer} is carried by nothing)"
    return Passage(
        source=source,
        target=target,
        protocol="unknown" if packets is None else packets.name,
        ports="unknown" if packets is None else packets.ports.replace("any", "all"),
        via=tuple(dict.fromkeys(via)),
        wanted=wanted,
    )


def _listening(case: Case, front: str) -> list[str]:
    return [
        listener.address
        for one in case.network.fronts
        if one.address == front
        for listener in one.listeners
    ]


def _wanted_by_vpn(case: Case, rule: Rule) -> bool:
    return (
        rule.traffic is not None
        and rule.traffic.beyond(Traffic(TCP, HTTPS_PORT, HTTPS_PORT)) is None
        and not isinstance(rule.peer, Group | Unknown)
        and rule.peer <= case.intent.vpn
    )


def _wanted_by_front(case: Case, rule: Rule) -> bool:
    return (
        rule.traffic is not None
        and rule.traffic.beyond(Traffic(TCP, OLLAMA_PORT, OLLAMA_PORT)) is None
        and isinstance(rule.peer, Group)
        and {one.resource.address for one in case.holders.of(rule.peer)}
        <= {front.address for front in case.network.fronts}
    )
