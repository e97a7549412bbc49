"""Budgets: who is told, and tags."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

import json
from typing import Any

from moto.budgets.responses import BudgetsResponse

from harness.emulator.corrections import correction


@correction(
    types=["aws_budgets_budget"],
    stock="does not tell who is notified (500)",
    aws="lists the subscribers of a notification",
    source=(
        "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/"
        "API_budgets_DescribeSubscribersForNotification.html"
    ),
)
def subscribers() -> None:
    """List the subscribers that moto keeps with a notification."""

    def describe(self: Any) -> str:
        budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
        asked = _same(self._get_param("Notification"))
        found = [each.subscribers for each in budget.notifications if _same(each.details) == asked]
        return json.dumps({"Subscribers": found[0] if found else []})

    BudgetsResponse.describe_subscribers_for_notification = describe


def _same(notification: dict[str, Any]) -> tuple[Any, ...]:
    names = ("NotificationType", "ComparisonOperator")
    threshold = float(notification["Threshold"])
    kind = notification.get("ThresholdType", "PERCENTAGE")
    return (*(notification[name] for name in names), threshold, kind)


@correction(
    types=["aws_budgets_budget"],
    stock="knows no tags of a budget (500)",
    aws="keeps them",
    source=(
        "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/"
        "API_budgets_ListTagsForResource.html"
    ),
)
def tags() -> None:
    """Keep the tags of budgets, by ARN."""
    created = BudgetsResponse.create_budget

    def kept(self: Any) -> dict[str, dict[str, str]]:
        return vars(self.backend).setdefault("tags_kept", {})

    def tag(self: Any) -> str:
        given = {each["Key"]: each["Value"] for each in self._get_param("ResourceTags") or []}
        arn = self._get_param("ResourceARN")
        if arn is None:
            name = self._get_param("Budget")["BudgetName"]
            arn = f"arn:aws:budgets::{self._get_param('AccountId')}:budget/{name}"
        kept(self).setdefault(arn, {}).update(given)
        return json.dumps({})

    def create(self: Any) -> str:
        answer = created(self)
        tag(self)
        return answer

    def untag(self: Any) -> str:
        for name in self._get_param("ResourceTagKeys"):
            kept(self).get(self._get_param("ResourceARN"), {}).pop(name, None)
        return json.dumps({})

    def list_(self: Any) -> str:
        found = kept(self).get(self._get_param("ResourceARN"), {})
        return json.dumps({"ResourceTags": [{"Key": k, "Value": v} for k, v in found.items()]})

    BudgetsResponse.create_budget = create
    BudgetsResponse.tag_resource = tag
    BudgetsResponse.untag_resource = untag
    BudgetsResponse.list_tags_for_resource = list_
