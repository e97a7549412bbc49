"""What the network must know and what it tells."""

from typing import Literal

from modules.base.conditions import ACCOUNT_ID, ARN, CIDR, IPV4_CIDR, NAME, each, matches, size
from modules.base.interface import Inputs, Outputs, output, variable


class NetworkInputs(Inputs):
    """What the network must know."""

    name: str = variable("Prefix of every resource's name.", NAME)
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    region: str = variable("The AWS region of the zones.")
    zones: list[str] = variable(
        "Availability zones; each gets a public and a private subnet.", size(2, 6)
    )
    vpc_cidr: str = variable("IPv4 range of the VPC; every subnet is a sixteenth of it.", IPV4_CIDR)
    ipv6: bool = variable("Whether the subnets have IPv6 ranges too.", default=False)
    nat_gateways: Literal["one_per_zone", "single"] = variable(
        "A NAT gateway in each zone, or one for all, which is cheaper and ends with its zone.",
        default="one_per_zone",
    )
    interface_endpoints: list[str] = variable(
        "AWS services that the private subnets reach without the internet, such as `logs`.",
    )
    vpn_cidrs: list[str] = variable(
        "Ranges of the VPN; the private ones are routed to the gateway below.",
        each(CIDR),
        default=[],
    )
    route_public_vpn_cidrs: bool = variable(
        "Whether the public ones are too: where nothing answers them over the internet.",
        default=False,
    )
    transit_gateway_id: str | None = variable(
        "Transit gateway that the VPN ends in.",
        matches("^tgw-", "a transit gateway's id"),
        default=None,
    )
    vpn_gateway: bool = variable("Whether a VPN ends in a gateway of this VPC.", default=False)
    log_retention_days: int = variable("Days for which flow logs are kept.", default=365)
    log_key_arn: str = variable("KMS key that encrypts the flow logs.", ARN)
    permissions_boundary_arn: str | None = variable(
        "Policy that bounds what the module's roles can be allowed; null for none.",
        ARN,
        default=None,
    )


class NetworkOutputs(Outputs):
    """What the network tells."""

    vpc_id: str = output("Id of the VPC.")
    public_subnet_ids: list[str] = output(
        "Public subnets, in the order of the zones.",
        # AWS refuses an internet-facing load balancer where no gateway is attached yet.
        after=[
            "aws_route.public_internet",
            "aws_route.public_internet_ipv6",
            "aws_route.vpn",
            "aws_route_table_association.public",
        ],
    )
    private_subnet_ids: list[str] = output(
        "Private subnets, in the order of the zones.",
        # What boots there installs packages at once.
        after=[
            "aws_route.private_nat",
            "aws_route.vpn",
            "aws_route_table_association.private",
            "aws_vpc_endpoint.interface",
            "aws_vpc_endpoint.s3",
        ],
    )
    nat_gateway_ids: dict[str, str] = output("NAT gateway of each zone that has one.")
