"""Where the instances' logs go, and what is counted in them."""

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_log_metric_filter import (
    CloudwatchLogMetricFilter,
    CloudwatchLogMetricFilterMetricTransformation,
)
from constructs import Construct

from modules.observability.interface import ObservabilityInputs
from modules.observability.metrics import TURNED_AWAY


def log_group(scope: Construct, inputs: ObservabilityInputs, kind: str) -> CloudwatchLogGroup:
    """An encrypted log group, `/<name>/<kind>`."""
    return CloudwatchLogGroup(
        scope,
        f"aws_cloudwatch_log_group.{kind}",
        name=f"/{inputs.name}/{kind}",
        retention_in_days=inputs.log_retention_days,
        kms_key_id=inputs.log_key_arn,
    )


def count_turned_away(scope: Construct, nginx: CloudwatchLogGroup) -> None:
    """Count the requests that nginx refused because every slot was taken.

    The load balancer counts them among all 4xx and 5xx. Other errors it tells apart well enough:
    they are not counted here a second time.
    """
    CloudwatchLogMetricFilter(
        scope,
        "aws_cloudwatch_log_metric_filter.turned_away",
        name="turned-away",
        log_group_name=nginx.name,
        pattern="{ ($.status = 429) || ($.status = 503) }",
        metric_transformation=CloudwatchLogMetricFilterMetricTransformation(
            namespace=TURNED_AWAY.namespace,
            name=TURNED_AWAY.name,
            value="1",
            default_value="0",
            unit="Count",
        ),
    )
