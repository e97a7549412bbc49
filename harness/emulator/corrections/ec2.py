"""EC2: subnets, security group rules, launch templates, transit gateway attachments."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.launch_templates import LaunchTemplateVersion
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.subnets import Subnet
from moto.ec2.models.transit_gateway_attachments import TransitGatewayAttachmentBackend
from moto.ec2.responses.transit_gateway_attachments import TransitGatewayAttachment

from harness.emulator.corrections import correction


@correction(
    types=["aws_subnet"],
    stock="refuses the filter, so that a subnet with IPv6 is never found",
    aws="finds a subnet by the association of its IPv6 range",
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html",
)
def subnet_by_its_ipv6_association() -> None:
    """Answer the filter `ipv6-cidr-block-association.association-id`."""
    answered = Subnet.get_filter_value

    def get_filter_value(self: Any, name: str, method: str | None = None) -> Any:
        if name == "ipv6-cidr-block-association.association-id":
            return list(self.ipv6_cidr_block_associations)
        return answered(self, name, method)

    Subnet.get_filter_value = get_filter_value


@correction(
    types=["aws_subnet"],
    stock="writes the state of an IPv6 range as a Python dictionary's text",
    aws="names the state: associated",
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SubnetCidrBlockState.html",
)
def subnet_ipv6_state() -> None:
    """Name the state of a subnet's IPv6 ranges."""
    listed = Subnet.ipv6_cidr_block_association_set.fget

    def named(self: Any) -> list[dict[str, Any]]:
        return [
            each | {"ipv6CidrBlockState": {"state": each["ipv6CidrBlockState"]["state"]["State"]}}
            for each in listed(self)
        ]

    Subnet.ipv6_cidr_block_association_set = property(named)


@correction(
    types=["aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"],
    stock="forgets the description of a rule that names a group",
    aws="keeps it",
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html",
)
def descriptions_of_group_rules() -> None:
    """Tell the description wherever it was given."""

    def description(self: Any) -> str | None:
        given = (self.ip_range, self.source_group or {})
        return next((each["Description"] for each in given if each.get("Description")), None)

    SecurityGroupRule.description = property(description)


@correction(
    types=["aws_launch_template"],
    stock="returns a template's own tags as if they were meant for what it launches",
    aws="returns what the template's data holds",
    source=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResponseLaunchTemplateData.html"
    ),
)
def tags_of_launch_templates() -> None:
    """Keep the tags of the template itself out of its data."""
    made = LaunchTemplateVersion.__init__

    def init(self: Any, template: Any, number: int, data: dict[str, Any], description: str) -> None:
        tags = [
            each
            for each in data.get("TagSpecifications", [])
            if each.get("ResourceType") != "launch-template"
        ]
        kept = {name: value for name, value in data.items() if name != "TagSpecifications"}
        made(
            self,
            template,
            number,
            kept | ({"TagSpecifications": tags} if tags else {}),
            description,
        )

    LaunchTemplateVersion.__init__ = init


@correction(
    types=["aws_ec2_transit_gateway_vpc_attachment"],
    stock="forgets the tags that an attachment is made with",
    aws="keeps them",
    source=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
        "API_CreateTransitGatewayVpcAttachment.html"
    ),
)
def tags_of_transit_gateway_attachments() -> None:
    """Read the tags under the attachment's own name."""

    def create(self: Any) -> Any:
        attachment = self.ec2_backend.create_transit_gateway_vpc_attachment(
            transit_gateway_id=self._get_param("TransitGatewayId"),
            tags=self._parse_tag_specification().get("transit-gateway-attachment", {}),
            vpc_id=self._get_param("VpcId"),
            subnet_ids=self._get_param("SubnetIds", []),
            options=self._get_param("Options", {}),
        )
        return ActionResult({"TransitGatewayVpcAttachment": attachment})

    TransitGatewayAttachment.create_transit_gateway_vpc_attachment = create


@correction(
    types=["aws_ec2_transit_gateway_vpc_attachment"],
    stock="forgets a deleted attachment at once, and answers a look for it with an empty list",
    aws="shows it as deleted for a while",
    source=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayVpcAttachment.html"
    ),
)
def deleted_transit_gateway_attachments() -> None:
    """Keep a deleted attachment to be looked at, by its id alone."""
    listed = TransitGatewayAttachmentBackend.describe_transit_gateway_vpc_attachments
    deleted = TransitGatewayAttachmentBackend.delete_transit_gateway_vpc_attachment
    gone: dict[str, Any] = {}

    def delete(self: Any, transit_gateway_attachment_id: str) -> Any:
        attachment = deleted(self, transit_gateway_attachment_id)
        gone[transit_gateway_attachment_id] = attachment
        return attachment

    def describe(
        self: Any, transit_gateways_attachment_ids: list[str] | None = None, filters: Any = None
    ) -> list[Any]:
        asked = transit_gateways_attachment_ids or []
        return [
            *listed(self, transit_gateways_attachment_ids, filters),
            *(gone[each] for each in asked if each in gone),
        ]

    TransitGatewayAttachmentBackend.delete_transit_gateway_vpc_attachment = delete
    TransitGatewayAttachmentBackend.describe_transit_gateway_vpc_attachments = describe
