"""SARIF and GitLab code quality: what their viewers demand, and findings known again."""

from __future__ import annotations

import json
import re
import string
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest

from policy.report import render
from policy.verdict import Location, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator


def strings(value: Any) -> Iterator[str]:
    """Every string of a JSON document, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def loaded(verdict: Verdict, name: str) -> Any:
    return json.loads(render(verdict, name))


def run(verdict: Verdict) -> Any:
    (only,) = loaded(verdict, "sarif")["runs"]
    return only


def prints(verdict: Verdict) -> list[str]:
    return [entry["fingerprint"] for entry in loaded(verdict, "codeclimate")]


def test_sarif_has_a_rule_for_each_requirement(denied: Verdict) -> None:
    document = loaded(denied, "sarif")
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("/sarif-schema-2.1.0.json")
    driver = document["runs"][0]["tool"]["driver"]
    assert driver["name"] == "gate"
    assert [rule["id"] for rule in driver["rules"]] == [
        "alb-ingress",
        "host-ingress",
        "vpn-path",
        "ui-https",
    ]
    for rule, row in zip(driver["rules"], denied.judged, strict=True):
        assert rule["shortDescription"]["text"] == row.title


def test_sarif_has_a_result_for_each_finding(denied: Verdict) -> None:
    content = run(denied)
    results = content["results"]
    assert [result["level"] for result in results] == ["error", "error", "warning"]
    for result in results:
        assert content["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert results[0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "modules/network/main.tf"},
                "region": {"startLine": 12},
            },
            "logicalLocations": [
                {
                    "fullyQualifiedName": "module.network.aws_security_group.alb",
                    "kind": "resource",
                }
            ],
        }
    ]
    assert results[0]["message"]["text"] == (
        "module.network.aws_security_group.alb: The load balancer's group admits TCP 80 from "
        "0.0.0.0/0, which is outside the VPN. Packet: 0.0.0.0 (the internet) → "
        "module.network.aws_lb.main, tcp 80, by way of module.network.aws_security_group.alb, "
        "module.network.aws_lb_listener.http. Remove the ingress rule, or narrow it to TCP 443 "
        "from var.vpn_cidrs."
    )


def test_sarif_without_a_file_points_at_the_plan(denied: Verdict) -> None:
    """GitHub refuses the whole upload for one result without a physical location."""
    (location,) = run(denied)["results"][1]["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "build/prod/plan.tfplan"}}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == denied.findings[1].address


def test_sarif_of_a_plan_without_findings_has_an_empty_list(allowed: Verdict) -> None:
    assert run(replace(allowed, findings=()))["results"] == []


@pytest.mark.parametrize(
    "path", ["a b.tf", "100%.tf", "c:evil.tf", "ü/\ud800.tf", "#?.tf", "//x/y"]
)
def test_a_sarif_uri_is_relative_and_escaped(path: str, denied: Verdict) -> None:
    finding = replace(denied.findings[0], location=Location(path, 0))
    (result,) = run(replace(denied, findings=(finding,)))["results"]
    physical = result["locations"][0]["physicalLocation"]
    uri = physical["artifactLocation"]["uri"]
    allowed_characters = string.ascii_letters + string.digits + "-._~/%"
    assert set(uri) <= set(allowed_characters)
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert not uri.startswith("/")
    assert unquote(uri).rpartition("/")[2] == path.replace("\ud800", r"\ud800").rpartition("/")[2]
    assert physical["region"]["startLine"] == 1


def test_a_sarif_message_holds_no_link_of_a_plans_making(hostile: Verdict) -> None:
    (result,) = run(hostile)["results"]
    assert "(http://evil.example)" in result["message"]["text"]
    assert not re.search(r"[^\\]\]\(", result["message"]["text"])


def test_gitlab_gets_what_it_reads(denied: Verdict) -> None:
    entries = loaded(denied, "codeclimate")
    assert [(entry["check_name"], entry["severity"], entry["location"]) for entry in entries] == [
        ("alb-ingress", "blocker", {"path": "modules/network/main.tf", "lines": {"begin": 12}}),
        ("host-ingress", "blocker", {"path": "build/prod/plan.tfplan", "lines": {"begin": 1}}),
        ("vpn-path", "minor", {"path": "build/prod/plan.tfplan", "lines": {"begin": 1}}),
    ]
    assert entries[1]["description"] == (
        'module.backend.aws_launch_template.inference["g4dn"]: The groups of the instances are '
        "not known before the apply. Name the groups by a plain reference."
    )


@pytest.mark.parametrize(
    ("plan", "path"),
    [
        ("./build/plan.tfplan", "build/plan.tfplan"),
        ("/srv/job/plan.tfplan", "plan.tfplan"),
        ("../plan.tfplan", "../plan.tfplan"),
        ("", "plan"),
    ],
)
def test_gitlab_gets_relative_paths(plan: str, path: str, allowed: Verdict) -> None:
    (entry,) = loaded(replace(allowed, plan=plan), "codeclimate")
    assert entry["location"]["path"] == path


@pytest.mark.parametrize("name", ["sarif", "codeclimate"])
def test_what_viewers_show_holds_no_control_character(name: str, hostile: Verdict) -> None:
    assert all(text.isprintable() for text in strings(loaded(hostile, name)))


def test_fingerprints_are_unique(flood: Verdict, denied: Verdict) -> None:
    same = replace(denied, findings=denied.findings * 3)
    for verdict in (flood, same):
        found = prints(verdict)
        assert len(set(found)) == len(found) == len(verdict.findings)


def test_both_reports_give_a_finding_the_same_fingerprint(denied: Verdict) -> None:
    results = run(denied)["results"]
    assert [result["partialFingerprints"]["finding/v1"] for result in results] == prints(denied)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sg-0123456789abcdef0 is open", "sg-0fedcba9876543210 is open"),
        ("subnet-0a1b2c3d has a route", "subnet-9a8b7c6d has a route"),
        ("account 123456789012 is trusted", "account 210987654321 is trusted"),
        ("the exception ended on 2026-01-31", "the exception ended on 2027-01-31"),
        (f"the image {'a' * 64} is old", f"the image {'b' * 64} is old"),
    ],
)
def test_a_fingerprint_stays_when_only_an_id_changes(
    before: str, after: str, denied: Verdict
) -> None:
    first, second = (
        replace(denied, findings=(replace(denied.findings[0], message=message),))
        for message in (before, after)
    )
    assert prints(first) == prints(second)


def test_a_fingerprint_stays_when_a_line_is_inserted_above(denied: Verdict) -> None:
    moved = replace(denied.findings[0], location=Location("modules/network/main.tf", 13))
    assert prints(replace(denied, findings=(moved, *denied.findings[1:]))) == prints(denied)


@pytest.mark.parametrize(
    "change",
    [
        {"requirement": "other"},
        {"address": "aws_lb.other"},
        {"attribute": "egress"},
        {"message": "The group admits TCP 22"},
    ],
)
def test_a_fingerprint_tells_findings_apart(change: dict[str, str], denied: Verdict) -> None:
    other = replace(denied.findings[0], **change)
    assert prints(replace(denied, findings=(other,)))[0] != prints(denied)[0]
