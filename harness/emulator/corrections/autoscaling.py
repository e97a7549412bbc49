"""Auto Scaling: what a group and its policies read back as, notifications, instance refreshes."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

import uuid
from typing import Any

from moto.autoscaling.models import (
    FakeAutoScalingGroup,
    FakeScalingPolicy,
    LifecycleHook,
)
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

from harness.emulator.corrections import correction

FORGOTTEN = {
    "DefaultInstanceWarmup": "default_instance_warmup",
    "InstanceMaintenancePolicy": "instance_maintenance_policy",
    "MaxInstanceLifetime": "max_instance_lifetime",
    "ServiceLinkedRoleARN": "service_linked_role_arn",
}
"""Parameters of a group that moto reads over, and the attributes they are read back from."""


@correction(
    types=["aws_autoscaling_group"],
    stock=(
        "forgets a group's warm-up, maintenance policy, instances' lifetime and service-linked role"
    ),
    aws="keeps them",
    source=(
        "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html"
    ),
)
def settings_of_groups() -> None:
    """Keep what moto reads over, when a group is made and when it is changed."""
    for name in ("create_auto_scaling_group", "update_auto_scaling_group"):
        setattr(AutoScalingResponse, name, _keeping(getattr(AutoScalingResponse, name)))


def _keeping(answered: Any) -> Any:
    def answer(self: Any) -> ActionResult:
        result = answered(self)
        group = self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")]
        for parameter, attribute in FORGOTTEN.items():
            if self._get_param(parameter) is not None:
                setattr(group, attribute, self._get_param(parameter))
        return result

    return answer


@correction(
    types=["aws_autoscaling_group"],
    stock="forgets a mixed instances policy when anything else of the group is changed",
    aws="leaves as it is what a change does not name",
    source=(
        "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html"
    ),
)
def changes_of_mixed_groups() -> None:
    """Keep the policy unless the change brings one, or a launch template in its place."""
    changed = FakeAutoScalingGroup.update

    def update(self: Any, **given: Any) -> None:
        before = self.mixed_instances_policy
        changed(self, **given)
        if before and not (given.get("mixed_instances_policy") or given.get("launch_template")):
            self.mixed_instances_policy = before

    FakeAutoScalingGroup.update = update


@correction(
    types=["aws_autoscaling_group"],
    stock="forgets the lifecycle hooks that a group is made with",
    aws="makes them with the group",
    source=(
        "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html"
    ),
)
def initial_lifecycle_hooks() -> None:
    """Make the hooks of `LifecycleHookSpecificationList`."""
    answered = AutoScalingResponse.create_auto_scaling_group

    def create(self: Any) -> ActionResult:
        result = answered(self)
        for hook in self._get_param("LifecycleHookSpecificationList", []):
            self.autoscaling_backend.create_lifecycle_hook(
                name=hook["LifecycleHookName"],
                as_name=self._get_param("AutoScalingGroupName"),
                transition=hook["LifecycleTransition"],
                timeout=hook.get("HeartbeatTimeout"),
                result=hook.get("DefaultResult"),
            )
        return result

    AutoScalingResponse.create_auto_scaling_group = create


@correction(
    types=["aws_autoscaling_group"],
    stock="says of every lifecycle hook that it notifies a queue under a role",
    aws="says so only of a hook that does",
    source="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html",
)
def hooks_that_notify_nobody() -> None:
    """Leave out the queue and the role."""
    made = LifecycleHook.__init__

    def init(self: Any, *given: Any) -> None:
        made(self, *given)
        self.role_arn = self.notification_target_arn = None

    LifecycleHook.__init__ = init


@correction(
    types=["aws_autoscaling_policy"],
    stock="says of every scaling policy that it is off, and predicts",
    aws="says what it was made with; on, if nothing was said",
    source="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_ScalingPolicy.html",
)
def scaling_policies() -> None:
    """Tell whether a policy is on, and of prediction only where it predicts."""
    made = FakeScalingPolicy.__init__
    answered = AutoScalingResponse.put_scaling_policy

    def init(self: Any, *given: Any, **named: Any) -> None:
        made(self, *given, **named)
        self.enabled = True
        self.predictive_scaling_configuration = self.predictive_scaling_configuration or None

    def put(self: Any) -> ActionResult:
        result = answered(self)
        policy = self.autoscaling_backend.policies[self._get_param("PolicyName")]
        policy.enabled = self._get_bool_param("Enabled", if_none=True)
        return result

    FakeScalingPolicy.__init__ = init
    AutoScalingResponse.put_scaling_policy = put


@correction(
    types=["aws_autoscaling_notification"],
    stock="knows no notifications (500)",
    aws="keeps which topic is told of which events",
    source=(
        "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/"
        "API_PutNotificationConfiguration.html"
    ),
)
def notifications() -> None:
    """Keep the notifications of groups."""

    def kept(self: Any) -> dict[tuple[str, str], list[str]]:
        return vars(self.autoscaling_backend).setdefault("notifications_kept", {})

    def of(self: Any) -> tuple[str, str]:
        return self._get_param("AutoScalingGroupName"), self._get_param("TopicARN")

    def put(self: Any) -> EmptyResult:
        kept(self)[of(self)] = self._get_param("NotificationTypes", [])
        return EmptyResult()

    def describe(self: Any) -> ActionResult:
        names = self._get_param("AutoScalingGroupNames", [])
        found = [
            {"AutoScalingGroupName": group, "TopicARN": topic, "NotificationType": kind}
            for (group, topic), kinds in kept(self).items()
            if not names or group in names
            for kind in kinds
        ]
        return ActionResult({"NotificationConfigurations": found})

    def delete(self: Any) -> EmptyResult:
        kept(self).pop(of(self), None)
        return EmptyResult()

    AutoScalingResponse.put_notification_configuration = put
    AutoScalingResponse.describe_notification_configurations = describe
    AutoScalingResponse.delete_notification_configuration = delete


@correction(
    types=["aws_autoscaling_group"],
    stock="knows no instance refreshes (500)",
    aws="replaces the instances one after the other, and tells how far it is",
    source="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_StartInstanceRefresh.html",
)
def instance_refreshes() -> None:
    """Count a refresh as done as soon as it is begun: nothing runs on these instances."""

    def kept(self: Any) -> list[dict[str, Any]]:
        all_ = vars(self.autoscaling_backend).setdefault("refreshes_kept", {})
        return all_.setdefault(self._get_param("AutoScalingGroupName"), [])

    def start(self: Any) -> ActionResult:
        refresh = {
            "InstanceRefreshId": str(uuid.uuid4()),
            "AutoScalingGroupName": self._get_param("AutoScalingGroupName"),
            "Status": "Successful",
            "StartTime": utcnow(),
            "EndTime": utcnow(),
            "PercentageComplete": 100,
            "InstancesToUpdate": 0,
            "Preferences": self._get_param("Preferences", {}),
        }
        kept(self).insert(0, refresh)
        return ActionResult({"InstanceRefreshId": refresh["InstanceRefreshId"]})

    def describe(self: Any) -> ActionResult:
        return ActionResult({"InstanceRefreshes": kept(self)})

    AutoScalingResponse.start_instance_refresh = start
    AutoScalingResponse.describe_instance_refreshes = describe
