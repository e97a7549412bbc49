"""Ways into and out of our VPCs: gateways, peerings, endpoints, attachments, subnets, routes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.recover.account import Account
from harness.unmanaged.state import State
from harness.unmanaged.stranger import Stranger

TABLES = ("aws_route_table", "aws_default_route_table")

GONE = {"deleted", "deleting", "detached", "expired", "failed", "rejected"}


@dataclass(frozen=True)
class Kind:
    """A kind of thing that belongs to a VPC.

    Attributes:
        what: What people call it.
        operation: As boto3 names it.
        path: Where its answer lists them.
        within: The filters, any of which tells that one belongs to a VPC.
        id: What the answer calls its id.
        types: The types of Terraform's resources that manage it.
        remove: AWS's command for taking it away, before its id.
        filters: What the operation calls its filters.
    """

    what: str
    operation: str
    path: str
    within: tuple[str, ...]
    id: str
    types: tuple[str, ...]
    remove: str
    filters: str = "Filters"


KINDS = (
    Kind(
        "the peering",
        "describe_vpc_peering_connections",
        "VpcPeeringConnections",
        ("requester-vpc-info.vpc-id", "accepter-vpc-info.vpc-id"),
        "VpcPeeringConnectionId",
        ("aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter"),
        "delete-vpc-peering-connection --vpc-peering-connection-id",
    ),
    Kind(
        "the endpoint",
        "describe_vpc_endpoints",
        "VpcEndpoints",
        ("vpc-id",),
        "VpcEndpointId",
        ("aws_vpc_endpoint",),
        "delete-vpc-endpoints --vpc-endpoint-ids",
    ),
    Kind(
        "the internet gateway",
        "describe_internet_gateways",
        "InternetGateways",
        ("attachment.vpc-id",),
        "InternetGatewayId",
        ("aws_internet_gateway",),
        "detach-internet-gateway --vpc-id {vpc} --internet-gateway-id",
    ),
    Kind(
        "the NAT gateway",
        "describe_nat_gateways",
        "NatGateways",
        ("vpc-id",),
        "NatGatewayId",
        ("aws_nat_gateway",),
        "delete-nat-gateway --nat-gateway-id",
        "Filter",
    ),
    Kind(
        "the VPN gateway",
        "describe_vpn_gateways",
        "VpnGateways",
        ("attachment.vpc-id",),
        "VpnGatewayId",
        ("aws_vpn_gateway",),
        "detach-vpn-gateway --vpc-id {vpc} --vpn-gateway-id",
    ),
    Kind(
        "the transit gateway's attachment",
        "describe_transit_gateway_vpc_attachments",
        "TransitGatewayVpcAttachments",
        ("vpc-id",),
        "TransitGatewayAttachmentId",
        ("aws_ec2_transit_gateway_vpc_attachment",),
        "delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id",
    ),
    Kind(
        "the subnet",
        "describe_subnets",
        "Subnets",
        ("vpc-id",),
        "SubnetId",
        ("aws_subnet",),
        "delete-subnet --subnet-id",
    ),
)


def ways(state: State, account: Account) -> Iterator[Stranger]:
    """What belongs to our VPCs and is no resource."""
    for region, vpcs in state.by_region("aws_vpc").items():
        for vpc, address in vpcs.items():
            for kind in KINDS:
                known = state.ids(*kind.types)
                for each in _found(kind, account, region, vpc):
                    name = each[kind.id]
                    if name not in known and _status(each) not in GONE:
                        yield Stranger(
                            address,
                            f"{kind.what} {name}{_where(each, vpc)}",
                            f"aws ec2 {kind.remove.format(vpc=vpc)} {name} --region {region}",
                        )


def routes(state: State, account: Account) -> Iterator[Stranger]:
    """Routes in our tables that are no resource."""
    known = {
        (route.values["route_table_id"], str(route.values.get(name)))
        for route in state.of("aws_route")
        for name in (
            *("destination_cidr_block", "destination_ipv6_cidr_block"),
            "destination_prefix_list_id",
        )
    }
    endpoints = state.ids("aws_vpc_endpoint")
    for region, tables in state.by_region(*TABLES).items():
        found = account.rows(
            "ec2", region, "describe_route_tables", "RouteTables", RouteTableIds=sorted(tables)
        )
        for table in found:
            name = table["RouteTableId"]
            for route in table["Routes"]:
                to, option = _destination(route)
                by = _by(route)
                is_aws = by == "local" or route.get("Origin") == "EnableVgwRoutePropagation"
                if not is_aws and by not in endpoints and (name, to) not in known:
                    yield Stranger(
                        tables[name],
                        f"a route to {to} by {by}",
                        f"aws ec2 delete-route --region {region} --route-table-id {name}"
                        f" --{option} {to}",
                    )


def _found(kind: Kind, account: Account, region: str, vpc: str) -> Iterator[Mapping[str, Any]]:
    for within in kind.within:
        asked = {kind.filters: [{"Name": within, "Values": [vpc]}]}
        yield from account.rows("ec2", region, kind.operation, kind.path, **asked)


def _status(found: Mapping[str, Any]) -> str:
    status: Any = found.get("State") or found.get("Status", "")
    return str(status.get("Code") if isinstance(status, dict) else status).lower()


def _where(found: Mapping[str, Any], vpc: str) -> str:
    """What lies behind it, where it tells."""
    ends = [found.get(each, {}) for each in ("RequesterVpcInfo", "AccepterVpcInfo")]
    other = [
        f"{end['VpcId']} of account {end['OwnerId']}"
        for end in ends
        if end.get("VpcId", vpc) != vpc
    ]
    return (
        f" with {other[0]}"
        if other
        else f" for {found['ServiceName']}"
        if "ServiceName" in found
        else ""
    )


def _destination(route: Mapping[str, Any]) -> tuple[str, str]:
    """Where a route leads, and the option of AWS's command that names it."""
    for name, option in (
        ("DestinationCidrBlock", "destination-cidr-block"),
        ("DestinationIpv6CidrBlock", "destination-ipv6-cidr-block"),
        ("DestinationPrefixListId", "destination-prefix-list-id"),
    ):
        if route.get(name):
            return str(route[name]), option
    return "nowhere", "destination-cidr-block"


def _by(route: Mapping[str, Any]) -> str:
    kinds = (
        *("GatewayId", "NatGatewayId", "TransitGatewayId", "VpcPeeringConnectionId"),
        *("NetworkInterfaceId", "InstanceId", "EgressOnlyInternetGatewayId", "LocalGatewayId"),
        *("CarrierGatewayId", "CoreNetworkArn"),
    )
    return next((str(route[each]) for each in kinds if route.get(each)), "nothing")
