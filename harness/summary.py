"""A plan as a person reads it: what changes, module by module, and where the service will be."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from harness.project import shown
from harness.workspace import Meta, Workspace

OFFLINE = "planned offline against an empty state; this plan cannot be applied."

SIGNS = {"create": "add", "update": "change", "replace": "replace", "delete": "destroy"}

NOTABLE = (
    "aws_vpc",
    "aws_subnet",
    "aws_nat_gateway",
    "aws_vpc_endpoint",
    "aws_lb",
    "aws_lb_listener",
    "aws_lb_target_group",
    "aws_launch_template",
    "aws_autoscaling_group",
    "aws_autoscaling_policy",
    "aws_cloudfront_distribution",
    "aws_wafv2_web_acl",
    "aws_acm_certificate",
    "aws_route53_record",
    "aws_s3_bucket",
    "aws_s3_object",
    "aws_cloudwatch_dashboard",
    "aws_cloudwatch_metric_alarm",
    "aws_budgets_budget",
    "aws_sns_topic",
    "aws_security_group",
    "aws_kms_key",
    "aws_iam_role",
)
"""What a module is known by, the most telling first; other types are named where room is left."""

NAMED = 6
"""How many types of resource a module's line names."""


def render(
    workspace: Workspace, meta: Meta, warnings: Iterable[str], why_offline: str, *, color: bool
) -> str:
    """The summary of the plan that lies in `workspace`."""
    plan: Any = json.loads(workspace.plan_json.read_text(encoding="utf-8"))
    changes = [change for change in plan.get("resource_changes", []) if action(change)]
    total = Counter(action(change) for change in changes)
    adopted = sum("importing" in each["change"] for each in plan.get("resource_changes", []))
    parts = [f"{adopted} to import"] if adopted else []
    counts = ", ".join(
        parts + [f"{total[name]} to {sign}" for name, sign in SIGNS.items() if total[name]]
    )
    bold, plain = ("\x1b[1m", "\x1b[0m") if color else ("", "")
    lines = ["", f"{bold}{meta.environment}: {counts or 'nothing to change'}{plain}", ""]
    lines += table(("module", "resources", "among them"), list(_modules(changes)))
    outputs = list(_outputs(plan))
    if outputs:
        lines += ["", *table(("output", "value"), outputs)]
    for warning in warnings:
        lines += ["", f"Warning:{warning}"]
    if meta.offline:
        lines += ["", f"{why_offline}: {OFFLINE}"]
    places = f"{shown(workspace.plan)}, {workspace.plan_json.name}, {workspace.log.name}"
    lines += ["", f"Terraform {meta.terraform}; the plan lies in {places}.", ""]
    return "\n".join(lines)


def action(change: dict[str, Any]) -> str | None:
    """What happens to a resource; None if nothing does, or if it is only read."""
    actions: list[str] = change["change"]["actions"]
    if len(actions) == 2:
        return "replace"
    return actions[0] if actions[0] in SIGNS else None


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Aligned columns; the last is as wide as it needs."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head) - 1)]
    padded = [
        [*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]
        for row in [head, *rows]
    ]
    return ["  " + "  ".join(row).rstrip() for row in padded]


def _modules(changes: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """A row a module: its name, how many resources change, and the telling ones."""
    by_module: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        name = change.get("module_address", "(root)").split(".")[-1]
        by_module.setdefault(name, []).append(change)
    for name, members in sorted(by_module.items()):
        types = Counter(member["type"] for member in members)
        ordered = sorted(types, key=_telling)
        named = [f"{types[each]} {each.removeprefix('aws_')}" for each in ordered[:NAMED]]
        rest = sum(types[each] for each in ordered[NAMED:])
        signs = Counter(action(member) for member in members)
        only_new = set(signs) == {"create"}
        count = str(len(members)) if only_new else " ".join(_signed(signs))
        yield name, count, ", ".join([*named, *([f"{rest} more"] if rest else [])])


def _signed(signs: Counter[str | None]) -> Iterator[str]:
    for name, mark in (("create", "+"), ("update", "~"), ("replace", "±"), ("delete", "-")):
        if signs[name]:
            yield f"{mark}{signs[name]}"


def _telling(resource_type: str) -> tuple[int, str]:
    known = resource_type in NOTABLE
    return (NOTABLE.index(resource_type) if known else len(NOTABLE), resource_type)


def _outputs(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, output in sorted(plan.get("planned_values", {}).get("outputs", {}).items()):
        value = output.get("value", "(known after apply)")
        if output.get("sensitive"):
            value = "(sensitive)"
        yield name, value if isinstance(value, str) else json.dumps(value)
