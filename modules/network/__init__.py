"""The network: a VPC over several zones, closed unless something opens it."""

from cdktf_cdktf_provider_aws.default_route_table import DefaultRouteTable
from cdktf_cdktf_provider_aws.default_security_group import DefaultSecurityGroup
from cdktf_cdktf_provider_aws.subnet import Subnet
from cdktf_cdktf_provider_aws.vpc import Vpc

from modules.base.expressions import for_each, string_map, strings
from modules.base.module import Module
from modules.network.endpoints import endpoints
from modules.network.flow_logs import flow_logs
from modules.network.interface import NetworkInputs, NetworkOutputs
from modules.network.internet import internet
from modules.network.vpn import vpn

__all__ = ["Network", "NetworkInputs", "NetworkOutputs"]


class Network(Module[NetworkInputs, NetworkOutputs]):
    """A VPC with a public and a private subnet in every zone.

    Public subnets route to the internet gateway, private ones to a NAT gateway; the default
    security group and route table are emptied, so that what forgets to name its own has none.
    AWS's own services are reached through endpoints, the VPN through a transit gateway or a VPN
    gateway if one is named. All traffic's headers are logged.
    """

    def resources(self, inputs: NetworkInputs) -> NetworkOutputs:
        """The VPC, then what it needs outward, inward and for the record."""
        vpc = Vpc(
            self,
            "aws_vpc.this",
            cidr_block=inputs.vpc_cidr,
            assign_generated_ipv6_cidr_block=inputs.ipv6,
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags={"Name": inputs.name},
        )
        DefaultSecurityGroup(self, "aws_default_security_group.closed", vpc_id=vpc.id)
        DefaultRouteTable(
            self,
            "aws_default_route_table.closed",
            default_route_table_id=vpc.default_route_table_id,
        )
        # Sixteen slices: the private subnets take the first ones, the public from the ninth on.
        self._subnets(inputs, vpc, tier="private", first_slice=0)
        self._subnets(inputs, vpc, tier="public", first_slice=8)
        internet(self, inputs, vpc)
        vpn(self, inputs, vpc)
        endpoints(self, inputs, vpc)
        flow_logs(self, inputs, vpc)
        return NetworkOutputs(
            vpc_id=vpc.id,
            public_subnet_ids=_in_order("aws_subnet.public"),
            private_subnet_ids=_in_order("aws_subnet.private"),
            nat_gateway_ids=string_map(
                "{for zone, gateway in aws_nat_gateway.this : zone => gateway.id}"
            ),
        )

    def _subnets(self, inputs: NetworkInputs, vpc: Vpc, *, tier: str, first_slice: int) -> None:
        number = f"index(var.zones, each.key) + {first_slice}"
        ipv6 = f"cidrsubnet(aws_vpc.this.ipv6_cidr_block, 8, {number})"
        Subnet(
            self,
            f"aws_subnet.{tier}",
            for_each=for_each("toset(var.zones)"),
            vpc_id=vpc.id,
            availability_zone="${each.key}",
            cidr_block=f"${{cidrsubnet(var.vpc_cidr, 4, {number})}}",
            ipv6_cidr_block=f"${{var.ipv6 ? {ipv6} : null}}",
            map_public_ip_on_launch=False,
            tags={"Name": f"{inputs.name}-{tier}-${{each.key}}", "tier": tier},
        )


def _in_order(address: str) -> list[str]:
    """The ids of a resource made for each zone, in the order in which the zones are listed."""
    return strings(f"[for zone in var.zones : {address}[zone].id]")
