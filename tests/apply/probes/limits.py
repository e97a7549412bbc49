"""What to ask to see that the emulator still does not do what AWS does."""

import http.client
import json
import socket
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from tests.apply.emulated import BUCKET, Emulated
from tests.apply.probes.autoscaling import instance_refreshes
from tests.apply.probes.names import fresh_name
from tests.apply.probes.s3 import conditions_of_bucket_policies
from tests.apply.served import page_of


def images(aws: Emulated) -> bool:
    try:
        aws.client("imagebuilder").list_components()
    except (BotoCoreError, ClientError):
        return True
    return False


def names_of_s3_control(aws: Emulated) -> bool:
    try:
        aws.client("s3control").get_public_access_block(AccountId="123456789012")
    except (BotoCoreError, ClientError):
        return True
    return False


def permissions(aws: Emulated) -> bool:
    key = aws.client("kms").create_key(
        Policy=json.dumps({"Version": "2012-10-17", "Statement": []})
    )
    id_ = key["KeyMetadata"]["KeyId"]
    return "CiphertextBlob" in aws.client("kms").encrypt(KeyId=id_, Plaintext=b"text")


def conditions(aws: Emulated) -> bool:
    return conditions_of_bucket_policies(aws)  # over plain HTTP, which the policy refuses


def _load_balancer(aws: Emulated) -> dict[str, Any]:
    ec2 = aws.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{at}.0/24", AvailabilityZone=zone)["Subnet"]
        for at, zone in enumerate(("us-east-1a", "us-east-1b"))
    ]
    return aws.client("elbv2").create_load_balancer(
        Name=fresh_name(), Subnets=[one["SubnetId"] for one in subnets]
    )["LoadBalancers"][0]


def traffic(aws: Emulated) -> bool:
    name = _load_balancer(aws)["DNSName"]
    try:
        socket.getaddrinfo(name, 443)
    except socket.gaierror:
        return True
    return False


def machines(aws: Emulated) -> bool:
    ec2, scaling, name = aws.client("ec2"), aws.client("autoscaling"), fresh_name()
    group = ec2.create_security_group(GroupName=name, Description="probe")["GroupId"]
    ec2.create_launch_template(
        LaunchTemplateName=name,
        LaunchTemplateData={
            "ImageId": "ami-12c6146b",
            "InstanceType": "t3.micro",
            "NetworkInterfaces": [{"DeviceIndex": 0, "Groups": [group]}],
        },
    )
    scaling.create_auto_scaling_group(
        AutoScalingGroupName=name,
        LaunchTemplate={"LaunchTemplateName": name, "Version": "1"},
        MinSize=1,
        MaxSize=1,
        AvailabilityZones=["us-east-1a"],
    )
    found = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])
    (instance,) = found["AutoScalingGroups"][0]["Instances"]
    told = ec2.describe_instances(InstanceIds=[instance["InstanceId"]])
    groups = told["Reservations"][0]["Instances"][0]["SecurityGroups"]
    return instance["HealthStatus"] == "Healthy" and group not in {one["GroupId"] for one in groups}


def refreshes(aws: Emulated) -> bool:
    return instance_refreshes(aws)


def edge(aws: Emulated) -> bool:
    served = page_of(aws, WebACLId="arn:aws:wafv2:us-east-1:123456789012:global/webacl/none/1")
    return served.get("/").status == http.client.OK


def names(aws: Emulated) -> bool:
    acm, name = aws.client("acm"), f"{fresh_name()}.example.com"
    arn = acm.request_certificate(DomainName=name, ValidationMethod="DNS")["CertificateArn"]
    waiter = acm.get_waiter("certificate_validated")
    waiter.wait(CertificateArn=arn, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    return True


def memory(aws: Emulated) -> bool:
    """Each emulator begins with an empty bucket for the state."""
    return not aws.client("s3").list_objects_v2(Bucket=BUCKET).get("Contents")
