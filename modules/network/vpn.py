"""The way to the VPN, where it ends in this VPC or in a transit gateway."""

from cdktf import TerraformLocal
from cdktf_cdktf_provider_aws.ec2_transit_gateway_vpc_attachment import (
    Ec2TransitGatewayVpcAttachment,
)
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.vpc import Vpc
from cdktf_cdktf_provider_aws.vpn_gateway import VpnGateway
from constructs import Construct

from modules.base.expressions import count_if, for_each, strings
from modules.network.interface import NetworkInputs

PRIVATE = (
    r"^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\."
    r"|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|f[cd])"
)
"""Addresses of RFC 1918, RFC 6598 and RFC 4193, as a pattern inside an HCL string."""


def vpn(scope: Construct, inputs: NetworkInputs, vpc: Vpc) -> None:
    """The gateway, if there is one, and the routes back through it.

    Unless told otherwise only the private ranges are routed to it: a public range among
    `vpn_cidrs` is the VPN's address on the internet, and answers to it must leave as its requests
    came.
    """
    Ec2TransitGatewayVpcAttachment(
        scope,
        "aws_ec2_transit_gateway_vpc_attachment.vpn",
        count=count_if("var.transit_gateway_id != null"),
        transit_gateway_id="${var.transit_gateway_id}",
        vpc_id=vpc.id,
        subnet_ids=strings("[for zone in var.zones : aws_subnet.private[zone].id]"),
        ipv6_support='${var.ipv6 ? "enable" : "disable"}',
        tags={"Name": inputs.name},
    )
    VpnGateway(
        scope,
        "aws_vpn_gateway.vpn",
        count=count_if("var.vpn_gateway"),
        vpc_id=vpc.id,
        tags={"Name": inputs.name},
    )
    has_gateway = "var.vpn_gateway || var.transit_gateway_id != null"
    routed = f'var.route_public_vpn_cidrs || can(regex("{PRIVATE}", lower(range)))'
    ranges = f"[for range in var.vpn_cidrs : range if {routed}]"
    TerraformLocal(scope, "local.vpn_ranges", f"${{{has_gateway} ? {ranges} : []}}")
    TerraformLocal(
        scope,
        "local.vpn_routes",
        '${{for pair in setproduct(concat(["public"], var.zones), local.vpn_ranges) : '
        'join(" ", pair) => {table = pair[0], range = pair[1]}}}',
    )
    of_zone = "aws_route_table.private[each.value.table].id"
    is_ipv6 = 'strcontains(each.value.range, ":")'
    Route(
        scope,
        "aws_route.vpn",
        for_each=for_each("local.vpn_routes"),
        route_table_id=(
            f'${{each.value.table == "public" ? aws_route_table.public.id : {of_zone}}}'
        ),
        destination_cidr_block=f"${{{is_ipv6} ? null : each.value.range}}",
        destination_ipv6_cidr_block=f"${{{is_ipv6} ? each.value.range : null}}",
        transit_gateway_id=inputs.transit_gateway_id,
        gateway_id="${one(aws_vpn_gateway.vpn[*].id)}",
    ).add_override("depends_on", ["aws_ec2_transit_gateway_vpc_attachment.vpn"])
