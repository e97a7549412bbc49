"""JUnit XML as Jenkins and GitLab read it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from policy.report import render
from policy.verdict import Finding, Judged, Verdict


def suite(verdict: Verdict) -> ET.Element:
    found = ET.fromstring(render(verdict, "junit")).find("testsuite")  # noqa: S314 # our own output
    assert found is not None
    return found


def test_junit_has_a_case_for_each_requirement(denied: Verdict) -> None:
    gate = suite(denied)
    assert gate.attrib == {
        "name": "gate",
        "tests": "4",
        "failures": "2",
        "errors": "0",
        "skipped": "1",
    }
    assert [(case.get("classname"), [part.tag for part in case]) for case in gate] == [
        ("policy", ["failure"]),
        ("policy", ["failure"]),
        ("policy", ["system-out"]),
        ("policy", ["skipped"]),
    ]
    broken, _, warned, absent = gate
    assert broken.get("name") == (
        "alb-ingress: The load balancer admits TCP 443 from the VPN and nothing else"
    )
    assert broken.findtext("failure") == (
        "module.network.aws_security_group.alb (modules/network/main.tf:12, ingress)\n"
        "The load balancer's group admits TCP 80 from 0.0.0.0/0, which is outside the VPN.\n"
        "packet: 0.0.0.0 (the internet) → module.network.aws_lb.main, tcp 80, by way of "
        "module.network.aws_security_group.alb, module.network.aws_lb_listener.http\n"
        "mend: Remove the ingress rule, or narrow it to TCP 443 from var.vpn_cidrs."
    )
    assert "lies outside this plan" in (warned.findtext("system-out") or "")
    assert absent[0].get("message") == "the plan has no UI."


def test_junit_keeps_to_what_jenkins_schema_allows(hostile: Verdict, denied: Verdict) -> None:
    """Elements and attributes of junit-10.xsd (jenkinsci/xunit-plugin)."""
    attributes = {
        "testsuites": {"name", "time", "tests", "failures", "errors"},
        "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
        "testcase": {"name", "time", "classname", "group"},
        "failure": {"type", "message"},
        "skipped": {"type", "message"},
        "system-out": set[str](),
    }
    for verdict in (hostile, denied):
        root = ET.fromstring(render(verdict, "junit"))  # noqa: S314 # our own output
        assert root.tag == "testsuites"
        for element in root.iter():
            assert set(element.attrib) <= attributes[element.tag]


def test_junit_tells_several_refusals_of_a_requirement_in_one_failure(denied: Verdict) -> None:
    first = denied.findings[0]
    other = replace(first, address="aws_security_group.other", location=None)
    case = suite(replace(denied, findings=(first, other)))[0]
    (failure,) = case.findall("failure")
    assert (failure.get("message") or "").startswith("2 findings, the first: The load balancer's")
    assert "\n\naws_security_group.other (ingress)\n" in (failure.text or "")


def test_junit_fails_a_requirement_that_no_table_holds(allowed: Verdict) -> None:
    gate = suite(replace(allowed, findings=(Finding("new", "refused", "plan", "m", ""),)))
    assert gate.get("failures") == "1"
    assert gate[-1].get("name") == "new"


@pytest.mark.parametrize(
    "text", ["".join(map(chr, range(start, start + 0x1000))) for start in range(0, 0x11000, 0x1000)]
)
def test_junit_can_be_parsed_whatever_a_title_holds(text: str, allowed: Verdict) -> None:
    (case,) = suite(replace(allowed, findings=(), judged=(Judged("id", text, "passed"),)))
    assert (case.get("name") or "").startswith("id: ")


def test_junit_fails_a_refused_requirement_that_has_no_finding(allowed: Verdict) -> None:
    judged = Judged("alb-ingress", "", "refused", "it could not be judged")
    (case,) = suite(replace(allowed, findings=(), judged=(judged,)))
    assert case[0].attrib == {"type": "refused", "message": "it could not be judged."}
