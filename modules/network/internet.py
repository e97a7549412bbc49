"""The ways to the internet: its gateway for the public subnets, NAT for the private ones."""

from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.internet_gateway import InternetGateway
from cdktf_cdktf_provider_aws.nat_gateway import NatGateway
from cdktf_cdktf_provider_aws.route import Route
from cdktf_cdktf_provider_aws.route_table import RouteTable
from cdktf_cdktf_provider_aws.route_table_association import RouteTableAssociation
from cdktf_cdktf_provider_aws.vpc import Vpc
from constructs import Construct

from modules.base.expressions import count_if, for_each
from modules.network.interface import NetworkInputs


def internet(scope: Construct, inputs: NetworkInputs, vpc: Vpc) -> None:
    """Gateways, route tables and default routes of both tiers."""
    zones = for_each("toset(var.zones)")
    gateway = InternetGateway(
        scope, "aws_internet_gateway.this", vpc_id=vpc.id, tags={"Name": inputs.name}
    )
    public = RouteTable(
        scope,
        "aws_route_table.public",
        vpc_id=vpc.id,
        tags={"Name": f"{inputs.name}-public"},
    )
    Route(
        scope,
        "aws_route.public_internet",
        route_table_id=public.id,
        destination_cidr_block="0.0.0.0/0",
        gateway_id=gateway.id,
    )
    Route(
        scope,
        "aws_route.public_internet_ipv6",
        count=count_if("var.ipv6"),
        route_table_id=public.id,
        destination_ipv6_cidr_block="::/0",
        gateway_id=gateway.id,
    )
    RouteTableAssociation(
        scope,
        "aws_route_table_association.public",
        for_each=zones,
        subnet_id="${aws_subnet.public[each.key].id}",
        route_table_id=public.id,
    )

    nat_zones = for_each('toset(var.nat_gateways == "one_per_zone" ? var.zones : [var.zones[0]])')
    Eip(
        scope,
        "aws_eip.nat",
        for_each=nat_zones,
        domain="vpc",
        tags={"Name": f"{inputs.name}-nat-${{each.key}}"},
    )
    NatGateway(
        scope,
        "aws_nat_gateway.this",
        for_each=nat_zones,
        allocation_id="${aws_eip.nat[each.key].id}",
        subnet_id="${aws_subnet.public[each.key].id}",
        depends_on=[gateway],
        tags={"Name": f"{inputs.name}-${{each.key}}"},
    )
    RouteTable(
        scope,
        "aws_route_table.private",
        for_each=zones,
        vpc_id=vpc.id,
        tags={"Name": f"{inputs.name}-private-${{each.key}}"},
    )
    own_or_first = 'var.nat_gateways == "one_per_zone" ? each.key : var.zones[0]'
    Route(
        scope,
        "aws_route.private_nat",
        for_each=zones,
        route_table_id="${aws_route_table.private[each.key].id}",
        destination_cidr_block="0.0.0.0/0",
        nat_gateway_id=f"${{aws_nat_gateway.this[{own_or_first}].id}}",
    )
    RouteTableAssociation(
        scope,
        "aws_route_table_association.private",
        for_each=zones,
        subnet_id="${aws_subnet.private[each.key].id}",
        route_table_id="${aws_route_table.private[each.key].id}",
    )
