"""Logs, alarms, topics and budgets."""

from collections.abc import Iterator

from harness.recover.account import Account
from harness.recover.identity.known import Found, Identities, Left
from harness.recover.planned import Planned

BY_NAME = "its name"
ABSENT = "ResourceNotFoundException ResourceNotFound NotFoundException NotFound"


def _log_group(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"logGroupNamePrefix": want["name"]}
    for row in account.rows("logs", want.region, "describe_log_groups", "logGroups", **asked):
        if row["logGroupName"] == want["name"]:
            yield Found(want["name"], BY_NAME, row["arn"].removesuffix(":*"))


def _metric_filter(want: Planned, account: Account) -> Iterator[Found]:
    group, name = want["log_group_name"], want["name"]
    asked = {"logGroupName": group, "filterNamePrefix": name}
    operation, path = "describe_metric_filters", "metricFilters"
    for row in account.rows("logs", want.region, operation, path, **asked):
        if row["filterName"] == name:
            yield Found(f"{group}:{name}", "its group and name")


def _resource_policy(want: Planned, account: Account) -> Iterator[Found]:
    operation, path = "describe_resource_policies", "resourcePolicies"
    for row in account.rows("logs", want.region, operation, path):
        if row["policyName"] == want["policy_name"]:
            yield Found(want["policy_name"], BY_NAME)


def _delivery(want: Planned, account: Account) -> Iterator[Found]:
    wanted = (want["delivery_source_name"], want["delivery_destination_arn"])
    for row in account.rows("logs", want.region, "describe_deliveries", "deliveries"):
        if (row["deliverySourceName"], row["deliveryDestinationArn"]) == wanted:
            yield Found(row["id"], "its source and destination", row["arn"])


def _delivery_destination(want: Planned, account: Account) -> Iterator[Found]:
    operation = "get_delivery_destination"
    answer = account.one("logs", want.region, operation, ABSENT, name=want["name"])
    if answer:
        yield Found(want["name"], BY_NAME, answer["deliveryDestination"]["arn"])


def _delivery_source(want: Planned, account: Account) -> Iterator[Found]:
    answer = account.one("logs", want.region, "get_delivery_source", ABSENT, name=want["name"])
    if answer:
        yield Found(want["name"], BY_NAME, answer["deliverySource"]["arn"])


def _alarm(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"AlarmNames": [want["alarm_name"]]}
    operation, path = "describe_alarms", "MetricAlarms"
    for row in account.rows("cloudwatch", want.region, operation, path, **asked):
        yield Found(want["alarm_name"], BY_NAME, row["AlarmArn"])


def _dashboard(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"DashboardNamePrefix": want["dashboard_name"]}
    operation, path = "list_dashboards", "DashboardEntries"
    for row in account.rows("cloudwatch", want.region, operation, path, **asked):
        if row["DashboardName"] == want["dashboard_name"]:
            yield Found(want["dashboard_name"], BY_NAME, row.get("DashboardArn", ""))


def _topic(want: Planned, account: Account) -> Iterator[Found]:
    for row in account.rows("sns", want.region, "list_topics", "Topics"):
        if row["TopicArn"].endswith(f":{account.id}:{want['name']}"):
            yield Found(row["TopicArn"], BY_NAME)


def _subscription(want: Planned, account: Account) -> Iterator[Found]:
    """One that nobody confirmed has no ARN yet; asking for it again makes no second one."""
    asked = {"TopicArn": want["topic_arn"]}
    operation, path = "list_subscriptions_by_topic", "Subscriptions"
    for row in account.rows("sns", want.region, operation, path, **asked):
        same = (row["Protocol"], row["Endpoint"]) == (want["protocol"], want["endpoint"])
        if same and row["SubscriptionArn"].startswith("arn:"):
            yield Found(row["SubscriptionArn"], "its topic and endpoint")


def _budget(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"AccountId": account.id, "BudgetName": want["name"]}
    if account.one("budgets", want.region, "describe_budget", ABSENT, **asked):
        yield Found(f"{account.id}:{want['name']}", BY_NAME)


WATCHING: Identities = {
    "aws_cloudwatch_log_group": _log_group,
    "aws_cloudwatch_log_metric_filter": _metric_filter,
    "aws_cloudwatch_log_resource_policy": _resource_policy,
    "aws_cloudwatch_log_delivery": _delivery,
    "aws_cloudwatch_log_delivery_destination": _delivery_destination,
    "aws_cloudwatch_log_delivery_source": _delivery_source,
    "aws_cloudwatch_metric_alarm": _alarm,
    "aws_cloudwatch_dashboard": _dashboard,
    "aws_sns_topic": _topic,
    "aws_sns_topic_policy": Left("every topic has one; putting ours replaces it"),
    "aws_sns_topic_subscription": _subscription,
    "aws_budgets_budget": _budget,
}
