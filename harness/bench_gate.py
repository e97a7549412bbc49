"""What the gate costs: the proof alone, and how it grows with the number of rules."""

import copy
import gc
import json
import subprocess
import time
from collections.abc import Iterator, Mapping
from typing import Any

from harness.terraform import FLAG, Terraform
from harness.workspace import Workspace
from policy.__main__ import for_environment
from policy.hcl import blocks
from policy.judge import judge
from policy.network.logins import ways_in
from policy.plan import plan_file

RULE = "aws_vpc_security_group_ingress_rule"
FEW, MANY = 100, 10_000
"""Rules in the load balancer's security group in the second comparison."""

GOAL = 0.3
"""Seconds that the proof of a production plan may take once Python has imported it."""


def proof_against_show(
    workspace: Workspace, terraform: Terraform, rounds: int
) -> Iterator[tuple[float, float]]:
    """Seconds of the proof, and of `terraform show -json` on the same plan, in turn."""
    document, files = _plan(workspace)
    intent = for_environment(workspace.environment)
    show = terraform.words("show", str(workspace.plan), json=FLAG)
    for number in range(rounds + 1):
        ours = _seconds(document, files, intent)
        started = time.perf_counter()
        subprocess.run(  # noqa: S603 # Terraform, with words of our own
            show, cwd=workspace.root, env=terraform.environ, capture_output=True, check=True
        )
        if number:
            yield ours, time.perf_counter() - started


def growth(workspace: Workspace, rounds: int) -> Iterator[tuple[float, float]]:
    """Seconds of the proof with MANY and with FEW rules, in turn."""
    document, files = _plan(workspace)
    intent = for_environment(workspace.environment)
    many, few = _with_rules(document, MANY), _with_rules(document, FEW)
    for number in range(rounds + 1):
        pair = _seconds(many, files, intent), _seconds(few, files, intent)
        if number:
            yield pair


def _plan(workspace: Workspace) -> tuple[dict[str, Any], Mapping[str, bytes]]:
    saved = plan_file.read(workspace.plan, plan_file.content(workspace.plan))
    return json.loads(workspace.plan_json.read_text(encoding="utf-8")), saved.files


def _seconds(document: dict[str, Any], files: Mapping[str, bytes], intent: Any) -> float:
    """Seconds of one proof, in which every text is read for the first time, as in a command's."""
    blocks.read.cache_clear()
    ways_in.cache_clear()
    gc.collect()
    started = time.perf_counter()
    judge(document, files, intent)
    return time.perf_counter() - started


def _with_rules(document: dict[str, Any], count: int) -> dict[str, Any]:
    """The plan with so many rules that admit single addresses to the load balancer."""
    changes: list[dict[str, Any]] = document["resource_changes"]
    rule = next(one for one in changes if one["type"] == RULE and one["name"] == "vpn")
    others = [one for one in changes if (one["type"], one["name"]) != (RULE, "vpn")]
    rules: list[dict[str, Any]] = []
    for number in range(count):
        cidr = f"198.{51 + number // 65536}.{number // 256 % 256}.{number % 256}/32"
        one = copy.deepcopy(rule)
        one |= {"index": cidr, "address": f'{rule["address"].partition("[")[0]}["{cidr}"]'}
        one["change"]["after"]["cidr_ipv4"] = cidr
        one["change"]["after"]["cidr_ipv6"] = None
        rules.append(one)
    return document | {"resource_changes": [*others, *rules], "planned_values": {}}
