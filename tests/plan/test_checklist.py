"""The owner's deployment checklist: ticked by real plans, and not where something is missing."""

import base64
import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from envs import load
from harness import workspace
from harness.checklist import report
from harness.checklist.command import checklist
from harness.checklist.stack import Stack
from harness.checklist.tasks import TASKS, Ticked, ticked
from harness.problem import Problem
from harness.progress import Progress

Json = dict[str, Any]
Plan = Callable[[str], Json]

EACH = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in load.names()]
)
PROD = pytest.mark.xdist_group("prod")


def judged(document: Json, name: str = "prod") -> list[Ticked]:
    return ticked(Stack.planned(document), load.load(load.path(name)))


def lacking(document: Json) -> dict[str, tuple[str, ...]]:
    """What is missing, by the first words of the task."""
    return {row.task.task.partition(" to ")[0]: row.lacks for row in judged(document) if row.lacks}


def values(document: Json, address: str) -> Json:
    """A planned resource's values, to be edited."""
    (found,) = [each for each in _resources(document) if each["address"] == address]
    return found["values"]


def without(document: Json, part: str) -> Json:
    """The plan without the resources whose address holds this."""
    edited = copy.deepcopy(document)
    _drop(edited["planned_values"]["root_module"], part)
    return edited


@pytest.fixture
def prod(plan: Plan) -> Json:
    return copy.deepcopy(plan("prod"))


@EACH
def test_every_task_is_planned_in_every_environment(name: str, plan: Plan) -> None:
    rows = judged(plan(name), name)

    assert [(row.status, row.lacks) for row in rows] == [("planned", ())] * 7
    assert all(row.proofs for row in rows)


@PROD
def test_what_a_plan_leaves_as_it_is_stands(prod: Json) -> None:
    for change in prod["resource_changes"]:
        change["change"]["actions"] = ["no-op"]
    assert {row.status for row in judged(prod)} == {"stands"}

    (listener,) = [c for c in prod["resource_changes"] if c["type"] == "aws_lb_listener"]
    listener["change"]["actions"] = ["update"]
    changed = [row.task.task for row in judged(prod) if row.status == "planned"]
    assert changed == [task.task for task in TASKS if "ALB" in task.task]


@PROD
@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (".aws_vpc.", "There is no VPC."),
        (".aws_route.public_internet", "No subnet is public."),
        (".aws_subnet.private", "No subnet is private."),
        ("index.html", "module.frontend.aws_s3_bucket.ui has no index.html."),
        (".aws_cloudfront_distribution.", "No distribution has the alias translate.example.com."),
        (".aws_acm_certificate", "module.frontend.aws_cloudfront_distribution.ui has no certif"),
        (".aws_route53_record.ui", "No record names translate.example.com."),
        (".aws_launch_template.", "There is no launch template."),
        (".aws_lb_listener.", "No listener: the load balancer answers nothing."),
        (".aws_lb_target_group.", "module.load_balancer.aws_lb_listener.https forwards to no"),
        (".aws_autoscaling_group.", "There is no Auto Scaling group."),
        (".aws_autoscaling_policy.", "No policy scales module.inference.aws_autoscaling_group"),
        ('vpn["203.0.113.0/24"]', "No rule lets 203.0.113.0/24 of vpn_cidrs into the load"),
        ("ingress_rule.load_balancer", "No rule lets the load balancer into the instances on"),
    ],
)
def test_what_is_not_there_is_missing(prod: Json, part: str, sentence: str) -> None:
    said = [lack for lacks in lacking(without(prod, part)).values() for lack in lacks]

    assert any(each.startswith(sentence) for each in said), said


def _listener_on_80(plan: Json) -> None:
    values(plan, "module.load_balancer.aws_lb_listener.https")["port"] = 80


def _plain_http(plan: Json) -> None:
    page = values(plan, "module.frontend.aws_cloudfront_distribution.ui")
    page["default_cache_behavior"][0]["viewer_protocol_policy"] = "allow-all"


def _old_tls(plan: Json) -> None:
    page = values(plan, "module.frontend.aws_cloudfront_distribution.ui")
    page["viewer_certificate"][0]["minimum_protocol_version"] = "TLSv1"


def _no_model(plan: Json) -> None:
    template = values(plan, "module.inference.aws_launch_template.this")
    template["user_data"] = base64.b64encode(b"#cloud-config\n").decode()


def _from_anywhere(plan: Json) -> None:
    rule = 'module.load_balancer.aws_vpc_security_group_ingress_rule.vpn["203.0.113.0/24"]'
    values(plan, rule)["cidr_ipv4"] = "0.0.0.0/0"


def _instances_from_a_range(plan: Json) -> None:
    rule = "module.inference.aws_vpc_security_group_ingress_rule.load_balancer"
    values(plan, rule)["cidr_ipv4"] = "10.0.0.0/8"


def _ssh(plan: Json) -> None:
    rule = "module.inference.aws_vpc_security_group_ingress_rule.load_balancer"
    values(plan, rule).update(from_port=22, to_port=22)


def _another_port(plan: Json) -> None:
    values(plan, "module.load_balancer.aws_lb_target_group.ollama")["port"] = 80


@PROD
@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (_listener_on_80, "listens to HTTPS on 80, not HTTPS on 443."),
        (_plain_http, "answers plain HTTP: allow-all."),
        (_old_tls, "takes TLS older than 1.2."),
        (_no_model, "has nothing of the model gemma3n:e4b."),
        (_from_anywhere, "lets tcp 443-443 from 0.0.0.0/0 into the load balancer."),
        (_instances_from_a_range, "lets tcp 11434-11434 from 10.0.0.0/8 into the instances."),
        (_ssh, "lets tcp 22-22 from a group or list into the instances."),
        (_another_port, "sends to port 80."),
    ],
)
def test_what_is_there_but_wrong_is_missing(
    prod: Json, edit: Callable[[Json], None], sentence: str
) -> None:
    edit(prod)
    said = [lack for lacks in lacking(prod).values() for lack in lacks]

    assert any(each.endswith(sentence) for each in said), said


@PROD
def test_the_tasks_are_the_owner_s(prod: Json) -> None:
    phases = [row.task.phase for row in judged(prod)]
    assert phases == ["VPC prep", *["Frontend"] * 2, *["Backend"] * 3, "Security"]


@PROD
def test_the_command_prints_and_keeps_it_and_fails_where_something_is_missing(
    prod: Json,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(workspace, "BUILD", tmp_path)
    monkeypatch.setenv("OFFLINE", "1")
    with pytest.raises(Problem, match="There is neither a state to read nor a plan at"):
        checklist("prod", "translator", Progress())

    folder = tmp_path / "prod"
    (folder / "plan.json").write_text(json.dumps(prod))
    assert checklist("prod", "translator", Progress()) == 0
    assert "0 stands, 7 planned, 0 missing" in capsys.readouterr().out

    (folder / "plan.json").write_text(json.dumps(without(prod, ".aws_lb_listener.")))
    assert checklist("prod", "translator", Progress()) == 1
    assert "lacks: No listener: the load balancer answers nothing." in capsys.readouterr().out
    kept = json.loads((folder / "checklist.json").read_text())
    assert [task["status"] for task in kept["tasks"]].count("missing") == 1
    assert "| ✘ missing |" in (folder / "checklist.md").read_text()


@PROD
def test_the_document_reads_as_the_owner_s_table(prod: Json) -> None:
    written = report.markdown(judged(prod), "prod", "a plan")

    assert "| Phase | Task | Status |\n| :--- | :--- | :--- |\n| **VPC prep** | Create a" in written
    assert written.count("\n## ") == len(TASKS)


def _resources(document: Json) -> list[Json]:
    def walk(module: Json) -> list[Json]:
        inner = [each for child in module.get("child_modules", []) for each in walk(child)]
        return [*module.get("resources", []), *inner]

    return walk(document["planned_values"]["root_module"])


def _drop(module: Json, part: str) -> None:
    module["resources"] = [r for r in module.get("resources", []) if part not in r["address"]]
    for child in module.get("child_modules", []):
        _drop(child, part)
