"""What to ask of EC2 to see whether it answers as AWS would."""

from typing import Any

from tests.apply.emulated import Emulated
from tests.apply.probes.names import fresh_name


def subnet_with_ipv6(aws: Emulated) -> dict[str, Any]:
    ec2 = aws.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
    range_ = vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"].replace("/56", "/64")
    made = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.0.0/24", Ipv6CidrBlock=range_)
    return made["Subnet"]


def subnet_by_its_ipv6_association(aws: Emulated) -> bool:
    made = subnet_with_ipv6(aws)
    association = made["Ipv6CidrBlockAssociationSet"][0]["AssociationId"]
    wanted = {"Name": "ipv6-cidr-block-association.association-id", "Values": [association]}
    found = aws.client("ec2").describe_subnets(Filters=[wanted])["Subnets"]
    return [one["SubnetId"] for one in found] == [made["SubnetId"]]


def subnet_ipv6_state(aws: Emulated) -> bool:
    made = subnet_with_ipv6(aws)
    return made["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlockState"]["State"] == "associated"


def descriptions_of_group_rules(aws: Emulated) -> bool:
    ec2 = aws.client("ec2")
    group = ec2.create_security_group(GroupName=fresh_name(), Description="probe")["GroupId"]
    pair = {"GroupId": group, "Description": "from itself"}
    rule = {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "UserIdGroupPairs": [pair]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    wanted = [{"Name": "group-id", "Values": [group]}]
    rules = ec2.describe_security_group_rules(Filters=wanted)["SecurityGroupRules"]
    return [one.get("Description") for one in rules if not one["IsEgress"]] == ["from itself"]


def tags_of_launch_templates(aws: Emulated) -> bool:
    ec2, tags = aws.client("ec2"), [{"Key": "Name", "Value": "template"}]
    made = ec2.create_launch_template(
        LaunchTemplateName=fresh_name(),
        LaunchTemplateData={
            "TagSpecifications": [
                {"ResourceType": "launch-template", "Tags": tags},
                {"ResourceType": "instance", "Tags": tags},
            ]
        },
    )["LaunchTemplate"]
    data = ec2.describe_launch_template_versions(LaunchTemplateId=made["LaunchTemplateId"])[
        "LaunchTemplateVersions"
    ][0]["LaunchTemplateData"]
    return [one["ResourceType"] for one in data["TagSpecifications"]] == ["instance"]


def _attachment(aws: Emulated) -> dict[str, Any]:
    ec2 = aws.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    gateway = ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    tags = [{"Key": "Name", "Value": "probe"}]
    return ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=gateway,
        VpcId=vpc,
        SubnetIds=[subnet],
        TagSpecifications=[{"ResourceType": "transit-gateway-attachment", "Tags": tags}],
    )["TransitGatewayVpcAttachment"]


def tags_of_transit_gateway_attachments(aws: Emulated) -> bool:
    return _attachment(aws).get("Tags") == [{"Key": "Name", "Value": "probe"}]


def deleted_transit_gateway_attachments(aws: Emulated) -> bool:
    ec2, id_ = aws.client("ec2"), _attachment(aws)["TransitGatewayAttachmentId"]
    ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=id_)
    found = ec2.describe_transit_gateway_vpc_attachments(TransitGatewayAttachmentIds=[id_])
    return [one["State"] for one in found["TransitGatewayVpcAttachments"]] == ["deleted"]
