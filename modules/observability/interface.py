"""What observability must know and what it tells."""

from modules.base.conditions import ACCOUNT_ID, ARN, NAME, Condition, between, matches
from modules.base.interface import Inputs, Outputs, output, variable

EMAIL = matches("^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$", "an e-mail address")
BY_ZONE = Condition(
    'alltrue([for zone, id in value : startswith(id, "nat-")])', "must hold ids of NAT gateways."
)


class Watched(Inputs):
    """What is watched, by the names under which CloudWatch knows it."""

    autoscaling_group_name: str = variable("Auto Scaling group, which publishes group metrics.")
    load_balancer_arn_suffix: str = variable("End of the load balancer's ARN.")
    target_group_arn_suffix: str = variable("End of the target group's ARN.")
    distribution_id: str = variable("CloudFront distribution of the UI.")
    web_acl_name: str = variable("Metric name of the web ACL before the UI.")


class ObservabilityInputs(Inputs):
    """What observability must know."""

    name: str = variable("Prefix of every resource's name.", NAME)
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    region: str = variable("The AWS region.")
    project: str = variable("Tag `project`, by which the budget finds the costs.")
    log_key_arn: str = variable("KMS key that encrypts the log groups.", ARN)
    notification_key_arn: str = variable("KMS key that encrypts the topic.", ARN)
    log_retention_days: int = variable("Days for which logs are kept.", default=365)
    watched: Watched = variable("What the alarms and the dashboard watch.")
    nat_gateway_ids: dict[str, str] = variable("NAT gateway of each zone that has one.", BY_ZONE)
    alarm_email: str | None = variable(
        "Who gets the alarms by e-mail, once they have confirmed it; null for no one.",
        EMAIL,
        default=None,
    )
    monthly_budget_usd: int | None = variable(
        "What a month may cost, in US dollars; null for no budget.",
        between(1, 1_000_000),
        default=None,
    )


class ObservabilityOutputs(Outputs):
    """What observability tells."""

    topic_arn: str = output("SNS topic that gets every alarm.")
    dashboard_name: str = output("Name of the dashboard.")
    instance_log_group_name: str = output("Log group for the instances' system logs.")
    instance_log_group_arn: str = output("ARN of that log group.")
    nginx_log_group_name: str = output(
        "Log group for nginx's access log: JSON lines with a number `status`, no health checks."
    )
    nginx_log_group_arn: str = output("ARN of that log group.")
