"""Listeners, rules and targets at our load balancers, and load balancers in our VPCs."""

from collections.abc import Iterator, Mapping
from typing import Any

from harness.recover.account import Account
from harness.unmanaged.rules import launched
from harness.unmanaged.state import State
from harness.unmanaged.stranger import Stranger

BALANCERS = ("aws_lb", "aws_alb")
LISTENERS = ("aws_lb_listener", "aws_alb_listener")
RULES = ("aws_lb_listener_rule", "aws_alb_listener_rule")
TARGETS = ("aws_lb_target_group", "aws_alb_target_group")

LEAVING = {"draining", "unused"}
"""Targets that get nothing new."""


def listeners(state: State, account: Account) -> Iterator[Stranger]:
    """Listeners of our load balancers, and rules of our listeners."""
    known, known_rules = state.ids(*LISTENERS), state.ids(*RULES)
    for region, balancers in state.by_region(*BALANCERS).items():
        for arn, address in balancers.items():
            found = account.rows(
                "elbv2", region, "describe_listeners", "Listeners", LoadBalancerArn=arn
            )
            for each in found:
                if each["ListenerArn"] not in known:
                    yield _listener(address, region, each)
    for region, ours in state.by_region(*LISTENERS).items():
        for arn, address in ours.items():
            for each in account.rows("elbv2", region, "describe_rules", "Rules", ListenerArn=arn):
                if not each["IsDefault"] and each["RuleArn"] not in known_rules:
                    yield Stranger(
                        address,
                        f"a rule that {_does(each['Actions'])} ({each['RuleArn']})",
                        f"aws elbv2 delete-rule --region {region} --rule-arn {each['RuleArn']}",
                    )


def targets(state: State, account: Account) -> Iterator[Stranger]:
    """What is registered with our target groups and was not launched by our groups."""
    for region, groups in state.by_region(*TARGETS).items():
        found = [
            (arn, each["Target"]["Id"])
            for arn in groups
            for each in account.rows(
                "elbv2",
                region,
                "describe_target_health",
                "TargetHealthDescriptions",
                TargetGroupArn=arn,
            )
            if each["TargetHealth"]["State"] not in LEAVING
        ]
        ours = state.ids("aws_instance") | set(launched(state, account, region))
        for arn, name in found:
            if name not in ours:
                yield Stranger(
                    groups[arn],
                    f"the target {name}, which gets users' texts",
                    f"aws elbv2 deregister-targets --region {region} --target-group-arn {arn}"
                    f" --targets Id={name}",
                )


def balancers(state: State, account: Account) -> Iterator[Stranger]:
    """Load balancers and target groups in our VPCs, the classic ones included."""
    known = state.ids(*BALANCERS, *TARGETS, "aws_elb")
    for region, vpcs in state.by_region("aws_vpc").items():
        for each in account.rows("elbv2", region, "describe_load_balancers", "LoadBalancers"):
            arn = each["LoadBalancerArn"]
            if each.get("VpcId") in vpcs and arn not in known:
                yield Stranger(
                    vpcs[each["VpcId"]],
                    f"the {each['Scheme']} load balancer {each['LoadBalancerName']} ({arn})",
                    f"aws elbv2 delete-load-balancer --region {region} --load-balancer-arn {arn}",
                )
        for each in account.rows("elbv2", region, "describe_target_groups", "TargetGroups"):
            arn = each["TargetGroupArn"]
            if each.get("VpcId") in vpcs and arn not in known:
                yield Stranger(
                    vpcs[each["VpcId"]],
                    f"the target group {each['TargetGroupName']} ({arn})",
                    f"aws elbv2 delete-target-group --region {region} --target-group-arn {arn}",
                )
        path = "LoadBalancerDescriptions"
        for each in account.rows("elb", region, "describe_load_balancers", path):
            name = each["LoadBalancerName"]
            if each.get("VPCId") in vpcs and name not in known:
                yield Stranger(
                    vpcs[each["VPCId"]],
                    f"the {each['Scheme']} classic load balancer {name}",
                    f"aws elb delete-load-balancer --region {region} --load-balancer-name {name}",
                )


def _listener(address: str, region: str, listener: Mapping[str, Any]) -> Stranger:
    arn = listener["ListenerArn"]
    return Stranger(
        address,
        f"a listener for {listener['Protocol']} on {listener['Port']} that"
        f" {_does(listener['DefaultActions'])} ({arn})",
        f"aws elbv2 delete-listener --region {region} --listener-arn {arn}",
    )


def _does(actions: list[Mapping[str, Any]]) -> str:
    last = actions[-1] if actions else {"Type": "nothing"}
    to = last.get("TargetGroupArn", "").rpartition("targetgroup/")[2].partition("/")[0]
    return {
        "fixed-response": "answers by itself",
        "forward": f"forwards to {to or 'several target groups'}",
        "redirect": "redirects",
    }.get(last["Type"], f"does {last['Type']}")
