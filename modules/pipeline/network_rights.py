"""What the apply role may change in EC2: the network, and how instances are launched into it.

EC2 names nothing by our prefix, so tags tell what is ours: what is made must be given them, what
is changed must have them. An action on several resources, such as a subnet in a VPC, is allowed
on each by its own statement.
"""

from typing import Any

from modules.base.iam import allow
from modules.pipeline.belonging import Belonging

_MADE = {
    "AllocateAddress": "elastic-ip",
    "AuthorizeSecurityGroupEgress": "security-group-rule",
    "AuthorizeSecurityGroupIngress": "security-group-rule",
    "CreateFlowLogs": "vpc-flow-log",
    "CreateInternetGateway": "internet-gateway",
    "CreateLaunchTemplate": "launch-template",
    "CreateNatGateway": "natgateway",
    "CreateRouteTable": "route-table",
    "CreateSecurityGroup": "security-group",
    "CreateSubnet": "subnet",
    "CreateTransitGatewayVpcAttachment": "transit-gateway-attachment",
    "CreateVpc": "vpc",
    "CreateVpcEndpoint": "vpc-endpoint",
    "CreateVpnGateway": "vpn-gateway",
}
"""What makes a resource, and the kind of it."""

_USING = [
    "AuthorizeSecurityGroupEgress",
    "AuthorizeSecurityGroupIngress",
    "CreateFlowLogs",
    "CreateNatGateway",
    "CreateRouteTable",
    "CreateSecurityGroup",
    "CreateSubnet",
    "CreateTransitGatewayVpcAttachment",
    "CreateVpcEndpoint",
]
"""Of these, what makes it in or from another resource, which must be ours too."""

_CHANGING = [
    "AssociateRouteTable",
    "AssociateVpcCidrBlock",
    "AttachInternetGateway",
    "AttachVpnGateway",
    "CreateLaunchTemplateVersion",
    "CreateRoute",
    "DeleteFlowLogs",
    "DeleteInternetGateway",
    "DeleteLaunchTemplate",
    "DeleteNatGateway",
    "DeleteRoute",
    "DeleteRouteTable",
    "DeleteSecurityGroup",
    "DeleteSubnet",
    "DeleteTags",
    "DeleteTransitGatewayVpcAttachment",
    "DeleteVpc",
    "DeleteVpcEndpoints",
    "DeleteVpnGateway",
    "DetachInternetGateway",
    "DetachVpnGateway",
    "DisableVgwRoutePropagation",
    "DisassociateRouteTable",
    "EnableVgwRoutePropagation",
    "ModifyLaunchTemplate",
    "ModifySecurityGroupRules",
    "ModifySubnetAttribute",
    "ModifyTransitGatewayVpcAttachment",
    "ModifyVpcAttribute",
    "ModifyVpcEndpoint",
    "ReleaseAddress",
    "ReplaceRoute",
    "ReplaceRouteTableAssociation",
    "RevokeSecurityGroupEgress",
    "RevokeSecurityGroupIngress",
    "UpdateSecurityGroupRuleDescriptionsEgress",
    "UpdateSecurityGroupRuleDescriptionsIngress",
]

_BORN_WITH_A_VPC = ("route-table", "security-group")
"""What a new VPC brings along, untagged, for the stack to close."""

_LAUNCHED = ("instance", "network-interface", "volume")


def network_rights(mine: Belonging) -> list[dict[str, Any]]:
    """The statements, for the environment's region."""
    anything = mine.arn("ec2", "*/*")
    made = sorted(set(_MADE.values()))
    return [
        allow(
            _ec2(_MADE), [mine.arn("ec2", f"{kind}/*") for kind in made], condition=mine.tagging()
        ),
        allow(_ec2([*_USING, *_CHANGING, "CreateTags"]), [anything], condition=mine.tagged()),
        allow(
            ["ec2:CreateTags"],
            [anything],
            condition=_both(
                mine.tagging(), {"StringEquals": {"ec2:CreateAction": [*_MADE, "RunInstances"]}}
            ),
        ),
        # Never what another stack has tagged: only what nobody has claimed yet can be ours.
        allow(
            ["ec2:CreateTags"],
            [mine.arn("ec2", f"{kind}/*") for kind in _BORN_WITH_A_VPC],
            condition=_both(mine.tagging(), {"Null": {"aws:ResourceTag/project": "true"}}),
        ),
        # A transit gateway is the network team's; the attachment is ours.
        allow(
            ["ec2:CreateTransitGatewayVpcAttachment"],
            [f"arn:aws:ec2:{mine.inputs.region}:*:transit-gateway/*"],
        ),
        *_launching(mine),
    ]


def _launching(mine: Belonging) -> list[dict[str, Any]]:
    """What EC2 asks of whoever makes a group with a launch template, and never without one.

    https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
    """
    by_template = {"ArnLike": {"ec2:LaunchTemplate": mine.arn("ec2", "launch-template/*")}}
    image = f"arn:aws:ec2:{mine.inputs.region}::image/*"
    return [
        allow(
            ["ec2:RunInstances"],
            [image, *(mine.arn("ec2", f"{kind}/*") for kind in _LAUNCHED)],
            condition=by_template,
        ),
        allow(
            ["ec2:RunInstances"],
            [
                mine.arn("ec2", f"{kind}/*")
                for kind in ("launch-template", "security-group", "subnet")
            ],
            condition=_both(mine.tagged(), by_template),
        ),
    ]


def _ec2(actions: Any) -> list[str]:
    return sorted(f"ec2:{action}" for action in actions)


def _both(*conditions: dict[str, Any]) -> dict[str, Any]:
    """Conditions of which each must hold."""
    joined: dict[str, Any] = {}
    for condition in conditions:
        for operator, keys in condition.items():
            joined[operator] = {**joined.get(operator, {}), **keys}
    return joined
