"""How many of each kind stand in an account by its own API, to be held against Terraform's state.

A kind is counted however it came to be: what was made twice counts twice, what was lost not at all.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from tests.apply.emulated import BUCKET, Emulated

ALIKE = {
    "aws_default_route_table": "aws_route_table",
    "aws_default_security_group": "aws_security_group",
    "aws_vpc_security_group_egress_rule": "aws_vpc_security_group_ingress_rule",
}
"""Types that the API does not tell apart."""


def standing(aws: Emulated) -> Counter[str]:
    """How many there are of each type in the account."""
    return Counter({kind: len(list(count(aws))) for kind, count in _KINDS.items()})


def in_state(state: Mapping[str, Any]) -> Counter[str]:
    """How many there are of each of these types in a state."""
    counts: Counter[str] = Counter()
    for resource in state["resources"]:
        name = str(resource["type"])
        kind = ALIKE.get(name, name)
        if kind in _KINDS:
            counts[kind] += len(resource["instances"])
    return counts


def _vpcs(aws: Emulated) -> list[str]:
    return [
        each["VpcId"] for each in aws.client("ec2").describe_vpcs()["Vpcs"] if not each["IsDefault"]
    ]


def _within(operation: str, key: str) -> Callable[[Emulated], Any]:
    """What lies in the VPCs that are not the account's own."""

    def rows(aws: Emulated) -> Any:
        filters = [{"Name": "vpc-id", "Values": _vpcs(aws) or ["none"]}]
        return getattr(aws.client("ec2"), operation)(Filters=filters)[key]

    return rows


def _all(service: str, operation: str, key: str) -> Callable[[Emulated], Any]:
    return lambda aws: getattr(aws.client(service), operation)()[key]


def _rules(aws: Emulated) -> Any:
    groups = [
        each["GroupId"] for each in _within("describe_security_groups", "SecurityGroups")(aws)
    ]
    filters = [{"Name": "group-id", "Values": groups or ["none"]}]
    return aws.client("ec2").describe_security_group_rules(Filters=filters)["SecurityGroupRules"]


def _routes(aws: Emulated) -> Any:
    tables = _within("describe_route_tables", "RouteTables")(aws)
    return [
        route
        for table in tables
        for route in table["Routes"]
        if route.get("GatewayId") != "local" and not route.get("GatewayId", "").startswith("vpce")
    ]


def _associations(aws: Emulated) -> Any:
    tables = _within("describe_route_tables", "RouteTables")(aws)
    return [one for table in tables for one in table["Associations"] if one.get("SubnetId")]


def _keys(aws: Emulated) -> Any:
    kms = aws.client("kms")
    keys = [
        kms.describe_key(KeyId=each["KeyId"])["KeyMetadata"] for each in kms.list_keys()["Keys"]
    ]
    return [key for key in keys if key["KeyManager"] == "CUSTOMER" and key["Enabled"]]


def _aliases(aws: Emulated) -> Any:
    aliases = aws.client("kms").list_aliases()["Aliases"]
    return [each for each in aliases if not each["AliasName"].startswith("alias/aws/")]


def _roles(aws: Emulated) -> Any:
    roles = aws.client("iam").list_roles()["Roles"]
    return [each for each in roles if not each["Path"].startswith("/aws-service-role/")]


def _role_policies(aws: Emulated) -> Any:
    iam = aws.client("iam")
    return [
        name
        for role in _roles(aws)
        for name in iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
    ]


def _listeners(aws: Emulated) -> Any:
    balancing = aws.client("elbv2")
    return [
        listener
        for each in balancing.describe_load_balancers()["LoadBalancers"]
        for listener in balancing.describe_listeners(LoadBalancerArn=each["LoadBalancerArn"])[
            "Listeners"
        ]
    ]


def _buckets(aws: Emulated) -> Any:
    buckets = aws.client("s3").list_buckets()["Buckets"]
    return [each for each in buckets if each["Name"] != BUCKET]


_KINDS: Mapping[str, Callable[[Emulated], Any]] = {
    "aws_vpc": _vpcs,
    "aws_subnet": _within("describe_subnets", "Subnets"),
    "aws_internet_gateway": _all("ec2", "describe_internet_gateways", "InternetGateways"),
    "aws_eip": _all("ec2", "describe_addresses", "Addresses"),
    "aws_nat_gateway": _all("ec2", "describe_nat_gateways", "NatGateways"),
    "aws_route_table": _within("describe_route_tables", "RouteTables"),
    "aws_route": _routes,
    "aws_route_table_association": _associations,
    "aws_vpc_endpoint": _within("describe_vpc_endpoints", "VpcEndpoints"),
    "aws_flow_log": _all("ec2", "describe_flow_logs", "FlowLogs"),
    "aws_security_group": _within("describe_security_groups", "SecurityGroups"),
    "aws_vpc_security_group_ingress_rule": _rules,
    "aws_launch_template": _all("ec2", "describe_launch_templates", "LaunchTemplates"),
    "aws_autoscaling_group": _all(
        "autoscaling", "describe_auto_scaling_groups", "AutoScalingGroups"
    ),
    "aws_autoscaling_policy": _all("autoscaling", "describe_policies", "ScalingPolicies"),
    "aws_lb": _all("elbv2", "describe_load_balancers", "LoadBalancers"),
    "aws_lb_target_group": _all("elbv2", "describe_target_groups", "TargetGroups"),
    "aws_lb_listener": _listeners,
    "aws_s3_bucket": _buckets,
    "aws_cloudwatch_log_group": _all("logs", "describe_log_groups", "logGroups"),
    "aws_kms_key": _keys,
    "aws_kms_alias": _aliases,
    "aws_iam_role": _roles,
    "aws_iam_role_policy": _role_policies,
    "aws_cloudwatch_metric_alarm": _all("cloudwatch", "describe_alarms", "MetricAlarms"),
    "aws_sns_topic": _all("sns", "list_topics", "Topics"),
    "aws_iam_instance_profile": _all("iam", "list_instance_profiles", "InstanceProfiles"),
}
