"""What the gate's findings say: sentences for people, and packets that the rules really admit."""

import ipaddress
import re
from collections.abc import Callable, Iterator

import pytest

from policy.gate import Opened, open_plan
from policy.hcl.configuration import read
from policy.hcl.values import Unknown
from policy.intent import Intent
from policy.judge import judge
from policy.network.addresses import Addresses, parse
from policy.network.groups import Group, Rule
from policy.network.network import Network
from policy.network.traffic import protocol_number
from policy.plan.plan import Plan
from policy.requirements import REQUIREMENTS
from policy.verdict import Finding, Packet
from tests.policy.corpus import Case, cases
from tests.policy.planning import Planned

INTENT = Intent(("10.8.0.0/16", "203.0.113.0/24", "2001:db8:8::/48"), "translate.corp.example")

REQUIRED = [requirement.id for requirement in REQUIREMENTS if not requirement.own]
"""The requirements that the corpus is about."""

ABOUT_RULES = ("alb-ingress", "instance-ingress")
"""The requirements that judge the rules of security groups, each with a packet."""

NOT_FOR_PEOPLE = re.compile(r"Unknown\(|Reference\(|Text\(|Encoded\(|<|\bNone\b|\ufffd| {2}|\.\.")
DOUBLED = re.compile(r"\b([a-z]+) \1\b", re.IGNORECASE)


def denied(requirement: str) -> list[Case]:
    return [case for case in cases() if case.requirement == requirement and not case.allowed]


def opened(case: Case, planned: Callable[[Case], Planned]) -> Opened:
    made = planned(case)
    return open_plan(made.plan, made.json)


def faults(sentence: str) -> Iterator[str]:
    """Say what keeps a text from being one sentence for people."""
    if not sentence.endswith(".") or re.search(r"[.!?] ", sentence):
        yield "is not one sentence with a full stop"
    if found := NOT_FOR_PEOPLE.search(sentence):
        yield f"holds {found.group()!r}"
    if found := DOUBLED.search(sentence):
        yield f"says {found.group()!r}"
    if sentence.count("(") != sentence.count(")"):
        yield "leaves a bracket open"


def rules_into(network: Network, target: str) -> list[Rule]:
    """The rules that let packets into a load balancer or an instance, or may do so."""
    ends = [end for end in (*network.fronts, *network.inference) if end.address == target]
    groups = [group for end in ends for group in end.groups if isinstance(group, Group)]
    own = [rule for group in groups for rule in network.groups.rules(group, "ingress")]
    return [*own, *network.groups.stray["ingress"]]


def known(rule: Rule) -> bool:
    return rule.traffic is not None and not isinstance(rule.peer, Unknown)


def admits(rule: Rule, packet: Packet) -> bool:
    """Tell whether a rule lets a packet in: its port and protocol, and its source if an address."""
    protocol = protocol_number(packet.protocol)
    assert protocol is not None, packet
    port = 0 if packet.port == "any" else int(packet.port)
    if rule.traffic is None or not rule.traffic.covers(protocol, port):
        return False
    if not isinstance(rule.peer, Addresses):
        return isinstance(rule.peer, Group) and bool(packet.source)
    address, _, _ = packet.source.partition(" ")
    return parse(str(ipaddress.ip_address(address))) <= rule.peer


def unproven(finding: Finding, network: Network) -> str:
    """Say why a finding about a known rule has no packet that the rule admits, or nothing."""
    ends = [end.address for end in (*network.fronts, *network.inference)]
    written = [
        rule
        for end in ends
        for rule in rules_into(network, end)
        if rule.resource.address == finding.address
    ]
    if finding.packet is None:
        return "has no packet" if written and all(map(known, written)) else ""
    if not written:
        return ""
    into = [rule for rule in rules_into(network, finding.packet.target) if rule in written]
    return "" if any(admits(rule, finding.packet) for rule in into) else "is about another packet"


@pytest.mark.parametrize("requirement", REQUIRED)
def test_findings_are_sentences(requirement: str, planned: Callable[[Case], Planned]) -> None:
    wrong: list[str] = []
    for case in denied(requirement):
        plan = opened(case, planned)
        findings = judge(plan.document, plan.files, INTENT).findings
        assert findings, case.name
        for finding in findings:
            for said in (finding.message, finding.mend):
                wrong += [f"{case.name}: {said!r} {fault}" for fault in faults(said)]
            if not finding.mend[:1].isupper():
                wrong.append(f"{case.name}: {finding.mend!r} opens with no capital")

    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("requirement", ABOUT_RULES)
def test_packet_is_one_that_the_rule_admits(
    requirement: str, planned: Callable[[Case], Planned]
) -> None:
    wrong: list[str] = []
    packets = 0
    for case in denied(requirement):
        plan = opened(case, planned)
        network = Network(Plan(plan.document, read(plan.files or {})))
        for finding in judge(plan.document, plan.files, INTENT).findings:
            if finding.requirement not in ABOUT_RULES or finding.level != "refused":
                continue
            packets += finding.packet is not None
            if fault := unproven(finding, network):
                wrong.append(f"{case.name}: {finding.message!r} {fault}: {finding.packet}")

    assert not wrong, "\n".join(wrong)
    assert packets * 2 > len(denied(requirement)), "hardly any finding has a packet"
