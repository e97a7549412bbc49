"""Changes to our production plan, one for each sentence that the corpus has no plan for.

The corpus plans what people write; these are the other places at which a requirement can speak:
what a plan says of itself, what stands outside of it, and what nobody can tell.
"""

import json
from collections.abc import Callable
from typing import Any

from tests.policy.mutation.draft import Draft

Edit = Callable[[Draft], None]

PAGE = "module.frontend.aws_cloudfront_distribution.ui"
CONTROL = "module.frontend.aws_cloudfront_origin_access_control.ui"
BUCKET_POLICY = "module.frontend.aws_s3_bucket_policy.ui"
BUCKET_BLOCK = "module.frontend.aws_s3_bucket_public_access_block.ui"
THIS_BUCKET = {"bucket": "${aws_s3_bucket.ui.id}"}
GROUP = "module.inference.aws_autoscaling_group.this"
FLOW_LOG = "module.network.aws_flow_log.this"
FLOW_GROUP = "module.network.aws_cloudwatch_log_group.flow_logs"
NOBODY_KNOWS = "${uuid()}"


def put(address: str, *path: str | int, value: Any) -> Edit:
    """Give an attribute a value that the plan knows."""
    return lambda draft: draft.put(address, path, value)


def refer(address: str, *path: str | int, text: Any) -> Edit:
    """Give an attribute a value that the plan does not know."""
    return lambda draft: draft.refer(address, path, text)


def add(address: str, known: dict[str, Any], unknown: dict[str, Any]) -> Edit:
    """Add a resource."""
    return lambda draft: draft.add(address, known, unknown)


def says(key: str, value: Any) -> Edit:
    """Have the plan say something of itself; None for nothing."""

    def change(draft: Draft) -> None:
        draft.document.pop(key, None)
        if value is not None:
            draft.document[key] = value

    return change


def lets_in(**statement: Any) -> Edit:
    """Allow a principal to read the page's bucket."""
    allowed = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **statement}
    policy = {"Version": "2012-10-17", "Statement": [allowed]}
    return put(BUCKET_POLICY, "policy", value=json.dumps(policy))


def _not_in_the_configuration(draft: Draft) -> None:
    del draft.text("network")["resource"]["aws_flow_log"]


def _of_another_provider(draft: Draft) -> None:
    draft.change(PAGE)["provider_name"] = "registry.terraform.io/example/aws"


def _provisioned(draft: Draft) -> None:
    for resource in draft.configuration("network")["resources"]:
        if resource["address"] == "aws_flow_log.this":
            resource["provisioners"] = [{"type": "local-exec"}]


def _logged_by_subnet(*missing: str) -> Edit:
    """Log the subnets one by one, without those that are missing."""

    def change(draft: Draft) -> None:
        draft.drop(FLOW_LOG)
        destination = {"log_destination": "${aws_cloudwatch_log_group.flow_logs.arn}"}
        for kind in ("private", "public"):
            for zone in "abc":
                if f"{kind} {zone}" not in missing:
                    subnet = f'aws_subnet.{kind}["eu-west-1{zone}"].id'
                    draft.add(
                        f"module.network.aws_flow_log.{kind}_{zone}",
                        {"traffic_type": "ALL"},
                        {"subnet_id": f"${{{subnet}}}", **destination},
                    )

    return change


CLOUDFRONT = {"Principal": {"Service": "cloudfront.amazonaws.com"}}

BREAKING: dict[str, dict[str, Edit]] = {
    "ui-origin": {
        "is not here, so it may not sign": put(
            PAGE, "origin", 0, "origin_access_control_id", value="E2QWRUHAPOMQZL"
        ),
        "cannot be told (": refer(PAGE, "origin", 0, "origin_access_control_id", text=NOBODY_KNOWS),
        "without an origin access control": put(
            PAGE, "origin", 0, "origin_access_control_id", value=""
        ),
        "signing_behavior = no-override": put(CONTROL, "signing_behavior", value="no-override"),
        "no bucket of this plan: page.example.com": put(
            PAGE, "origin", 0, "domain_name", value="page.example.com"
        ),
        "a bucket's website endpoint": put(
            PAGE, "origin", 0, "domain_name", value="page.s3-website.eu-west-1.amazonaws.com"
        ),
        "Nothing blocks public access": lambda draft: draft.drop(BUCKET_BLOCK),
        "leaves public access open: ignore_public_acls": put(
            BUCKET_BLOCK, "ignore_public_acls", value=False
        ),
        "opens another way into": add(
            "module.frontend.aws_s3_access_point.page", {"name": "page"}, THIS_BUCKET
        ),
        "by the ACL public-read": add(
            "module.frontend.aws_s3_bucket_acl.page", {"acl": "public-read"}, THIS_BUCKET
        ),
        "a website, which speaks plain HTTP": add(
            "module.frontend.aws_s3_bucket_website_configuration.page",
            {"index_document": [{"suffix": "index.html"}]},
            THIS_BUCKET,
        ),
        "allows everybody.": lets_in(Principal="*"),
        "allows everybody but those it names": lets_in(NotPrincipal={"AWS": "123456789012"}),
        "allows principals that cannot be told": lets_in(),
        "allows a principal that cannot be told": lets_in(
            Principal={"Federated": "idp.example.com"}
        ),
        "allows an origin access identity": lets_in(
            Principal={
                "AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E127EXAMPLE"
            }
        ),
        "allows 123456789012, which is no role or user": lets_in(Principal={"AWS": "123456789012"}),
        "allows the service ec2.amazonaws.com": lets_in(Principal={"Service": "ec2.amazonaws.com"}),
        "any distribution of any account": lets_in(**CLOUDFRONT),
        "allows CloudFront on behalf of any": lets_in(
            **CLOUDFRONT, Condition={"StringEquals": {"AWS:SourceAccount": "123456789012"}}
        ),
    },
    "plan-whole": {
        "The plan is errored": says("errored", value=True),
        "does not say whether it is errored": says("errored", None),
        "The plan is partial": says("complete", value=False),
        "does not say whether it is complete": says("complete", None),
        "defers changes to a later run": says("deferred_changes", [{"reason": "absent_prereq"}]),
        "is in the plan but not in the configuration": _not_in_the_configuration,
    },
    "known-types": {
        "is not in the gate's table of types": add("module.network.aws_unheard_of.this", {}, {}),
        "is made by the provider registry.terraform.io/example/aws": _of_another_provider,
    },
    "hidden-resources": {
        "invokes provider actions": says("action_invocations", [{"address": "action.aws_x.y"}]),
        "runs a provisioner": _provisioned,
        "The target runs a command on the instances": add(
            "module.network.aws_cloudwatch_event_target.command",
            {"arn": "", "run_command_targets": [{"key": "InstanceIds", "values": ["i-0"]}]},
            {},
        ),
        "The action runs an SSM document": add(
            "module.network.aws_fis_experiment_template.command",
            {"action": [{"name": "a", "action_id": "aws:ssm:send-command"}]},
            {},
        ),
    },
    "instance-private": {
        "stand in the subnet subnet-0123456789abcdef0": put(
            GROUP, "vpc_zone_identifier", value=["subnet-0123456789abcdef0"]
        ),
        "stand in the subnet (": refer(GROUP, "vpc_zone_identifier", text=[NOBODY_KNOWS]),
    },
    "vpc-flow-logs": {
        "has no flow log of all its traffic": _logged_by_subnet("private b"),
        "destination is no log group of this plan": put(
            FLOW_LOG,
            "log_destination",
            value="arn:aws:logs:eu-west-1:123456789012:log-group:elsewhere",
        ),
        "has no KMS key": put(FLOW_GROUP, "kms_key_id", value=""),
    },
}
"""By requirement: what it says, and what is said so of."""

HARMLESS: dict[str, dict[str, Edit]] = {
    "ui-origin": {
        "uploads by one role": lets_in(Principal={"AWS": "arn:aws:iam::123456789012:role/uploads"}),
        "logs delivered": lets_in(Principal={"Service": "delivery.logs.amazonaws.com"}),
        "a private ACL": add(
            "module.frontend.aws_s3_bucket_acl.page", {"acl": "private"}, THIS_BUCKET
        ),
    },
    "vpc-flow-logs": {
        "every subnet logged": _logged_by_subnet(),
        "in a bucket": put(FLOW_LOG, "log_destination_type", value="s3"),
    },
}
"""By requirement: what looks alike and breaks nothing."""
