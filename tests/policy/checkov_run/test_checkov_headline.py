"""The two headline checks: what each passes, fails and cannot tell, all in one run of checkov."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from policy.checkov_run.answers import Outcome
from policy.checkov_run.process import Checkov

ROOT = Path(__file__).parents[3]
PLANS = Path(__file__).parent / "plans"
VPC_RULE = "aws_vpc_security_group_ingress_rule"
RULE = "aws_security_group_rule"
GROUP = "aws_security_group"
TCP443: dict[str, Any] = {"from_port": 443, "to_port": 443}
OLLAMA: dict[str, Any] = {"from_port": 11434, "to_port": 11434}
FROM_GROUP = {"references": ["aws_security_group.alb.id", "aws_security_group.alb"]}
SHOWN_BY_EACH = {"references": ["each.value"]}


def vpc_rule(protocol: str = "tcp", **values: Any) -> dict[str, Any]:
    return {"ip_protocol": protocol, **values}


def rule(**values: Any) -> dict[str, Any]:
    return {"type": "ingress", "protocol": "tcp", "self": False, **values}


def inline(**values: Any) -> dict[str, Any]:
    none = {key: [] for key in ("cidr_blocks", "ipv6_cidr_blocks", "security_groups")}
    return {"ingress": [{"protocol": "tcp", "self": False, **none, **values}]}


def listener(port: int | None, protocol: str) -> dict[str, Any]:
    return {"port": port, "protocol": protocol}


# name: (type, values, references by attribute, CKV_TRANSLATOR_1, CKV_TRANSLATOR_2)
Case = tuple[str, dict[str, Any], dict[str, Any], Outcome, Outcome | None]
CASES: dict[str, Case] = {
    "vpn": (VPC_RULE, vpc_rule(cidr_ipv4="10.8.0.0/16", **TCP443), {}, "passed", "passed"),
    "by-number": (
        VPC_RULE,
        vpc_rule("6", cidr_ipv4="10.8.0.0/16", **TCP443),
        {},
        "passed",
        "passed",
    ),
    "widest": (VPC_RULE, vpc_rule(cidr_ipv4="10.0.0.0/8", **TCP443), {}, "passed", "passed"),
    "local": (VPC_RULE, vpc_rule(cidr_ipv6="fd00::/8", **TCP443), {}, "passed", "passed"),
    "host-bits": (VPC_RULE, vpc_rule(cidr_ipv4="10.8.0.0/1", **TCP443), {}, "failed", "passed"),
    "world": (VPC_RULE, vpc_rule(cidr_ipv4="0.0.0.0/0", **TCP443), {}, "failed", "passed"),
    "world6": (VPC_RULE, vpc_rule(cidr_ipv6="::/0", **TCP443), {}, "failed", "passed"),
    "half": (VPC_RULE, vpc_rule(cidr_ipv4="128.0.0.0/1", **TCP443), {}, "failed", "passed"),
    "global6": (VPC_RULE, vpc_rule(cidr_ipv6="2000::/3", **TCP443), {}, "failed", "passed"),
    "ssh": (
        VPC_RULE,
        vpc_rule(cidr_ipv4="10.8.0.0/16", from_port=22, to_port=22),
        {},
        "failed",
        "passed",
    ),
    "ports": (
        VPC_RULE,
        vpc_rule(cidr_ipv4="10.8.0.0/16", from_port=443, to_port=444),
        {},
        "failed",
        "passed",
    ),
    "udp": (VPC_RULE, vpc_rule("udp", cidr_ipv4="10.8.0.0/16", **TCP443), {}, "failed", "passed"),
    "all": (VPC_RULE, vpc_rule("-1", cidr_ipv4="10.8.0.0/16"), {}, "failed", "failed"),
    "ollama-vpn": (VPC_RULE, vpc_rule(cidr_ipv4="10.8.0.0/16", **OLLAMA), {}, "failed", "failed"),
    "around": (
        VPC_RULE,
        vpc_rule(cidr_ipv4="10.8.0.0/16", from_port=11000, to_port=12000),
        {},
        "failed",
        "failed",
    ),
    "list": (VPC_RULE, vpc_rule(prefix_list_id="pl-1", **TCP443), {}, "passed", "passed"),
    "list-ssh": (
        VPC_RULE,
        vpc_rule(prefix_list_id="pl-1", from_port=22, to_port=22),
        {},
        "failed",
        "passed",
    ),
    "group": (
        VPC_RULE,
        vpc_rule(**OLLAMA),
        {"referenced_security_group_id": FROM_GROUP},
        "passed",
        "passed",
    ),
    "group-id": (
        VPC_RULE,
        vpc_rule(referenced_security_group_id="sg-1", **OLLAMA),
        {},
        "passed",
        "passed",
    ),
    "group-ssh": (
        VPC_RULE,
        vpc_rule(from_port=22, to_port=22),
        {"referenced_security_group_id": FROM_GROUP},
        "passed",
        "failed",
    ),
    "group-all": (
        VPC_RULE,
        vpc_rule("-1"),
        {"referenced_security_group_id": FROM_GROUP},
        "passed",
        "failed",
    ),
    "hidden-range": (
        VPC_RULE,
        vpc_rule(**TCP443),
        {"cidr_ipv4": {"references": ["aws_eip.a.public_ip"]}},
        "unknown",
        "passed",
    ),
    "null-beside": (
        VPC_RULE,
        vpc_rule(cidr_ipv4="10.8.0.0/16", cidr_ipv6=None, **TCP443),
        {"cidr_ipv4": SHOWN_BY_EACH, "cidr_ipv6": SHOWN_BY_EACH},
        "passed",
        "passed",
    ),
    "either": (
        VPC_RULE,
        vpc_rule(**OLLAMA),
        {"cidr_ipv4": SHOWN_BY_EACH, "referenced_security_group_id": SHOWN_BY_EACH},
        "unknown",
        "unknown",
    ),
    "old-vpn": (RULE, rule(cidr_blocks=["10.8.0.0/16"], **TCP443), {}, "passed", "passed"),
    "old-world": (
        RULE,
        rule(cidr_blocks=["10.8.0.0/16"], ipv6_cidr_blocks=["::/0"], **TCP443),
        {},
        "failed",
        "passed",
    ),
    "old-self": (RULE, {**rule(**OLLAMA), "self": True}, {}, "passed", "failed"),
    "old-egress": (
        RULE,
        {**rule(cidr_blocks=["0.0.0.0/0"], from_port=0, to_port=0), "type": "egress"},
        {},
        "passed",
        "passed",
    ),
    "old-both": (
        RULE,
        rule(cidr_blocks=["10.8.0.0/16"], source_security_group_id="sg-1", **OLLAMA),
        {},
        "failed",
        "failed",
    ),
    "inline-vpn": (GROUP, inline(cidr_blocks=["10.8.0.0/16"], **TCP443), {}, "passed", "passed"),
    "inline-half": (
        GROUP,
        inline(cidr_blocks=["10.8.0.0/16", "0.0.0.0/1"], **TCP443),
        {},
        "failed",
        "passed",
    ),
    "inline-self": (
        GROUP,
        {"ingress": [{**inline()["ingress"][0], "self": True}]},
        {},
        "passed",
        "failed",
    ),
    "inline-none": (GROUP, {}, {}, "passed", "passed"),
    "https": ("aws_lb_listener", listener(443, "HTTPS"), {}, "passed", None),
    "https-8443": ("aws_lb_listener", listener(8443, "HTTPS"), {}, "failed", None),
    "http-80": ("aws_alb_listener", listener(80, "HTTP"), {}, "failed", None),
    "http-443": ("aws_lb_listener", listener(443, "HTTP"), {}, "failed", None),
    "port-hidden": ("aws_lb_listener", listener(None, "HTTPS"), {}, "failed", None),
    "network": ("aws_lb_listener", listener(443, "TCP"), {}, "passed", None),
}


def plan_of(cases: dict[str, Case], actions: list[str]) -> dict[str, Any]:
    """Build a plan as Terraform writes it: null where a value is none, nothing where unknown."""
    planned: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    written: list[dict[str, Any]] = []
    for name, (kind, values, references, _, _) in cases.items():
        which = {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name}
        planned.append({**which, "values": values})
        before = None if actions == ["create"] else values
        unknown = {key: True for key in references if key not in values}
        change = {"actions": actions, "before": before, "after": values, "after_unknown": unknown}
        changes.append({**which, "change": change})
        written.append({**which, "expressions": references})
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.0",
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": written}},
    }


def judge(path: Path, plan: dict[str, Any]) -> dict[tuple[str, str], Outcome]:
    path.write_text(json.dumps(plan))
    with Checkov().start() as checkov:
        answers = checkov.judge(path).answers
    return {(one.check, one.address.partition(".")[2]): one.outcome for one in answers}


@pytest.fixture(scope="module")
def created(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Outcome]:
    return judge(tmp_path_factory.mktemp("created") / "plan.json", plan_of(CASES, ["create"]))


@pytest.mark.parametrize("name", CASES)
def test_a_resource_is_judged_by_what_it_lets_in(
    created: dict[tuple[str, str], Outcome], name: str
) -> None:
    *_, first, second = CASES[name]
    assert created["CKV_TRANSLATOR_1", name] == first
    assert created.get(("CKV_TRANSLATOR_2", name)) == second


def test_live_rules_that_a_group_merely_shows_are_left_to_the_proof(tmp_path: Path) -> None:
    shown = {"shown": CASES["inline-half"], "rule": CASES["world"]}
    answers = judge(tmp_path / "plan.json", plan_of(shown, ["no-op"]))
    assert answers["CKV_TRANSLATOR_1", "shown"] == "passed"
    assert answers["CKV_TRANSLATOR_1", "rule"] == "failed"


def test_checkov_s_own_command_takes_the_checks(tmp_path: Path) -> None:
    plans = [str(PLANS / name / "plan.json") for name in ("closed", "open")]
    folder = str(ROOT / "policy" / "checkov_run" / "headline")
    command = [sys.executable, "-m", "checkov.main", "--framework", "terraform_plan"]
    command += ["--external-checks-dir", folder, "--check", "CKV_TRANSLATOR_1,CKV_TRANSLATOR_2"]
    command += ["--skip-download", "--output", "json", "--compact", "--file", *plans]
    environ = {**os.environ, "CKV_SKIP_PACKAGE_UPDATE_CHECK": "true", "HOME": str(tmp_path)}
    answer = subprocess.run(  # noqa: S603 # checkov, with arguments of this test
        command, cwd=tmp_path, env=environ, check=False, capture_output=True, timeout=120
    )
    assert answer.returncode == 1
    results = json.loads(answer.stdout)["results"]
    failed = {
        (row["check_id"], Path(row["file_abs_path"]).parent.name)
        for row in results["failed_checks"]
    }
    assert failed == {("CKV_TRANSLATOR_1", "open"), ("CKV_TRANSLATOR_2", "open")}
    passed = {Path(row["file_abs_path"]).parent.name for row in results["passed_checks"]}
    assert "closed" in passed
