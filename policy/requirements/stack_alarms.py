"""Somebody is told when nobody can translate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Unknown
from policy.requirements.requirement import Requirement, without_balancer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "stack-alarms"
# CloudWatch's names, Application Load Balancer's user guide, "CloudWatch metrics".
_WATCHED: Final = {
    "HealthyHostCount": "no instance is healthy",
    "HTTPCode_ELB_5XX_Count": "the load balancer answers 5xx",
    "HTTPCode_Target_5XX_Count": "the instances answer 5xx",
    "TargetResponseTime": "answers take long",
}


def check(case: Case) -> Iterator[Finding]:
    """Find metrics that no alarm with an action watches."""
    watched = {
        str(name)
        for alarm in case.plan.of_type("aws_cloudwatch_metric_alarm")
        if case.plan.value(alarm, "actions_enabled") is not False
        and case.plan.value(alarm, "alarm_actions") not in (None, [])
        for name in (
            case.plan.value(alarm, "metric_name"),
            *_queried(case.plan.blocks(alarm, "metric_query")),
        )
    }
    for metric, what in _WATCHED.items():
        if metric not in watched:
            yield case.finding(
                ID,
                case.network.fronts[0].resource,
                f"No alarm with an action tells that {what}: none watches {metric}.",
                "Add the alarm to the module observability, with alarm_actions.",
            )


def _queried(blocks: list[dict[str, Any]] | Unknown) -> Iterator[Any]:
    for query in [] if isinstance(blocks, Unknown) else blocks:
        metrics = query.get("metric")
        for metric in metrics if isinstance(metrics, list) else [metrics]:
            if isinstance(metric, dict):
                yield metric.get("metric_name")


REQUIREMENT: Final = Requirement(
    id=ID,
    title="An alarm with an action watches health, errors and latency",
    check=check,
    applies=without_balancer,
    own=True,
)
