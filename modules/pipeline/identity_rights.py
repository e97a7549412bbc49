"""What the apply role may change of roles, and what no role of the pipeline may touch.

Whoever may make roles can make one that is mightier than himself, and take it. So every role that
the stack makes must have the boundary, which allows no IAM at all; and nothing that holds the
pipeline itself can be changed by it.
"""

from typing import Any

from modules.base.iam import allow, deny
from modules.pipeline.belonging import PATH, Belonging

SERVICES = ["ec2.amazonaws.com", "imagebuilder.amazonaws.com", "vpc-flow-logs.amazonaws.com"]
"""To whom the stack's roles may be handed."""

LINKED_SERVICES = [
    "autoscaling.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "imagebuilder.amazonaws.com",
    "wafv2.amazonaws.com",
]
"""Whose own roles, which AWS writes, a first use makes."""

_CHANGES = [
    "Add",
    "Attach",
    "Create",
    "Delete",
    "Detach",
    "PassRole",
    "Put",
    "Remove",
    "Set",
    "Tag",
    "Untag",
    "Update",
    "Upload",
]
"""What the names of IAM's changing actions begin with."""


def identity_rights(mine: Belonging) -> list[dict[str, Any]]:
    """The statements."""
    name = mine.inputs.name
    profiles = mine.regionless_arn("iam", f"instance-profile/{name}-*")
    return [
        allow(
            [
                "iam:CreateRole",
                "iam:DeleteRolePolicy",
                "iam:PutRolePermissionsBoundary",
                "iam:PutRolePolicy",
            ],
            [mine.roles],
            condition={"StringEquals": {"iam:PermissionsBoundary": mine.boundary}},
        ),
        allow(
            [
                "iam:DeleteRole",
                "iam:TagRole",
                "iam:UntagRole",
                "iam:UpdateAssumeRolePolicy",
                "iam:UpdateRole",
                "iam:UpdateRoleDescription",
            ],
            [mine.roles],
        ),
        allow(
            ["iam:PassRole"],
            [mine.roles],
            condition={"StringEquals": {"iam:PassedToService": SERVICES}},
        ),
        allow(
            [
                "iam:AddRoleToInstanceProfile",
                "iam:CreateInstanceProfile",
                "iam:DeleteInstanceProfile",
                "iam:RemoveRoleFromInstanceProfile",
                "iam:TagInstanceProfile",
                "iam:UntagInstanceProfile",
            ],
            [profiles, mine.roles],
        ),
        allow(
            ["iam:CreateServiceLinkedRole"],
            [mine.regionless_arn("iam", "role/aws-service-role/*")],
            condition={"StringEquals": {"iam:AWSServiceName": LINKED_SERVICES}},
        ),
        allow(
            [
                "iam:DeleteServiceLinkedRole",
                "iam:GetServiceLinkedRoleDeletionStatus",
                "iam:TagRole",
                "iam:UntagRole",
                "iam:UpdateRoleDescription",
            ],
            [
                mine.regionless_arn(
                    "iam", f"role/aws-service-role/autoscaling.amazonaws.com/*_{name}"
                )
            ],
        ),
    ]


def self_protection(mine: Belonging) -> list[dict[str, Any]]:
    """What stays forbidden whatever else is allowed: the pipeline's own roles, policies, trust.

    And the state's bucket, in which every earlier state must stay.
    """
    own = [mine.regionless_arn("iam", f"{kind}/{PATH}/*") for kind in ("policy", "role")]
    return [
        deny([f"iam:{change}*" for change in _CHANGES], [*own, mine.provider]),
        deny(["iam:DeleteRolePermissionsBoundary"], [mine.regionless_arn("iam", "role/*")]),
        deny(
            [
                "s3:DeleteBucket",
                "s3:DeleteBucketPolicy",
                "s3:PutBucketAcl",
                "s3:PutBucketOwnershipControls",
                "s3:PutBucketPolicy",
                "s3:PutBucketPublicAccessBlock",
                "s3:PutBucketVersioning",
                "s3:PutEncryptionConfiguration",
                "s3:PutLifecycleConfiguration",
            ],
            [mine.bucket],
        ),
        deny(["s3:DeleteObject", "s3:DeleteObjectVersion"], [mine.state]),
    ]
