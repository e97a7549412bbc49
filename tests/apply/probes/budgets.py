"""What to ask of Budgets to see whether it answers as AWS would."""

from typing import Any

from tests.apply.emulated import Emulated
from tests.apply.probes.names import fresh_name

ACCOUNT = "123456789012"


def _budget(aws: Emulated, **given: Any) -> tuple[Any, str]:
    budgets, name = aws.client("budgets"), fresh_name()
    budget = {
        "BudgetName": name,
        "BudgetType": "COST",
        "TimeUnit": "MONTHLY",
        "BudgetLimit": {"Amount": "1", "Unit": "USD"},
    }
    budgets.create_budget(AccountId=ACCOUNT, Budget=budget, **given)
    return budgets, name


def subscribers(aws: Emulated) -> bool:
    notification = {
        "NotificationType": "ACTUAL",
        "ComparisonOperator": "GREATER_THAN",
        "Threshold": 80.0,
    }
    told = [{"SubscriptionType": "EMAIL", "Address": "alarms@example.com"}]
    given = [{"Notification": notification, "Subscribers": told}]
    budgets, name = _budget(aws, NotificationsWithSubscribers=given)
    read = budgets.describe_subscribers_for_notification(
        AccountId=ACCOUNT, BudgetName=name, Notification=notification
    )
    return read["Subscribers"] == told


def tags(aws: Emulated) -> bool:
    budgets, name = _budget(aws, ResourceTags=[{"Key": "a", "Value": "1"}])
    arn = f"arn:aws:budgets::{ACCOUNT}:budget/{name}"
    budgets.tag_resource(ResourceARN=arn, ResourceTags=[{"Key": "b", "Value": "2"}])
    budgets.untag_resource(ResourceARN=arn, ResourceTagKeys=["a"])
    return budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"] == [
        {"Key": "b", "Value": "2"}
    ]
