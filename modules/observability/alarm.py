"""One alarm, over one metric or over an expression of several."""

from collections.abc import Mapping
from dataclasses import dataclass

from cdktf import ITerraformIterator
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import (
    CloudwatchMetricAlarm,
    CloudwatchMetricAlarmMetricQuery,
    CloudwatchMetricAlarmMetricQueryMetric,
)
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from constructs import Construct

from modules.observability.interface import ObservabilityInputs
from modules.observability.metrics import Metric


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """When somebody must look.

    Attributes:
        name: The end of its name, after the stack's.
        why: What it means and where to look, for whoever is called.
        metrics: One, or several by the ids that the expression uses, which begin in lower case.
        expression: What is made of several metrics.
        above: The alarm starts where that exceeds this.
        period: Seconds that one value covers.
        periods: How many values in a row must exceed.
        missing: What no data means: `notBreaching`, or `breaching` where silence is the fault.
    """

    name: str
    why: str
    metrics: Mapping[str, Metric]
    expression: str | None = None
    above: float = 0
    period: int = 300
    periods: int = 1
    missing: str = "notBreaching"


def make(
    scope: Construct,
    inputs: ObservabilityInputs,
    topic: SnsTopic,
    alarm: Alarm,
    for_each: ITerraformIterator | None = None,
) -> CloudwatchMetricAlarm:
    """The alarm, which notifies the topic when it starts and when it ends.

    Args:
        scope: The module.
        inputs: The module's inputs.
        topic: Whom it notifies.
        alarm: What it watches.
        for_each: One alarm each of these; the name then ends with the key.
    """
    queries = [
        CloudwatchMetricAlarmMetricQuery(
            id=id_,
            return_data=alarm.expression is None,
            metric=CloudwatchMetricAlarmMetricQueryMetric(
                namespace=metric.namespace,
                metric_name=metric.name,
                dimensions=metric.dimensions,
                stat=metric.statistic,
                period=alarm.period,
            ),
        )
        for id_, metric in alarm.metrics.items()
    ]
    if alarm.expression:
        queries.append(
            CloudwatchMetricAlarmMetricQuery(
                id="result", expression=alarm.expression, label=alarm.name, return_data=True
            )
        )
    suffix = "-${each.key}" if for_each else ""
    return CloudwatchMetricAlarm(
        scope,
        f"aws_cloudwatch_metric_alarm.{alarm.name.replace('-', '_')}",
        for_each=for_each,
        alarm_name=f"{inputs.name}-{alarm.name}{suffix}",
        alarm_description=alarm.why,
        metric_query=queries,
        comparison_operator="GreaterThanThreshold",
        threshold=alarm.above,
        evaluation_periods=alarm.periods,
        treat_missing_data=alarm.missing,
        alarm_actions=[topic.arn],
        ok_actions=[topic.arn],
    )
