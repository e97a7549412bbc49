"""The metrics of what is watched, for alarms and dashboard alike."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """A CloudWatch metric and how it is summed up over a period.

    Attributes:
        namespace: Such as `AWS/ApplicationELB`.
        name: Such as `RequestCount`.
        dimensions: What it is measured of.
        statistic: `Sum`, `Average`, `Maximum`, `Minimum` or a percentile such as `p95`.
    """

    namespace: str
    name: str
    dimensions: Mapping[str, str]
    statistic: str


GROUP = {"AutoScalingGroupName": "${var.watched.autoscaling_group_name}"}
LOAD_BALANCER = {"LoadBalancer": "${var.watched.load_balancer_arn_suffix}"}
TARGETS = {**LOAD_BALANCER, "TargetGroup": "${var.watched.target_group_arn_suffix}"}
DISTRIBUTION = {"DistributionId": "${var.watched.distribution_id}", "Region": "Global"}
WEB_ACL = {"WebACL": "${var.watched.web_acl_name}", "Rule": "ALL"}

TURNED_AWAY = Metric("${var.name}", "RequestsTurnedAway", {}, "Sum")
"""Requests that nginx refused because every slot was taken, counted in its log."""


def load_balancer(name: str, statistic: str = "Sum") -> Metric:
    """A metric of the load balancer as a whole."""
    return Metric("AWS/ApplicationELB", name, LOAD_BALANCER, statistic)


def targets(name: str, statistic: str = "Sum") -> Metric:
    """A metric of the instances as the load balancer sees them."""
    return Metric("AWS/ApplicationELB", name, TARGETS, statistic)


def group(name: str, statistic: str = "Average") -> Metric:
    """A metric of the Auto Scaling group."""
    return Metric("AWS/AutoScaling", name, GROUP, statistic)


def nat(name: str, gateway_id: str) -> Metric:
    """A metric of one NAT gateway."""
    return Metric("AWS/NATGateway", name, {"NatGatewayId": gateway_id}, "Sum")


def distribution(name: str, statistic: str) -> Metric:
    """A metric of the UI's distribution, which lies in us-east-1."""
    return Metric("AWS/CloudFront", name, DISTRIBUTION, statistic)


def web_acl(name: str) -> Metric:
    """A metric of the web ACL before the distribution, which lies in us-east-1."""
    return Metric("AWS/WAFV2", name, WEB_ACL, "Sum")
