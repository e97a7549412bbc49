"""The most that roles can be allowed: those that the stack makes, and the one that makes them."""

from typing import Any

from modules.base.iam import allow, deny
from modules.pipeline.belonging import Belonging
from modules.pipeline.identity_rights import self_protection

_SERVICES_NEED = [
    "autoscaling:CompleteLifecycleAction",
    "autoscaling:RecordLifecycleActionHeartbeat",
    "cloudwatch:PutMetricData",
    "ec2:DeleteSnapshot",
    "ec2:DeregisterImage",
    "ec2:DescribeImageAttribute",
    "ec2:DescribeImages",
    "imagebuilder:DeleteImage",
    "imagebuilder:GetComponent",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "s3:GetObject",
    "s3:ListBucket",
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "tag:GetResources",
]


def stack_boundary(mine: Belonging) -> list[dict[str, Any]]:
    """Of the stack's roles: what an instance, an image and flow logs need, and no IAM."""
    return [
        allow(_SERVICES_NEED, ["*"], condition=mine.regional()),
        deny(["s3:*"], [mine.bucket, f"{mine.bucket}/*"]),
    ]


_PIPELINE_NEEDS = [
    "acm:*",
    "autoscaling:*",
    "budgets:*",
    "cloudfront:*",
    "cloudwatch:*",
    "ec2:*",
    "elasticloadbalancing:*",
    "iam:*InstanceProfile*",
    "iam:*Role",
    "iam:*RoleDeletionStatus",
    "iam:*RoleDescription",
    "iam:*RolePermissionsBoundary",
    "iam:*RolePolic*",
    "iam:*RoleTags",
    "imagebuilder:*",
    "kms:*",
    "logs:*",
    "route53:*",
    "s3:*",
    "sns:*",
    "wafv2:*",
]


def ceiling(mine: Belonging) -> list[dict[str, Any]]:
    """Of the pipeline's own roles, should anyone give them more: these services, in two regions.

    A boundary allows nothing by itself; it takes away. So it may name whole services. Of IAM it
    leaves roles and instance profiles: no users, keys, policies or providers.
    """
    return [allow(_PIPELINE_NEEDS, ["*"], condition=mine.regional()), *self_protection(mine)]
