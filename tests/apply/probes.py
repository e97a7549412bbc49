"""For each correction of moto, what to ask to see whether AWS would have answered so."""

import itertools
import json
from collections.abc import Callable
from typing import Any

from tests.apply.emulated import Emulated

_numbers = itertools.count(1)

ORIGIN = {"Id": "bucket", "DomainName": "page.s3.us-east-1.amazonaws.com"}
CACHED = {
    "TargetOriginId": "bucket",
    "ViewerProtocolPolicy": "redirect-to-https",
    "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
}
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"


def _name() -> str:
    return f"probe-{next(_numbers)}"


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
    group = ec2.create_security_group(GroupName=_name(), Description="probe")["GroupId"]
    pair = {"GroupId": group, "Description": "from itself"}
    rule = {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "UserIdGroupPairs": [pair]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    wanted = [{"Name": "group-id", "Values": [group]}]
    rules = ec2.describe_security_group_rules(Filters=wanted)["SecurityGroupRules"]
    return [one.get("Description") for one in rules if not one["IsEgress"]] == ["from itself"]


def tags_of_launch_templates(aws: Emulated) -> bool:
    ec2, tags = aws.client("ec2"), [{"Key": "Name", "Value": "template"}]
    made = ec2.create_launch_template(
        LaunchTemplateName=_name(),
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


def conditions_of_bucket_policies(aws: Emulated) -> bool:
    s3, name = aws.client("s3"), _name()
    s3.create_bucket(Bucket=name)
    everything = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    refusal = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": everything}
    plain = {"Bool": {"aws:SecureTransport": "false"}}
    policy = {"Version": "2012-10-17", "Statement": [refusal | {"Condition": plain}]}
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    s3.put_object(Bucket=name, Key="key", Body=b"content")
    return s3.get_object(Bucket=name, Key="key")["Body"].read() == b"content"


def _distribution(aws: Emulated, **given: Any) -> dict[str, Any]:
    config = {
        "CallerReference": _name(),
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [ORIGIN | {"OriginAccessControlId": "E1"}]},
        "DefaultCacheBehavior": CACHED,
    }
    front = aws.client("cloudfront")
    made = front.create_distribution(DistributionConfig=config | given)["Distribution"]
    return front.get_distribution_config(Id=made["Id"])["DistributionConfig"]


def origin_access_control_of_an_origin(aws: Emulated) -> bool:
    return _distribution(aws)["Origins"]["Items"][0].get("OriginAccessControlId") == "E1"


def no_forwarded_values_beside_a_cache_policy(aws: Emulated) -> bool:
    return "ForwardedValues" not in _distribution(aws)["DefaultCacheBehavior"]


def own_certificate(aws: Emulated) -> bool:
    given = {"ACMCertificateArn": CERTIFICATE, "SSLSupportMethod": "sni-only"}
    read = _distribution(aws, ViewerCertificate=given)["ViewerCertificate"]
    return not read.get("CloudFrontDefaultCertificate")


def cache_policies(aws: Emulated) -> bool:
    front = aws.client("cloudfront")
    made = front.create_cache_policy(CachePolicyConfig={"Name": _name(), "MinTTL": 7})
    id_ = made["CachePolicy"]["Id"]
    etag = front.get_cache_policy(Id=id_)["ETag"]
    front.update_cache_policy(
        Id=id_, IfMatch=etag, CachePolicyConfig={"Name": _name(), "MinTTL": 8}
    )
    read = front.get_cache_policy_config(Id=id_)["CachePolicyConfig"]["MinTTL"]
    front.delete_cache_policy(Id=id_)
    return read == 8 and _is_gone(front.exceptions.NoSuchCachePolicy, front.get_cache_policy, id_)


def response_headers_policies(aws: Emulated) -> bool:
    front = aws.client("cloudfront")
    config = {
        "Name": _name(),
        "SecurityHeadersConfig": {
            "FrameOptions": {"Override": True, "FrameOption": "DENY"},
        },
    }
    made = front.create_response_headers_policy(ResponseHeadersPolicyConfig=config)
    id_ = made["ResponseHeadersPolicy"]["Id"]
    read = front.get_response_headers_policy(Id=id_)["ResponseHeadersPolicy"]
    front.delete_response_headers_policy(Id=id_)
    kept = read["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    gone = front.exceptions.NoSuchResponseHeadersPolicy
    return kept == config["SecurityHeadersConfig"] and _is_gone(
        gone, front.get_response_headers_policy, id_
    )


def _is_gone(error: type[Exception], get: Callable[..., Any], id_: str) -> bool:
    try:
        get(Id=id_)
    except error:
        return True
    return False


def _group(aws: Emulated, **given: Any) -> tuple[Any, str, dict[str, Any]]:
    """A new group: its client, its name, and what is read back of it."""
    ec2, scaling, name = aws.client("ec2"), aws.client("autoscaling"), _name()
    template = ec2.create_launch_template(
        LaunchTemplateName=name,
        LaunchTemplateData={"ImageId": "ami-12c6146b", "InstanceType": "t3.micro"},
    )["LaunchTemplate"]["LaunchTemplateId"]
    launched = {"LaunchTemplate": {"LaunchTemplateId": template, "Version": "1"}}
    if "MixedInstancesPolicy" in given:
        mixed = {"LaunchTemplateSpecification": launched["LaunchTemplate"]}
        launched = {"MixedInstancesPolicy": {"LaunchTemplate": mixed}}
    sizes = {"MinSize": 0, "MaxSize": 1, "DesiredCapacity": 0}
    scaling.create_auto_scaling_group(
        AutoScalingGroupName=name, AvailabilityZones=["us-east-1a"], **sizes, **(given | launched)
    )
    return scaling, name, _read_group(scaling, name)


def _read_group(scaling: Any, name: str) -> dict[str, Any]:
    found = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])
    return found["AutoScalingGroups"][0]


def settings_of_groups(aws: Emulated) -> bool:
    given = {
        "DefaultInstanceWarmup": 120,
        "InstanceMaintenancePolicy": {"MinHealthyPercentage": 100, "MaxHealthyPercentage": 200},
        "MaxInstanceLifetime": 2592000,
        "ServiceLinkedRoleARN": "arn:aws:iam::123456789012:role/aws-service-role/own",
    }
    scaling, name, made = _group(aws, **given)
    scaling.update_auto_scaling_group(AutoScalingGroupName=name, DefaultInstanceWarmup=60)
    warm_up = _read_group(scaling, name).get("DefaultInstanceWarmup")
    return {each: made.get(each) for each in given} == given and warm_up == 60


def changes_of_mixed_groups(aws: Emulated) -> bool:
    scaling, name, made = _group(aws, MixedInstancesPolicy={})
    scaling.update_auto_scaling_group(AutoScalingGroupName=name, MaxSize=2)
    read = _read_group(scaling, name)
    return read["MaxSize"] == 2 and read.get("MixedInstancesPolicy") == made["MixedInstancesPolicy"]


HOOK = {"LifecycleHookName": "ready", "LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING"}


def initial_lifecycle_hooks(aws: Emulated) -> bool:
    scaling, name, _ = _group(aws, LifecycleHookSpecificationList=[HOOK])
    hooks = scaling.describe_lifecycle_hooks(AutoScalingGroupName=name)["LifecycleHooks"]
    return [one["LifecycleHookName"] for one in hooks] == ["ready"]


def hooks_that_notify_nobody(aws: Emulated) -> bool:
    scaling, name, _ = _group(aws)
    scaling.put_lifecycle_hook(AutoScalingGroupName=name, **HOOK)
    (hook,) = scaling.describe_lifecycle_hooks(AutoScalingGroupName=name)["LifecycleHooks"]
    return not {"NotificationTargetARN", "RoleARN"} & set(hook)


def scaling_policies(aws: Emulated) -> bool:
    scaling, name, _ = _group(aws)
    metric = {"PredefinedMetricType": "ASGAverageCPUUtilization"}
    aim = {"PredefinedMetricSpecification": metric, "TargetValue": 50}
    for policy, rest in (("on", {}), ("off", {"Enabled": False})):
        scaling.put_scaling_policy(
            AutoScalingGroupName=name,
            PolicyName=f"{name}-{policy}",
            PolicyType="TargetTrackingScaling",
            TargetTrackingConfiguration=aim,
            **rest,
        )
    found = scaling.describe_policies(AutoScalingGroupName=name)["ScalingPolicies"]
    return [one.get("Enabled") for one in found] == [True, False] and not any(
        "PredictiveScalingConfiguration" in one for one in found
    )


def notifications(aws: Emulated) -> bool:
    scaling, name, _ = _group(aws)
    topic, kind = "arn:aws:sns:us-east-1:123456789012:topic", "autoscaling:EC2_INSTANCE_LAUNCH"
    scaling.put_notification_configuration(
        AutoScalingGroupName=name, TopicARN=topic, NotificationTypes=[kind]
    )

    def read() -> list[dict[str, str]]:
        asked = scaling.describe_notification_configurations(AutoScalingGroupNames=[name])
        return asked["NotificationConfigurations"]

    before = read()
    scaling.delete_notification_configuration(AutoScalingGroupName=name, TopicARN=topic)
    kept = {"AutoScalingGroupName": name, "TopicARN": topic, "NotificationType": kind}
    return before == [kept] and read() == []


def instance_refreshes(aws: Emulated) -> bool:
    scaling, name, _ = _group(aws)
    started = scaling.start_instance_refresh(AutoScalingGroupName=name)["InstanceRefreshId"]
    told = scaling.describe_instance_refreshes(AutoScalingGroupName=name)["InstanceRefreshes"]
    return [(one["InstanceRefreshId"], one["Status"]) for one in told] == [(started, "Successful")]


ACCOUNT = "123456789012"


def _budget(aws: Emulated, **given: Any) -> tuple[Any, str]:
    budgets, name = aws.client("budgets"), _name()
    budget = {
        "BudgetName": name,
        "BudgetType": "COST",
        "TimeUnit": "MONTHLY",
        "BudgetLimit": {"Amount": "1", "Unit": "USD"},
    }
    budgets.create_budget(AccountId=ACCOUNT, Budget=budget, **given)
    return budgets, name


def subscribers(aws: Emulated) -> bool:
    notification = {
        "NotificationType": "ACTUAL",
        "ComparisonOperator": "GREATER_THAN",
        "Threshold": 80.0,
    }
    told = [{"SubscriptionType": "EMAIL", "Address": "alarms@example.com"}]
    given = [{"Notification": notification, "Subscribers": told}]
    budgets, name = _budget(aws, NotificationsWithSubscribers=given)
    read = budgets.describe_subscribers_for_notification(
        AccountId=ACCOUNT, BudgetName=name, Notification=notification
    )
    return read["Subscribers"] == told


def tags(aws: Emulated) -> bool:
    budgets, name = _budget(aws, ResourceTags=[{"Key": "a", "Value": "1"}])
    arn = f"arn:aws:budgets::{ACCOUNT}:budget/{name}"
    budgets.tag_resource(ResourceARN=arn, ResourceTags=[{"Key": "b", "Value": "2"}])
    budgets.untag_resource(ResourceARN=arn, ResourceTagKeys=["a"])
    return budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"] == [
        {"Key": "b", "Value": "2"}
    ]


PROBES: dict[str, Callable[[Emulated], bool]] = {
    "autoscaling.changes_of_mixed_groups": changes_of_mixed_groups,
    "autoscaling.hooks_that_notify_nobody": hooks_that_notify_nobody,
    "autoscaling.initial_lifecycle_hooks": initial_lifecycle_hooks,
    "autoscaling.instance_refreshes": instance_refreshes,
    "autoscaling.notifications": notifications,
    "autoscaling.scaling_policies": scaling_policies,
    "autoscaling.settings_of_groups": settings_of_groups,
    "budgets.subscribers": subscribers,
    "budgets.tags": tags,
    "cloudfront_distribution.no_forwarded_values_beside_a_cache_policy": (
        no_forwarded_values_beside_a_cache_policy
    ),
    "cloudfront_distribution.origin_access_control_of_an_origin": (
        origin_access_control_of_an_origin
    ),
    "cloudfront_distribution.own_certificate": own_certificate,
    "cloudfront_policies.cache_policies": cache_policies,
    "cloudfront_policies.response_headers_policies": response_headers_policies,
    "ec2.deleted_transit_gateway_attachments": deleted_transit_gateway_attachments,
    "ec2.descriptions_of_group_rules": descriptions_of_group_rules,
    "ec2.subnet_by_its_ipv6_association": subnet_by_its_ipv6_association,
    "ec2.subnet_ipv6_state": subnet_ipv6_state,
    "ec2.tags_of_launch_templates": tags_of_launch_templates,
    "ec2.tags_of_transit_gateway_attachments": tags_of_transit_gateway_attachments,
    "s3.conditions_of_bucket_policies": conditions_of_bucket_policies,
}
"""The probe of each correction, by the correction's name."""
