"""What to ask of Auto Scaling to see whether it answers as AWS would."""

from typing import Any

from tests.apply.emulated import Emulated
from tests.apply.probes.names import fresh_name


def _group(aws: Emulated, **given: Any) -> tuple[Any, str, dict[str, Any]]:
    """A new group: its client, its name, and what is read back of it."""
    ec2, scaling, name = aws.client("ec2"), aws.client("autoscaling"), fresh_name()
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
