"""The instances that translate: launch template, Auto Scaling group, and who may reach them."""

from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule

from modules.base.machine import allow_out
from modules.base.module import Module
from modules.base.service import PORT
from modules.inference.group import autoscaling_group, scaling
from modules.inference.interface import (
    InferenceInputs,
    InferenceOutputs,
    Instances,
    OfficeHours,
    Scaling,
)
from modules.inference.launch_template import launch_template
from modules.inference.role import instance_profile

__all__ = [
    "Inference",
    "InferenceInputs",
    "InferenceOutputs",
    "Instances",
    "OfficeHours",
    "Scaling",
]


class Inference(Module[InferenceInputs, InferenceOutputs]):
    """An Auto Scaling group of GPU instances in private subnets, over all zones.

    Instances take port 11434 from the load balancer's security group and nothing else: no
    address on the internet, no SSH. They are reached through Systems Manager. A new instance is
    in service once its model has answered (launch hook, then the load balancer's health check);
    a new launch template is rolled out an instance at a time.
    """

    def resources(self, inputs: InferenceInputs) -> InferenceOutputs:
        """Who may reach them, what they may do, what they are, how many there are."""
        security_group = self._security_group(inputs)
        profile = instance_profile(self, inputs)
        template = launch_template(self, inputs, group=security_group, profile=profile)
        group = autoscaling_group(self, inputs, template)
        scaling(self, inputs, group)
        return InferenceOutputs(
            autoscaling_group_name=group.name,
            autoscaling_group_arn=group.arn,
            security_group_id=security_group.id,
            launch_template_id=template.id,
            role_name=profile.role,
        )

    def _security_group(self, inputs: InferenceInputs) -> SecurityGroup:
        group = SecurityGroup(
            self,
            "aws_security_group.this",
            name=f"{inputs.name}-instances",
            description="Ollama from the load balancer in, packages and models out",
            vpc_id=inputs.vpc_id,
            tags={"Name": f"{inputs.name}-instances"},
        )
        VpcSecurityGroupIngressRule(
            self,
            "aws_vpc_security_group_ingress_rule.load_balancer",
            security_group_id=group.id,
            description="Ollama from the load balancer",
            ip_protocol="tcp",
            from_port=PORT,
            to_port=PORT,
            referenced_security_group_id=inputs.load_balancer_security_group_id,
        )
        allow_out(self, group)
        return group
