"""What the machines that make images may do in AWS, and what removes old ones."""

from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from modules.base.iam import allow, policy, trust
from modules.base.machine import SYSTEMS_MANAGER, allow_models
from modules.image.interface import ImageInputs


def instance_profile(scope: Construct, inputs: ImageInputs) -> IamInstanceProfile:
    """Take Image Builder's commands, fetch the components and log; nothing else.

    Less than AWS's own EC2InstanceProfileForImageBuilder, which would also read every component of
    the account.
    """
    role = IamRole(
        scope,
        "aws_iam_role.build",
        name=f"{inputs.name}-image-build",
        description="A machine that makes or tests an image of the translator",
        assume_role_policy=trust("ec2.amazonaws.com"),
        permissions_boundary=inputs.permissions_boundary_arn,
    )
    account = f"{inputs.region}:{inputs.account_id}"
    group = f"arn:aws:logs:{account}:log-group:/aws/imagebuilder/{inputs.name}"
    statements = [
        # Image Builder runs everything through Systems Manager's Run Command.
        allow(
            SYSTEMS_MANAGER,
            ["*"],
            condition={"ArnLike": {"ec2:SourceInstanceARN": f"arn:aws:ec2:{account}:instance/*"}},
        ),
        allow(
            ["imagebuilder:GetComponent"],
            [f"arn:aws:imagebuilder:{account}:component/{inputs.name}-*"],
        ),
        allow(["s3:GetObject"], [f"arn:aws:s3:::ec2imagebuilder-*-{inputs.region}-prod/*"]),
        allow(
            ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            [group, f"{group}:log-stream:*"],
        ),
    ]
    rights = IamRolePolicy(
        scope,
        "aws_iam_role_policy.build",
        name="image-build",
        role=role.name,
        policy=policy(*statements),
    )
    return IamInstanceProfile(
        scope,
        "aws_iam_instance_profile.build",
        name=f"{inputs.name}-image-build",
        role=role.name,
        depends_on=[rights, allow_models(scope, role)],
    )


def cleaner(scope: Construct, inputs: ImageInputs) -> IamRole:
    """Remove images that Image Builder made, with their snapshots.

    The part of AWS's EC2ImageBuilderLifecycleExecutionPolicy that deletes.
    """
    role = IamRole(
        scope,
        "aws_iam_role.cleaner",
        name=f"{inputs.name}-image-cleaner",
        description="Removes old images of the translator",
        assume_role_policy=trust("imagebuilder.amazonaws.com"),
        permissions_boundary=inputs.permissions_boundary_arn,
    )
    made_by_it = {"StringEquals": {"aws:ResourceTag/CreatedBy": "EC2 Image Builder"}}
    images = f"arn:aws:imagebuilder:{inputs.region}:{inputs.account_id}:image/{inputs.name}/*"
    IamRolePolicy(
        scope,
        "aws_iam_role_policy.cleaner",
        name="image-cleaner",
        role=role.name,
        policy=policy(
            allow(
                ["ec2:DeregisterImage", "ec2:DescribeImageAttribute"],
                [f"arn:aws:ec2:{inputs.region}::image/*"],
                condition=made_by_it,
            ),
            allow(
                ["ec2:DeleteSnapshot"],
                [f"arn:aws:ec2:{inputs.region}::snapshot/*"],
                condition=made_by_it,
            ),
            allow(["imagebuilder:DeleteImage"], [images]),
            allow(["ec2:DescribeImages", "tag:GetResources"], ["*"]),
        ),
    )
    return role
