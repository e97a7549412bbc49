"""What a month may cost."""

from cdktf_cdktf_provider_aws.budgets_budget import (
    BudgetsBudget,
    BudgetsBudgetCostFilter,
    BudgetsBudgetNotification,
)
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from constructs import Construct

from modules.base.expressions import count_if
from modules.observability.interface import ObservabilityInputs


def budget(scope: Construct, inputs: ObservabilityInputs, topic: SnsTopic) -> None:
    """A monthly budget, if one is set: told when 80 % is foreseen and when all is spent."""
    BudgetsBudget(
        scope,
        "aws_budgets_budget.monthly",
        count=count_if("var.monthly_budget_usd != null"),
        name=f"{inputs.name}-monthly",
        budget_type="COST",
        time_unit="MONTHLY",
        limit_amount="${tostring(var.monthly_budget_usd)}",
        limit_unit="USD",
        # `format`, because a dollar sign before a reference escapes it.
        cost_filter=[
            BudgetsBudgetCostFilter(
                name="TagKeyValue", values=['${format("user:project$%s", var.project)}']
            )
        ],
        notification=[
            _notification(topic, 80, "FORECASTED"),
            _notification(topic, 100, "ACTUAL"),
        ],
    ).add_override("depends_on", ["aws_sns_topic_policy.alarms"])


def _notification(topic: SnsTopic, percent: int, kind: str) -> BudgetsBudgetNotification:
    return BudgetsBudgetNotification(
        comparison_operator="GREATER_THAN",
        threshold=percent,
        threshold_type="PERCENTAGE",
        notification_type=kind,
        subscriber_sns_topic_arns=[topic.arn],
    )
