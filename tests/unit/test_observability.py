"""The operators' module, as Terraform will read it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

Resources = dict[str, dict[str, dict[str, Any]]]

TOPIC = "${aws_sns_topic.alarms.arn}"

ALARMS = (
    "latency",
    "load_balancer_errors",
    "missing_capacity",
    "nat_drops",
    "nat_ports",
    "no_healthy_host",
    "rejected_connections",
    "target_errors",
    "turned_away",
    "unhealthy_host",
)


@pytest.fixture
def module(document: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    return document("observability")


@pytest.fixture
def resources(module: dict[str, Any]) -> Resources:
    return module["resource"]


def metrics(alarm: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The metrics that an alarm looks at, by their ids."""
    return {query["id"]: query["metric"] for query in alarm["metric_query"] if "metric" in query}


def test_what_can_go_wrong_has_an_alarm(resources: Resources) -> None:
    assert set(resources["aws_cloudwatch_metric_alarm"]) == set(ALARMS)


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_tells_the_topic_when_it_starts_and_ends(resources: Resources, name: str) -> None:
    alarm = resources["aws_cloudwatch_metric_alarm"][name]
    assert alarm["alarm_actions"] == alarm["ok_actions"] == [TOPIC]
    assert alarm["alarm_description"].endswith((".", "AWS."))


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_compares_one_value_made_of_metrics_it_has(
    resources: Resources, name: str
) -> None:
    queries = resources["aws_cloudwatch_metric_alarm"][name]["metric_query"]
    (compared,) = [query for query in queries if query.get("return_data")]
    if "expression" in compared:
        words = set(re.findall(r"\b[a-z]\w*", compared["expression"]))
        assert words == {query["id"] for query in queries} - {compared["id"]}


def test_the_topic_takes_alarms_by_the_prefix_that_alarms_have(resources: Resources) -> None:
    policy = resources["aws_sns_topic_policy"]["alarms"]["policy"]
    assert "arn:aws:cloudwatch:${var.region}:${var.account_id}:alarm:${var.name}-*" in policy
    for alarm in resources["aws_cloudwatch_metric_alarm"].values():
        assert alarm["alarm_name"].startswith("${var.name}-")


def test_a_group_that_sleeps_calls_nobody(resources: Resources) -> None:
    """Without instances HealthyHostCount has no data; that too few came is another alarm's."""
    alarms = resources["aws_cloudwatch_metric_alarm"]
    assert alarms["no_healthy_host"]["treat_missing_data"] == "notBreaching"
    assert metrics(alarms["missing_capacity"])["desired"]["metric_name"] == "GroupDesiredCapacity"


def test_missing_capacity_waits_until_an_instance_can_have_booted(resources: Resources) -> None:
    alarm = resources["aws_cloudwatch_metric_alarm"]["missing_capacity"]
    (period,) = {metric["period"] for metric in metrics(alarm).values()}
    assert period * alarm["evaluation_periods"] > 25 * 60


def test_every_nat_gateway_has_its_alarms(resources: Resources) -> None:
    for name in ("nat_drops", "nat_ports"):
        alarm = resources["aws_cloudwatch_metric_alarm"][name]
        assert alarm["for_each"] == "${var.nat_gateway_ids}"
        assert alarm["alarm_name"].endswith("-${each.key}")
        for metric in metrics(alarm).values():
            assert metric["dimensions"] == {"NatGatewayId": "${each.value}"}


def test_refusals_are_counted_where_their_alarm_looks(resources: Resources) -> None:
    counter = resources["aws_cloudwatch_log_metric_filter"]["turned_away"]
    assert counter["log_group_name"] == "${aws_cloudwatch_log_group.nginx.name}"
    assert counter["pattern"] == "{ ($.status = 429) || ($.status = 503) }"
    (watched,) = metrics(resources["aws_cloudwatch_metric_alarm"]["turned_away"]).values()
    counted = counter["metric_transformation"]
    assert (counted["namespace"], counted["name"]) == (watched["namespace"], watched["metric_name"])


def test_logs_and_topic_are_encrypted_and_logs_end(resources: Resources) -> None:
    for kind, group in resources["aws_cloudwatch_log_group"].items():
        assert group["name"] == f"/${{var.name}}/{kind}"
        assert group["kms_key_id"] == "${var.log_key_arn}"
        assert group["retention_in_days"] == "${var.log_retention_days}"
    topic = resources["aws_sns_topic"]["alarms"]
    assert topic["kms_master_key_id"] == "${var.notification_key_arn}"


def test_failed_launches_are_told_with_their_reason(resources: Resources) -> None:
    told = resources["aws_autoscaling_notification"]["failures"]
    assert "autoscaling:EC2_INSTANCE_LAUNCH_ERROR" in told["notifications"]
    assert told["topic_arn"] == TOPIC


@pytest.mark.parametrize(
    ("kind", "name", "variable"),
    [
        ("aws_sns_topic_subscription", "email", "alarm_email"),
        ("aws_budgets_budget", "monthly", "monthly_budget_usd"),
    ],
)
def test_what_is_null_is_not_made(
    module: dict[str, Any], kind: str, name: str, variable: str
) -> None:
    assert module["variable"][variable]["default"] is None
    assert module["resource"][kind][name]["count"] == f"${{var.{variable} != null ? 1 : 0}}"


def test_the_budget_tells_before_and_when_the_money_is_spent(resources: Resources) -> None:
    budget = resources["aws_budgets_budget"]["monthly"]
    told = {note["notification_type"]: note["threshold"] for note in budget["notification"]}
    assert told == {"FORECASTED": 80, "ACTUAL": 100}
    for note in budget["notification"]:
        assert note["subscriber_sns_topic_arns"] == [TOPIC]
    (by_tag,) = budget["cost_filter"]
    assert by_tag["values"] == ['${format("user:project$%s", var.project)}']


@pytest.fixture
def graphs(resources: Resources) -> list[dict[str, Any]]:
    """The dashboard's graphs, references unresolved."""
    body = resources["aws_cloudwatch_dashboard"]["this"]["dashboard_body"]
    found = re.fullmatch(r"\$\{jsonencode\((.*)\)\}", body)
    assert found
    return json.loads(found[1])["widgets"]


def test_graphs_cover_the_dashboard_without_covering_each_other(
    graphs: list[dict[str, Any]],
) -> None:
    places = {(graph["x"], graph["y"]) for graph in graphs}
    assert places == {(x, y) for x in (0, 8, 16) for y in (0, 6, 12, 18)}
    assert all((graph["width"], graph["height"]) == (8, 6) for graph in graphs)


def test_what_cloudfront_measures_is_read_in_us_east_1(graphs: list[dict[str, Any]]) -> None:
    for graph in graphs:
        shown = json.dumps(graph["properties"]["metrics"])
        is_global = "AWS/CloudFront" in shown or "AWS/WAFV2" in shown
        assert graph["properties"]["region"] == ("us-east-1" if is_global else "${var.region}")


def test_the_dashboard_shows_a_line_for_each_nat_gateway(
    module: dict[str, Any], graphs: list[dict[str, Any]]
) -> None:
    shown = {graph["properties"]["title"]: graph["properties"]["metrics"] for graph in graphs}
    assert shown["NAT, packets dropped"] == "${local.nat_drops}"
    for lines in module["locals"].values():
        assert lines.startswith("${[for zone, id in var.nat_gateway_ids : ")
