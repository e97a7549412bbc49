"""VPCs and what lies in them. Most ids are AWS's own, so tags, ranges and parents tell."""

from collections.abc import Iterator
from typing import Any

from harness.recover.account import Account
from harness.recover.identity.known import Find, Found, Identities, Left
from harness.recover.planned import Planned

BY_TAGS = "its tags"

TAKEN_OVER = Left(
    "every VPC has one from AWS; taking it over once more empties it, if that was cut short"
)

DESTINATIONS = {
    "destination_cidr_block": "DestinationCidrBlock",
    "destination_ipv6_cidr_block": "DestinationIpv6CidrBlock",
    "destination_prefix_list_id": "DestinationPrefixListId",
}
"""What a route leads to: Terraform's name, AWS's."""


def _filters(want: Planned, *states: str) -> list[dict[str, Any]]:
    """EC2's filters for a resource's tags, and for its state where that is given."""
    filters = [{"Name": f"tag:{key}", "Values": [value]} for key, value in want.tags.items()]
    return [*filters, {"Name": "state", "Values": list(states)}] if states else filters


def _tagged(operation: str, path: str, key: str, *states: str, filters: str = "Filters") -> Find:
    """Finds what EC2 lists under a resource's own tags."""

    def find(want: Planned, account: Account) -> Iterator[Found]:
        asked = {filters: _filters(want, *states)}
        for row in account.rows("ec2", want.region, operation, path, **asked):
            yield Found(row[key], BY_TAGS)

    return find


def _subnet(want: Planned, account: Account) -> Iterator[Found]:
    filters = [
        {"Name": "vpc-id", "Values": [want["vpc_id"]]},
        {"Name": "cidr-block", "Values": [want["cidr_block"]]},
    ]
    for row in account.rows("ec2", want.region, "describe_subnets", "Subnets", Filters=filters):
        yield Found(row["SubnetId"], "its VPC and range")


def _route(want: Planned, account: Account) -> Iterator[Found]:
    table, name = want["route_table_id"], next(name for name in DESTINATIONS if want[name])
    asked = {"RouteTableIds": [table]}
    path = "RouteTables[].Routes[]"
    for row in account.rows("ec2", want.region, "describe_route_tables", path, **asked):
        if row.get(DESTINATIONS[name]) == want[name]:
            yield Found(f"{table}_{want[name]}", "its table and destination")


def _association(want: Planned, account: Account) -> Iterator[Found]:
    table, subnet = want["route_table_id"], want["subnet_id"]
    filters = [{"Name": "association.subnet-id", "Values": [subnet]}]
    path = "RouteTables[].Associations[]"
    for row in account.rows("ec2", want.region, "describe_route_tables", path, Filters=filters):
        if (row.get("SubnetId"), row["RouteTableId"]) == (subnet, table):
            found = row["RouteTableAssociationId"]
            yield Found(f"{subnet}/{table}", "its subnet and table", found)


def _endpoint(want: Planned, account: Account) -> Iterator[Found]:
    filters = [
        {"Name": "vpc-id", "Values": [want["vpc_id"]]},
        {"Name": "service-name", "Values": [want["service_name"]]},
    ]
    operation, path = "describe_vpc_endpoints", "VpcEndpoints"
    for row in account.rows("ec2", want.region, operation, path, Filters=filters):
        if row["State"].lower() not in {"deleting", "deleted"}:
            yield Found(row["VpcEndpointId"], "its VPC and service")


def _flow_log(want: Planned, account: Account) -> Iterator[Found]:
    filters = [{"Name": "resource-id", "Values": [want["vpc_id"]]}, *_filters(want)]
    operation, path = "describe_flow_logs", "FlowLogs"
    for row in account.rows("ec2", want.region, operation, path, Filter=filters):
        yield Found(row["FlowLogId"], "its VPC and tags")


def _attachment(want: Planned, account: Account) -> Iterator[Found]:
    filters = [
        {"Name": "vpc-id", "Values": [want["vpc_id"]]},
        {"Name": "transit-gateway-id", "Values": [want["transit_gateway_id"]]},
    ]
    operation = "describe_transit_gateway_vpc_attachments"
    path = "TransitGatewayVpcAttachments"
    for row in account.rows("ec2", want.region, operation, path, Filters=filters):
        if row["State"] not in {"deleting", "deleted", "failed", "rejected"}:
            yield Found(row["TransitGatewayAttachmentId"], "its gateway and VPC")


NETWORK: Identities = {
    "aws_vpc": _tagged("describe_vpcs", "Vpcs", "VpcId"),
    "aws_subnet": _subnet,
    "aws_internet_gateway": _tagged(
        "describe_internet_gateways", "InternetGateways", "InternetGatewayId"
    ),
    "aws_eip": _tagged("describe_addresses", "Addresses", "AllocationId"),
    "aws_nat_gateway": _tagged(
        "describe_nat_gateways",
        "NatGateways",
        "NatGatewayId",
        "pending",
        "available",
        filters="Filter",
    ),
    "aws_vpn_gateway": _tagged(
        "describe_vpn_gateways", "VpnGateways", "VpnGatewayId", "pending", "available"
    ),
    "aws_ec2_transit_gateway_vpc_attachment": _attachment,
    "aws_route_table": _tagged("describe_route_tables", "RouteTables", "RouteTableId"),
    "aws_route": _route,
    "aws_route_table_association": _association,
    "aws_vpc_endpoint": _endpoint,
    "aws_flow_log": _flow_log,
    "aws_default_route_table": TAKEN_OVER,
    "aws_default_security_group": TAKEN_OVER,
}
