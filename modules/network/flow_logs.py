"""A record of who spoke with whom."""

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.flow_log import FlowLog
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct

from modules.base.iam import allow, policy, trust
from modules.network.interface import NetworkInputs


def flow_logs(scope: Construct, inputs: NetworkInputs, vpc: Vpc) -> None:
    """All traffic's headers to an encrypted log group, a record a minute."""
    group = CloudwatchLogGroup(
        scope,
        "aws_cloudwatch_log_group.flow_logs",
        name=f"/{inputs.name}/flow-logs",
        retention_in_days=inputs.log_retention_days,
        kms_key_id=inputs.log_key_arn,
    )
    role = IamRole(
        scope,
        "aws_iam_role.flow_logs",
        name=f"{inputs.name}-flow-logs",
        description="Writes the VPC's flow logs",
        assume_role_policy=trust("vpc-flow-logs.amazonaws.com", account_id=inputs.account_id),
        permissions_boundary=inputs.permissions_boundary_arn,
    )
    may_write = IamRolePolicy(
        scope,
        "aws_iam_role_policy.flow_logs",
        name="write",
        role=role.name,
        policy=policy(
            allow(
                ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                [f"{group.arn}:*"],
            ),
            allow(["logs:DescribeLogGroups"], ["*"]),
        ),
    )
    FlowLog(
        scope,
        "aws_flow_log.this",
        vpc_id=vpc.id,
        traffic_type="ALL",
        log_destination=group.arn,
        iam_role_arn=role.arn,
        max_aggregation_interval=60,
        depends_on=[may_write],
        tags={"Name": inputs.name},
    )
