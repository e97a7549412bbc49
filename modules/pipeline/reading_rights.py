"""What planning reads: every resource of the stack as it is, and the state.

Values are read only where they are the stack's own: no other bucket, no parameter, no secret.
"""

from typing import Any

from modules.base.iam import allow
from modules.pipeline.belonging import Belonging

_DESCRIPTIONS = [
    "acm:DescribeCertificate",
    "acm:ListTagsForCertificate",
    "autoscaling:Describe*",
    "budgets:ListTagsForResource",
    "budgets:ViewBudget",
    "cloudfront:Get*",
    "cloudfront:ListTagsForResource",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetDashboard",
    "cloudwatch:ListTagsForResource",
    "ec2:Describe*",
    "ec2:GetTransitGatewayAttachmentPropagations",
    "elasticloadbalancing:Describe*",
    "imagebuilder:Get*",
    "imagebuilder:List*",
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListAliases",
    "kms:ListResourceTags",
    "logs:Describe*",
    "logs:GetDelivery",
    "logs:GetDeliveryDestination",
    "logs:GetDeliverySource",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:ListTagsForResource",
    "route53:GetChange",
    "route53:GetHostedZone",
    "route53:ListResourceRecordSets",
    "sns:GetSubscriptionAttributes",
    "sns:GetTopicAttributes",
    "sns:ListTagsForResource",
    "wafv2:Get*",
    "wafv2:ListTagsForResource",
]
"""How things are set, in whatever stack: most of these know no narrower resource."""

_IDENTITIES = [
    "iam:GetInstanceProfile",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
    "iam:ListRoleTags",
]

_BUCKETS = [
    "s3:GetAccelerateConfiguration",
    "s3:GetBucket*",
    "s3:GetEncryptionConfiguration",
    "s3:GetLifecycleConfiguration",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
]


def reading_rights(mine: Belonging) -> list[dict[str, Any]]:
    """The statements."""
    name = mine.inputs.name
    linked = mine.regionless_arn("iam", f"role/aws-service-role/autoscaling.amazonaws.com/*_{name}")
    return [
        allow(_DESCRIPTIONS, ["*"], condition=mine.regional()),
        allow(
            _IDENTITIES,
            [mine.roles, mine.regionless_arn("iam", f"instance-profile/{name}-*"), linked],
        ),
        allow(_BUCKETS, [f"arn:aws:s3:::{name}-*"]),
        allow(["s3:GetObject", "s3:GetObjectTagging"], [f"arn:aws:s3:::{name}-ui-*/*"]),
    ]


def state_rights(mine: Belonging, *, writing: bool) -> list[dict[str, Any]]:
    """Reading the state and its versions, locking it, and, for whoever applies, writing it.

    Args:
        mine: The environment.
        writing: Whether the state itself may be written.
    """
    lock = f"{mine.state}.tflock"
    listed = {"StringLike": {"s3:prefix": f"{mine.state_key}*"}}
    # The key of the state is whichever the bucket encrypts with: its use is bounded by what it
    # opens. With a bucket key that is the bucket, without one the object.
    opened = {
        "StringEquals": {"kms:ViaService": f"s3.{mine.state_region}.amazonaws.com"},
        "StringLike": {"kms:EncryptionContext:aws:s3:arn": [mine.bucket, f"{mine.state}*"]},
    }
    key = f"arn:aws:kms:{mine.state_region}:{mine.inputs.account_id}:key/*"
    statements = [
        allow(["s3:ListBucket", "s3:ListBucketVersions"], [mine.bucket], condition=listed),
        allow(["s3:GetObject", "s3:GetObjectVersion"], [mine.state]),
        allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], [lock]),
        allow(["kms:Decrypt", "kms:GenerateDataKey"], [key], condition=opened),
    ]
    return [*statements, allow(["s3:PutObject"], [mine.state])] if writing else statements
