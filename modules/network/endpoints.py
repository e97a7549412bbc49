"""AWS's own services, reached without the internet."""

from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule
from constructs import Construct

from modules.base.expressions import for_each, strings
from modules.base.iam import allow, policy
from modules.network.interface import NetworkInputs


def endpoints(scope: Construct, inputs: NetworkInputs, vpc: Vpc) -> None:
    """A gateway endpoint for S3 and an interface endpoint for each service listed."""
    own_account = {"StringEquals": {"aws:PrincipalAccount": inputs.account_id}}
    VpcEndpoint(
        scope,
        "aws_vpc_endpoint.s3",
        vpc_id=vpc.id,
        service_name=f"com.amazonaws.{inputs.region}.s3",
        vpc_endpoint_type="Gateway",
        route_table_ids=strings("values(aws_route_table.private)[*].id"),
        policy=policy(
            allow(["s3:*"], ["*"], principal={"AWS": "*"}, condition=own_account),
            # From AWS's buckets, without a signature: Systems Manager's agent fetches its own
            # updates, and Image Builder what runs its components.
            allow(
                ["s3:GetObject"],
                [
                    f"arn:aws:s3:::{bucket}-{inputs.region}/*"
                    for bucket in ("amazon-ssm", "aws-ssm", "patch-baseline-snapshot")
                ]
                + [
                    f"arn:aws:s3:::ec2imagebuilder-{part}-{inputs.region}-prod/*"
                    for part in ("managed-resources", "toe")
                ],
                principal={"AWS": "*"},
            ),
        ),
        tags={"Name": f"{inputs.name}-s3"},
    )
    group = SecurityGroup(
        scope,
        "aws_security_group.endpoints",
        name=f"{inputs.name}-endpoints",
        description="AWS services for the private subnets",
        vpc_id=vpc.id,
        tags={"Name": f"{inputs.name}-endpoints"},
    )
    VpcSecurityGroupIngressRule(
        scope,
        "aws_vpc_security_group_ingress_rule.endpoints",
        for_each=for_each("toset(var.zones)"),
        security_group_id=group.id,
        description="HTTPS from the private subnet in ${each.key}",
        ip_protocol="tcp",
        from_port=443,
        to_port=443,
        cidr_ipv4="${aws_subnet.private[each.key].cidr_block}",
    )
    VpcEndpoint(
        scope,
        "aws_vpc_endpoint.interface",
        for_each=for_each("toset(var.interface_endpoints)"),
        vpc_id=vpc.id,
        service_name=f"com.amazonaws.{inputs.region}.${{each.key}}",
        vpc_endpoint_type="Interface",
        private_dns_enabled=True,
        security_group_ids=[group.id],
        subnet_ids=strings("[for zone in var.zones : aws_subnet.private[zone].id]"),
        policy=policy(allow(["*"], ["*"], principal={"AWS": "*"}, condition=own_account)),
        tags={"Name": f"{inputs.name}-${{each.key}}"},
    )
