"""Instances, the groups they are launched in, and what leads to them."""

from collections.abc import Iterator

from harness.recover.account import Account
from harness.recover.identity.known import Find, Found, Identities, Left
from harness.recover.planned import Planned

BY_NAME = "its name"


def _security_group(want: Planned, account: Account) -> Iterator[Found]:
    filters = [
        {"Name": "vpc-id", "Values": [want["vpc_id"]]},
        {"Name": "group-name", "Values": [want["name"]]},
    ]
    operation, path = "describe_security_groups", "SecurityGroups"
    for row in account.rows("ec2", want.region, operation, path, Filters=filters):
        yield Found(row["GroupId"], "its VPC and name")


def _rule(*, egress: bool) -> Find:
    def find(want: Planned, account: Account) -> Iterator[Found]:
        everything = want["ip_protocol"] == "-1"
        wanted = (
            want["ip_protocol"],
            -1 if everything else want["from_port"],
            -1 if everything else want["to_port"],
            want["cidr_ipv4"],
            want["cidr_ipv6"],
            want["prefix_list_id"],
            want["referenced_security_group_id"],
        )
        filters = [{"Name": "group-id", "Values": [want["security_group_id"]]}]
        operation, path = "describe_security_group_rules", "SecurityGroupRules"
        for row in account.rows("ec2", want.region, operation, path, Filters=filters):
            stands = (
                row["IpProtocol"],
                row.get("FromPort"),
                row.get("ToPort"),
                row.get("CidrIpv4"),
                row.get("CidrIpv6"),
                row.get("PrefixListId"),
                row.get("ReferencedGroupInfo", {}).get("GroupId"),
            )
            if row["IsEgress"] is egress and stands == wanted:
                yield Found(row["SecurityGroupRuleId"], "its group and what it lets through")

    return find


def _launch_template(want: Planned, account: Account) -> Iterator[Found]:
    filters = [{"Name": "launch-template-name", "Values": [want["name"]]}]
    operation, path = "describe_launch_templates", "LaunchTemplates"
    for row in account.rows("ec2", want.region, operation, path, Filters=filters):
        yield Found(row["LaunchTemplateId"], BY_NAME)


def _group(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"AutoScalingGroupNames": [want["name"]]}
    operation, path = "describe_auto_scaling_groups", "AutoScalingGroups"
    for row in account.rows("autoscaling", want.region, operation, path, **asked):
        yield Found(want["name"], BY_NAME, row["AutoScalingGroupARN"])


def _policy(want: Planned, account: Account) -> Iterator[Found]:
    group, name = want["autoscaling_group_name"], want["name"]
    asked = {"AutoScalingGroupName": group, "PolicyNames": [name]}
    operation, path = "describe_policies", "ScalingPolicies"
    for _ in account.rows("autoscaling", want.region, operation, path, **asked):
        yield Found(f"{group}/{name}", "its group and name")


def _schedule(want: Planned, account: Account) -> Iterator[Found]:
    group, name = want["autoscaling_group_name"], want["scheduled_action_name"]
    asked = {"AutoScalingGroupName": group, "ScheduledActionNames": [name]}
    operation, path = "describe_scheduled_actions", "ScheduledUpdateGroupActions"
    for _ in account.rows("autoscaling", want.region, operation, path, **asked):
        yield Found(f"{group}/{name}", "its group and name")


def _balancer(kind: str, absent: str, operation: str) -> Find:
    def find(want: Planned, account: Account) -> Iterator[Found]:
        answer = account.one("elbv2", want.region, operation, absent, Names=[want["name"]])
        for row in (answer or {}).get(f"{kind}s", []):
            yield Found(row[f"{kind}Arn"], BY_NAME)

    return find


def _listener(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"LoadBalancerArn": want["load_balancer_arn"]}
    for row in account.rows("elbv2", want.region, "describe_listeners", "Listeners", **asked):
        if row["Port"] == want["port"]:
            yield Found(row["ListenerArn"], "its load balancer and port")


COMPUTE: Identities = {
    "aws_security_group": _security_group,
    "aws_vpc_security_group_ingress_rule": _rule(egress=False),
    "aws_vpc_security_group_egress_rule": _rule(egress=True),
    "aws_launch_template": _launch_template,
    "aws_autoscaling_group": _group,
    "aws_autoscaling_policy": _policy,
    "aws_autoscaling_schedule": _schedule,
    "aws_autoscaling_notification": Left(
        "it cannot be imported, and AWS keeps one for a group and topic: putting it again is the"
        " same"
    ),
    "aws_lb": _balancer("LoadBalancer", "LoadBalancerNotFound", "describe_load_balancers"),
    "aws_lb_target_group": _balancer(
        "TargetGroup", "TargetGroupNotFound", "describe_target_groups"
    ),
    "aws_lb_listener": _listener,
}
