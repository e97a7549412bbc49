"""What an account's own API says stands in it: read by boto3, and never from Terraform's state."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.apply.emulated import Emulated

Answer = dict[str, Any]


@dataclass(frozen=True)
class Account:
    """What AWS answers about one environment.

    Attributes:
        rules: The rules of all security groups.
        load_balancers: Those of the second generation.
        listeners: Each with its load balancer's ARN.
        target_groups: Each with the load balancers that it serves.
        groups: The Auto Scaling groups.
        templates: The data of the version that each group launches from, by the group's name.
        endpoints: The VPC endpoints.
        subnets: Those of the translator's VPC.
        routes: The routes of each subnet, by the subnet's id.
        policies: The scaling policies.
        buckets: The policy of each bucket that has one, by the bucket's name.
        distributions: Each with its whole configuration.
        records: The records of the hosted zone.
    """

    rules: list[Answer]
    load_balancers: list[Answer]
    listeners: list[Answer]
    target_groups: list[Answer]
    groups: list[Answer]
    templates: dict[str, Answer]
    endpoints: list[Answer]
    subnets: list[Answer]
    routes: dict[str, list[Answer]]
    policies: list[Answer]
    buckets: dict[str, Answer]
    distributions: list[Answer]
    records: list[Answer]


def read(emulated: Emulated, zone_id: str) -> Account:
    """Ask the account everything."""
    ec2, balancing = emulated.client("ec2"), emulated.client("elbv2")
    scaling, front = emulated.client("autoscaling"), emulated.client("cloudfront")
    balancers = balancing.describe_load_balancers()["LoadBalancers"]
    groups = scaling.describe_auto_scaling_groups()["AutoScalingGroups"]
    vpcs = [one["VpcId"] for one in ec2.describe_vpcs()["Vpcs"] if not one["IsDefault"]]
    within = [{"Name": "vpc-id", "Values": vpcs or ["none"]}]
    subnets = ec2.describe_subnets(Filters=within)["Subnets"]
    tables = ec2.describe_route_tables(Filters=within)["RouteTables"]
    listed = front.list_distributions()["DistributionList"].get("Items") or []
    return Account(
        rules=ec2.describe_security_group_rules()["SecurityGroupRules"],
        load_balancers=balancers,
        listeners=[
            listener
            for one in balancers
            for listener in balancing.describe_listeners(LoadBalancerArn=one["LoadBalancerArn"])[
                "Listeners"
            ]
        ],
        target_groups=balancing.describe_target_groups()["TargetGroups"],
        groups=groups,
        templates={one["AutoScalingGroupName"]: _template(ec2, one) for one in groups},
        endpoints=[
            one
            for one in ec2.describe_vpc_endpoints()["VpcEndpoints"]
            if one["State"].lower() != "deleted"  # shown a while longer
        ],
        subnets=subnets,
        routes={one["SubnetId"]: _routes(tables, one["SubnetId"]) for one in subnets},
        policies=scaling.describe_policies()["ScalingPolicies"],
        buckets=_bucket_policies(emulated.client("s3")),
        distributions=[front.get_distribution(Id=one["Id"])["Distribution"] for one in listed],
        records=emulated.client("route53").list_resource_record_sets(HostedZoneId=zone_id)[
            "ResourceRecordSets"
        ],
    )


def tagged(emulated: Emulated, project: str, regions: tuple[str, ...]) -> set[str]:
    """The ARNs of what carries the project's tag, as AWS's own search for tags finds it."""
    wanted = [{"Key": "project", "Values": [project]}]
    return {
        found["ResourceARN"]
        for region in regions
        for page in emulated.client("resourcegroupstaggingapi", region)
        .get_paginator("get_resources")
        .paginate(TagFilters=wanted)
        for found in page["ResourceTagMappingList"]
    }


def lingers(emulated: Emulated, arn: str) -> bool:
    """Whether something that was deleted is shown a while longer, as AWS does with three kinds.

    KMS keeps a key for a week or more before it deletes it; EC2 shows a terminated instance and a
    deleted NAT gateway for about an hour.
    """
    service, region, name = arn.split(":")[2], arn.split(":")[3], arn.rpartition("/")[2]
    if service == "kms":
        key = emulated.client("kms", region).describe_key(KeyId=name)["KeyMetadata"]
        return key["KeyState"] == "PendingDeletion"
    if ":natgateway/" in arn:
        gateways = emulated.client("ec2", region).describe_nat_gateways(NatGatewayIds=[name])
        return [one["State"] for one in gateways["NatGateways"]] == ["deleted"]
    if ":instance/" in arn:
        told = emulated.client("ec2", region).describe_instances(InstanceIds=[name])
        return told["Reservations"][0]["Instances"][0]["State"]["Name"] == "terminated"
    return False


def _template(ec2: Any, group: Mapping[str, Any]) -> Answer:
    mixed = group.get("MixedInstancesPolicy", {}).get("LaunchTemplate", {})
    named = group.get("LaunchTemplate") or mixed["LaunchTemplateSpecification"]
    return ec2.describe_launch_template_versions(
        LaunchTemplateId=named["LaunchTemplateId"], Versions=[named["Version"]]
    )["LaunchTemplateVersions"][0]["LaunchTemplateData"]


def _routes(tables: list[Answer], subnet: str) -> list[Answer]:
    """The routes of the table that is associated with the subnet, else of the main one."""
    for table in tables:
        if any(one.get("SubnetId") == subnet for one in table["Associations"]):
            return table["Routes"]
    return next(
        table["Routes"] for table in tables if any(one.get("Main") for one in table["Associations"])
    )


def _bucket_policies(s3: Any) -> dict[str, Answer]:
    policies: dict[str, Answer] = {}
    for bucket in s3.list_buckets()["Buckets"]:
        try:
            policy = s3.get_bucket_policy(Bucket=bucket["Name"])["Policy"]
        except s3.exceptions.ClientError:
            continue
        policies[bucket["Name"]] = json.loads(policy)
    return policies
