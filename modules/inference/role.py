"""What an instance may do in AWS: be managed, log, and report on its own launch."""

from cdktf import TerraformLocal
from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from modules.base.iam import allow, policy, trust
from modules.base.machine import SYSTEMS_MANAGER, allow_models
from modules.inference.interface import InferenceInputs


def instance_profile(scope: Construct, inputs: InferenceInputs) -> IamInstanceProfile:
    """A role with the least rights that work, and the profile that hands it to instances."""
    role = IamRole(
        scope,
        "aws_iam_role.instance",
        name=f"{inputs.name}-instance",
        description="An instance of the translator",
        assume_role_policy=trust("ec2.amazonaws.com"),
        permissions_boundary=inputs.permissions_boundary_arn,
    )
    group = f"autoScalingGroup:*:autoScalingGroupName/{inputs.name}"
    statements = {
        "systems-manager": allow(SYSTEMS_MANAGER, ["*"]),
        "lifecycle": allow(
            [
                "autoscaling:CompleteLifecycleAction",
                "autoscaling:RecordLifecycleActionHeartbeat",
            ],
            [f"arn:aws:autoscaling:{inputs.region}:{inputs.account_id}:{group}"],
        ),
        "metrics": allow(
            ["cloudwatch:PutMetricData"],
            ["*"],
            condition={"StringEquals": {"cloudwatch:namespace": inputs.metrics_namespace}},
        ),
    }
    rights = [
        IamRolePolicy(
            scope,
            f"aws_iam_role_policy.{name.replace('-', '_')}",
            name=name,
            role=role.name,
            policy=policy(statement),
        )
        for name, statement in statements.items()
    ]
    return IamInstanceProfile(
        scope,
        "aws_iam_instance_profile.this",
        name=f"{inputs.name}-instance",
        role=role.name,
        # An instance needs its rights from its first minute to its last.
        depends_on=[*rights, _logging(scope, role), allow_models(scope, role)],
    )


def _logging(scope: Construct, role: IamRole) -> IamRolePolicy:
    """Writing to the log groups it was given. Streams only: the groups, encrypted, exist."""
    resources = TerraformLocal(
        scope, "local.log_streams", '${[for arn in var.log_group_arns : "${arn}:log-stream:*"]}'
    )
    return IamRolePolicy(
        scope,
        "aws_iam_role_policy.logs",
        name="logs",
        role=role.name,
        policy=policy(
            allow(
                ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                resources.as_list,
            )
        ),
    )
