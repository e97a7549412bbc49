"""The load balancer: the one way to the translator's API, HTTPS from the VPN alone."""

from cdktf_cdktf_provider_aws.lb import Lb, LbAccessLogs, LbConnectionLogs
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

from modules.base.bucket import PrivateBucket
from modules.base.conditions import ACCOUNT_ID, ARN, CIDR, NAME, between, each, matches, size
from modules.base.expressions import for_each, value
from modules.base.iam import allow
from modules.base.interface import Inputs, Outputs, output, variable
from modules.base.module import Module
from modules.base.service import PORT, READINESS_PATH

TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
"""TLS 1.3 and 1.2 with forward secrecy and authenticated encryption alone."""


class LoadBalancerInputs(Inputs):
    """What the load balancer must know."""

    name: str = variable("Name of the load balancer and prefix of what belongs to it.", NAME)
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    region: str = variable("The AWS region.")
    vpc_id: str = variable("Id of the VPC.", matches("^vpc-", "a VPC's id"))
    subnet_ids: list[str] = variable(
        "Subnets that hold its network interfaces: public ones unless it is internal.", size(2, 6)
    )
    vpn_cidrs: list[str] = variable(
        "Ranges, IPv4 and IPv6, that may connect. Nobody else may.", each(CIDR), size(1, 50)
    )
    internal: bool = variable(
        "Whether it has private addresses only. Browsers then ask every user for permission "
        "(Local Network Access) unless a policy of the company grants it.",
        default=False,
    )
    ipv6: bool = variable("Whether it has IPv6 addresses too.", default=False)
    certificate_arn: str = variable("Certificate of the API's host name.", ARN)
    instance_security_group_id: str = variable("Security group of the instances.")
    idle_timeout_seconds: int = variable(
        "Seconds for which a connection may be silent; a model that thinks is silent.",
        between(60, 4000),
        default=600,
    )
    deregistration_delay_seconds: int = variable(
        "Seconds that a leaving instance has for the streams it still sends.",
        between(0, 3600),
        default=300,
    )
    log_retention_days: int = variable("Days for which access logs are kept.", default=365)
    deletion_protection: bool = variable(
        "Whether AWS refuses to delete it, and Terraform its logs.", default=True
    )


class LoadBalancerOutputs(Outputs):
    """What the load balancer tells."""

    dns_name: str = output("Its name in AWS's DNS, the target of the API's record.")
    zone_id: str = output("The hosted zone of that name.")
    arn: str = output("Its ARN.")
    arn_suffix: str = output("The end of its ARN, by which metrics name it.")
    security_group_id: str = output("Its security group, the only one instances listen to.")
    # AWS refuses to scale on the requests of a target group that no listener forwards to yet.
    target_group_arn: str = output(
        "The target group that instances join.", after=["aws_lb_listener.https"]
    )
    target_group_arn_suffix: str = output(
        "The end of that ARN, by which metrics name it.", after=["aws_lb_listener.https"]
    )


class LoadBalancer(Module[LoadBalancerInputs, LoadBalancerOutputs]):
    """An Application Load Balancer with one listener, HTTPS on 443; port 80 is closed.

    It admits the VPN's ranges and nobody else, and can itself reach nothing but port 11434 of
    the instances. Every request and every connection is logged.
    """

    def resources(self, inputs: LoadBalancerInputs) -> LoadBalancerOutputs:
        """The security group, the logs' bucket, the load balancer and what it forwards to."""
        group = self._security_group(inputs)
        logs, logs_policy = self._logs(inputs)
        balancer = Lb(
            self,
            "aws_lb.this",
            name=inputs.name,
            load_balancer_type="application",
            internal=inputs.internal,
            ip_address_type='${var.ipv6 ? "dualstack" : "ipv4"}',
            subnets=inputs.subnet_ids,
            security_groups=[group.id],
            access_logs=LbAccessLogs(bucket=logs.name, prefix="access", enabled=True),
            connection_logs=LbConnectionLogs(bucket=logs.name, prefix="connection", enabled=True),
            idle_timeout=inputs.idle_timeout_seconds,
            enable_deletion_protection=inputs.deletion_protection,
            drop_invalid_header_fields=True,
            desync_mitigation_mode="strictest",
            # AWS tests that it may write when logging is switched on.
            depends_on=[logs_policy],
        )
        targets = self._targets(inputs)
        LbListener(
            self,
            "aws_lb_listener.https",
            load_balancer_arn=balancer.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy=TLS_POLICY,
            certificate_arn=inputs.certificate_arn,
            default_action=[LbListenerDefaultAction(type="forward", target_group_arn=targets.arn)],
        )
        return LoadBalancerOutputs(
            dns_name=balancer.dns_name,
            zone_id=balancer.zone_id,
            arn=balancer.arn,
            arn_suffix=balancer.arn_suffix,
            security_group_id=group.id,
            target_group_arn=targets.arn,
            target_group_arn_suffix=targets.arn_suffix,
        )

    def _security_group(self, inputs: LoadBalancerInputs) -> SecurityGroup:
        group = SecurityGroup(
            self,
            "aws_security_group.this",
            name=f"{inputs.name}-load-balancer",
            description="HTTPS from the VPN in, Ollama out",
            vpc_id=inputs.vpc_id,
            tags={"Name": f"{inputs.name}-load-balancer"},
        )
        is_ipv6 = 'strcontains(each.value, ":")'
        VpcSecurityGroupIngressRule(
            self,
            "aws_vpc_security_group_ingress_rule.vpn",
            for_each=for_each("toset(var.vpn_cidrs)"),
            security_group_id=group.id,
            description="HTTPS from the VPN",
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            cidr_ipv4=f"${{{is_ipv6} ? null : each.value}}",
            cidr_ipv6=f"${{{is_ipv6} ? each.value : null}}",
        )
        VpcSecurityGroupEgressRule(
            self,
            "aws_vpc_security_group_egress_rule.instances",
            security_group_id=group.id,
            description="Ollama on the instances",
            ip_protocol="tcp",
            from_port=PORT,
            to_port=PORT,
            referenced_security_group_id=inputs.instance_security_group_id,
        )
        return group

    def _logs(self, inputs: LoadBalancerInputs) -> tuple[PrivateBucket, S3BucketPolicy]:
        logs = PrivateBucket(
            self,
            "logs",
            name=f"{inputs.name}-alb-logs-{inputs.account_id}",
            expire_days=inputs.log_retention_days,
            destroyable=value("!var.deletion_protection"),
        )
        account = f"{inputs.region}:{inputs.account_id}"
        statement = allow(
            ["s3:PutObject"],
            [
                f"{logs.arn}/{prefix}/AWSLogs/{inputs.account_id}/*"
                for prefix in ("access", "connection")
            ],
            principal={"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
            condition={
                "ArnLike": {
                    "aws:SourceArn": f"arn:aws:elasticloadbalancing:{account}:loadbalancer/*"
                }
            },
        )
        return logs, logs.allow_only(statement)

    def _targets(self, inputs: LoadBalancerInputs) -> LbTargetGroup:
        return LbTargetGroup(
            self,
            "aws_lb_target_group.ollama",
            name=inputs.name,
            vpc_id=inputs.vpc_id,
            target_type="instance",
            port=PORT,
            protocol="HTTP",
            # One translation lasts seconds to minutes: counting requests says more than turns.
            load_balancing_algorithm_type="least_outstanding_requests",
            deregistration_delay="${var.deregistration_delay_seconds}",
            health_check=LbTargetGroupHealthCheck(
                enabled=True,
                path=READINESS_PATH,
                port="traffic-port",
                protocol="HTTP",
                matcher="200",
                interval=10,
                timeout=5,
                healthy_threshold=2,
                unhealthy_threshold=3,
            ),
        )
