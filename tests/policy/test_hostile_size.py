"""Plans made to tire their reader: circles, chains, bombs and numbers end soon and in few bytes."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from policy.intent import Intent
from policy.judge import Judgement, judge
from policy.plan.plan import Plan
from policy.plan.policies import Statement, statements
from tests.checkout import ROOT
from tests.policy.small_plan import GROUP, balancer, files, group, plan, resource, rule

VPN = Intent(("10.0.0.0/8",))
GROUP_BLOCK = 'resource "aws_security_group" "g" {{}}\n'
BALANCER_BLOCK = 'resource "aws_lb" "front" {{\n  security_groups = [{}]\n}}\n' + GROUP_BLOCK


def about_groups(found: dict[str, bytes]) -> list[str]:
    """What the gate says of the load balancer whose groups the configuration gives."""
    document = plan(balancer(None), group("g"), rule(0, "10.8.0.0/16"))
    said = judge(document, found, VPN)
    return [one.message for one in said.findings if one.requirement == "alb-ingress"]


def chain(length: int) -> dict[str, bytes]:
    """Locals that each name the next, the last of them the group."""
    steps = "".join(f"  a{at} = local.a{at + 1}\n" for at in range(length))
    last = f"  a{length} = aws_security_group.g.id\n"
    return files(f"{BALANCER_BLOCK.format('local.a0')}locals {{\n{steps}{last}}}\n")


def nested(depth: int) -> dict[str, bytes]:
    """Modules in modules that hand the group down to the last and up again."""
    texts = {
        ".".join(["m"] * level): f"""
            variable "i" {{}}
            module "m" {{
              i = var.i
            }}
            output "o" {{
              value = {"module.m.o" if level < depth else "var.i"}
            }}
        """
        for level in range(1, depth + 1)
    }
    call = 'module "m" {\n  i = aws_security_group.g.id\n}\n'
    return files(BALANCER_BLOCK.format("module.m.o") + call, **texts)


def test_short_chains_are_followed() -> None:
    assert about_groups(chain(100)) == []
    assert about_groups(nested(30)) == []


@pytest.mark.parametrize("made", [chain(1_000), nested(200)], ids=["locals", "modules"])
def test_long_chains_are_refused(made: dict[str, bytes]) -> None:
    (said,) = about_groups(made)
    assert "is reached through more than 150 references" in said


CIRCLES: dict[str, tuple[str, dict[str, str]]] = {
    "local": ("local.a", {"": "locals {\n  a = local.a\n}\n"}),
    "two-locals": ("local.a", {"": "locals {\n  a = local.b\n  b = local.a\n}\n"}),
    "output-to-input": (
        "module.m.o",
        {
            "": 'module "m" {\n  i = module.m.o\n}\n',
            "m": 'variable "i" {}\noutput "o" {\n  value = var.i\n}\n',
        },
    ),
    "itself": ("aws_lb.front.security_groups[0]", {"": ""}),
    "own-index": ("local.a[local.a[0]]", {"": "locals {\n  a = [local.a[0]]\n}\n"}),
}


@pytest.mark.parametrize("name", CIRCLES)
def test_circles_are_refused(name: str) -> None:
    expression, texts = CIRCLES[name]
    root = BALANCER_BLOCK.format(expression) + texts[""]
    said = about_groups(files(root, **{key: text for key, text in texts.items() if key}))
    assert len(said) == 1
    assert "cannot be shown" in said[0]


def rules(number: int) -> dict[str, Any]:
    """A group with so many rules, each for another range."""
    ranges = (f"10.{at >> 8}.{at & 255}.0/25" for at in range(number))
    made = (rule(at, cidr) for at, cidr in enumerate(ranges))
    return plan(balancer([GROUP]), group("g"), *made)


def open_groups(number: int) -> dict[str, Any]:
    """So many groups that are open to everybody and carried by nobody."""
    world = {"cidr_blocks": ["0.0.0.0/0"], "protocol": "-1", "from_port": 0, "to_port": 0}
    idle = (group(f"g{at}", f"sg-{at:017x}", ingress=[world]) for at in range(number))
    return plan(balancer([GROUP]), group("g"), rule(0, "10.8.0.0/16"), *idle)


def strangers(number: int) -> dict[str, Any]:
    """One inline rule with so many ranges outside the VPN's."""
    ranges = [f"11.{at >> 8}.{at & 255}.0/25" for at in range(number)]
    block = {"cidr_blocks": ranges, "protocol": "tcp", "from_port": 443, "to_port": 443}
    return plan(balancer([GROUP]), group("g", ingress=[block]))


def seconds(document: dict[str, Any]) -> float:
    """The least processor time of three runs."""
    taken: list[float] = []
    for _ in range(3):
        start = time.process_time()
        judge(document, None, VPN)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("made", [rules, open_groups, strangers], ids=lambda one: one.__name__)
def test_ten_times_the_resources_take_little_more_than_ten_times_the_time(
    made: Callable[[int], dict[str, Any]],
) -> None:
    assert seconds(made(5_000)) < 30 * seconds(made(500))


def test_groups_that_nobody_carries_are_no_findings() -> None:
    said = judge(open_groups(5_000), None, VPN)
    assert not [one for one in said.findings if "aws_security_group" in one.address]


MEASURED = """
import tracemalloc
from policy.judge import judge
from tests.policy.test_hostile_size import VPN, rules
document = rules(10_000)
tracemalloc.start()
judge(document, None, VPN)
print(tracemalloc.get_traced_memory()[1])
"""


def test_ten_thousand_rules_take_less_than_200_mib() -> None:
    done = subprocess.run(  # noqa: S603 # this project's own program
        [sys.executable, "-c", MEASURED],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert 0 < int(done.stdout) < 200 * 2**20


def test_nesting_does_not_end_the_process() -> None:
    """What recurses in C ends the process where its stack does, and no `except` sees it."""
    deep = "#cloud-config\nwrite_files: " + "[" * 200_000
    data = {"id": "i-1", "user_data": deep, "vpc_security_group_ids": [GROUP]}
    said = judge(plan(group("g"), resource("aws_instance.i", data)), None, VPN)
    assert isinstance(said, Judgement)
    said_of_it = [one.message for one in said.findings if one.requirement == "cors-origin"]
    assert any("nested or merged beyond what can be told" in message for message in said_of_it)


POLICIES: dict[str, str] = {
    "lists": "[" * 100_000 + "]" * 100_000,
    "objects": '{"Statement":' * 100_000 + "1" + "}" * 100_000,
    "statement": '{"Statement":' + "[" * 900 + "]" * 900 + "}",
    "long": '{"Statement":[' + '{"Effect":"Allow","Principal":"*"},' * 100_000 + "{}]}",
    "digits": '{"Statement":' + "9" * 100_000 + "}",
}


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_too_large_to_read_allows_what_cannot_be_told(name: str) -> None:
    said = statements(Plan(plan(), None), POLICIES[name])
    assert not isinstance(said, list)


def test_a_policy_of_a_thousand_statements_is_read() -> None:
    statement = {"Effect": "Allow", "Principal": "*"}
    said = statements(Plan(plan(), None), json.dumps({"Statement": [statement] * 1_000}))
    assert said == [Statement(True, (("*", "*"),), False, ())] * 1_000  # noqa: FBT003
