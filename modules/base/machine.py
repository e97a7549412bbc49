"""What a machine of ours needs, whether it serves the model or makes an image of one that does."""

from cdktf import TerraformLocal
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from constructs import Construct

from modules.base.expressions import count_if
from modules.base.iam import allow, policy

SYSTEMS_MANAGER = (
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
)
"""Session Manager and Run Command, in place of SSH.

AWS's own policy AmazonSSMManagedInstanceCore would also let a machine read every parameter of the
account. Commands come through ssmmessages where that is allowed, and need no ec2messages then.
https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
"""


def allow_out(scope: Construct, group: SecurityGroup) -> None:
    """Let a machine reach AWS, package mirrors and the model's registry, through NAT.

    On 80 too: Ubuntu's mirrors in AWS speak plain HTTP; packages are signed.
    """
    for name, port in {"https": 443, "http": 80}.items():
        VpcSecurityGroupEgressRule(
            scope,
            f"aws_vpc_security_group_egress_rule.{name}",
            security_group_id=group.id,
            description=f"{name.upper()} to AWS, package mirrors and the model registry",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            cidr_ipv4="0.0.0.0/0",
        )


def allow_models(scope: Construct, role: IamRole) -> IamRolePolicy:
    """Let a machine read models from the bucket that `model_source` names, and write none.

    The module has a variable of that name: `s3://bucket/prefix`, or null for Ollama's registry.
    """
    objects = TerraformLocal(
        scope,
        "local.model_objects",
        '${var.model_source == null ? [] : ["arn:aws:s3:::${trimprefix(var.model_source, '
        '"s3://")}/*"]}',
    )
    return IamRolePolicy(
        scope,
        "aws_iam_role_policy.models",
        count=count_if("var.model_source != null"),
        name="models",
        role=role.name,
        policy=policy(allow(["s3:GetObject"], objects.as_list)),
    )
