"""The Auto Scaling group and what makes it grow and shrink."""

from typing import Any

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.autoscaling_group import (
    AutoscalingGroup,
    AutoscalingGroupInitialLifecycleHook,
    AutoscalingGroupInstanceMaintenancePolicy,
    AutoscalingGroupInstanceRefresh,
    AutoscalingGroupInstanceRefreshPreferences,
    AutoscalingGroupTimeouts,
)
from cdktf_cdktf_provider_aws.autoscaling_policy import (
    AutoscalingPolicy,
    AutoscalingPolicyTargetTrackingConfiguration,
    AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification,
)
from cdktf_cdktf_provider_aws.autoscaling_schedule import AutoscalingSchedule
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate
from constructs import Construct

from modules.base.expressions import count_if, number, value
from modules.inference.interface import InferenceInputs

LAUNCH_TIMEOUT_SECONDS = 3600
"""Longer than an instance without a golden image takes to install, pull and load (20-25 min)."""

INSTANCE_LIFETIME_SECONDS = 30 * 24 * 3600
"""Nothing runs unpatched for longer than a month."""

METRICS = [
    "GroupDesiredCapacity",
    "GroupInServiceInstances",
    "GroupMaxSize",
    "GroupMinSize",
    "GroupPendingInstances",
    "GroupTerminatingInstances",
    "GroupTotalInstances",
    "WarmPoolDesiredCapacity",
    "WarmPoolWarmedCapacity",
]

ROLLING = AutoscalingGroupInstanceRefresh(
    strategy="Rolling",
    preferences=AutoscalingGroupInstanceRefreshPreferences(
        # A new instance serves before an old one goes.
        min_healthy_percentage=100,
        max_healthy_percentage=200,
        skip_matching=True,
        # AWS can go back only to an image that is named by its id, not to a parameter's value.
        auto_rollback=value('startswith(var.instances.image_id, "ami-")'),
    ),
)


def autoscaling_group(
    scope: Construct, inputs: InferenceInputs, template: LaunchTemplate
) -> AutoscalingGroup:
    """The group over all zones. An instance counts once the load balancer found it ready."""
    group = AutoscalingGroup(
        scope,
        "aws_autoscaling_group.this",
        name=inputs.name,
        vpc_zone_identifier=inputs.subnet_ids,
        service_linked_role_arn=inputs.service_linked_role_arn,
        target_group_arns=[inputs.target_group_arn],
        # With office hours the schedule sets the floor. If this did too, an apply at night would
        # start instances that run until the next evening.
        min_size=number("var.scaling.office_hours == null ? var.scaling.min_size : 0"),
        max_size=number("var.scaling.max_size"),
        desired_capacity=number("var.scaling.desired_size"),
        health_check_type="ELB",
        health_check_grace_period=120,
        default_instance_warmup=120,
        max_instance_lifetime=INSTANCE_LIFETIME_SECONDS,
        termination_policies=["OldestLaunchTemplate", "Default"],
        # Part of the group, so that its very first instances wait as well.
        initial_lifecycle_hook=[
            AutoscalingGroupInitialLifecycleHook(
                name=f"{inputs.name}-launch",
                lifecycle_transition="autoscaling:EC2_INSTANCE_LAUNCHING",
                default_result="ABANDON",
                heartbeat_timeout=LAUNCH_TIMEOUT_SECONDS,
            )
        ],
        instance_refresh=ROLLING,
        # The same for what is unhealthy or too old: the next one serves before it goes.
        instance_maintenance_policy=AutoscalingGroupInstanceMaintenancePolicy(
            min_healthy_percentage=100, max_healthy_percentage=200
        ),
        enabled_metrics=METRICS,
        # Terraform does not wait for models to load: alarms tell if instances fail to come.
        wait_for_capacity_timeout="0",
        # A destroy waits for the streams that instances still send, and for those still booting.
        timeouts=AutoscalingGroupTimeouts(delete="90m"),
        force_delete_warm_pool=True,
        # Demand decides after the first day; and the provider, which cannot read an initial hook,
        # would replace the whole group after an import.
        lifecycle=TerraformResourceLifecycle(
            ignore_changes=["desired_capacity", "initial_lifecycle_hook"]
        ),
    )
    for block, content in _variable_blocks(template).items():
        group.add_override(f"dynamic.{block}", content)
    return group


def _variable_blocks(template: LaunchTemplate) -> dict[str, Any]:
    """Blocks that are there, or as often, as a variable says."""
    mixed = 'var.scaling.capacity == "mixed_instances"'
    version = {"version": "${tostring(aws_launch_template.this.latest_version)}"}
    overrides = "concat([var.instances.instance_type], var.scaling.instance_type_overrides)"
    return {
        "tag": {
            "for_each": '${merge(var.tags, {Name = var.name, module = "inference"})}',
            "content": {
                "key": "${tag.key}",
                "value": "${tag.value}",
                # The launch template tags what it launches; these are the group's own.
                "propagate_at_launch": False,
            },
        },
        "launch_template": {
            "for_each": f"${{{mixed} ? [] : [1]}}",
            "content": {"id": template.id, **version},
        },
        "mixed_instances_policy": {
            "for_each": f"${{{mixed} ? [1] : []}}",
            "content": {
                "instances_distribution": {
                    # The first type that has capacity; no spot, as a stream can't be moved.
                    "on_demand_allocation_strategy": "prioritized",
                    "on_demand_percentage_above_base_capacity": 100,
                },
                "launch_template": {
                    "launch_template_specification": {
                        "launch_template_id": template.id,
                        **version,
                    },
                    "dynamic": {
                        "override": {
                            "for_each": f"${{{overrides}}}",
                            "content": {"instance_type": "${override.value}"},
                        }
                    },
                },
            },
        },
        "warm_pool": {
            "for_each": '${var.scaling.capacity == "warm_pool" ? [1] : []}',
            "content": {
                "pool_state": "Stopped",
                "min_size": "${var.scaling.warm_pool_size}",
                # AWS would otherwise keep as many ready as the group may have at most.
                "max_group_prepared_capacity": (
                    "${var.scaling.desired_size + var.scaling.warm_pool_size}"
                ),
            },
        },
    }


def scaling(scope: Construct, inputs: InferenceInputs, group: AutoscalingGroup) -> None:
    """Target tracking on what instances do and on what reaches them, and the schedule."""
    targets = {
        "cpu": (
            AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification(
                predefined_metric_type="ASGAverageCPUUtilization"
            ),
            "var.scaling.cpu_target_percent",
        ),
        "requests": (
            AutoscalingPolicyTargetTrackingConfigurationPredefinedMetricSpecification(
                predefined_metric_type="ALBRequestCountPerTarget",
                resource_label=inputs.request_count_label,
            ),
            "var.scaling.requests_per_target_per_minute",
        ),
    }
    for name, (metric, target) in targets.items():
        AutoscalingPolicy(
            scope,
            f"aws_autoscaling_policy.{name}",
            name=name,
            autoscaling_group_name=group.name,
            policy_type="TargetTrackingScaling",
            target_tracking_configuration=AutoscalingPolicyTargetTrackingConfiguration(
                predefined_metric_specification=metric, target_value=number(target)
            ),
        )
    _schedule(
        scope,
        group,
        "start",
        smallest=number("var.scaling.min_size"),
        desired=number("var.scaling.desired_size"),
    )
    _schedule(scope, group, "stop", smallest=0, desired=0)


def _schedule(
    scope: Construct, group: AutoscalingGroup, action: str, *, smallest: float, desired: float
) -> None:
    AutoscalingSchedule(
        scope,
        f"aws_autoscaling_schedule.{action}",
        count=count_if("var.scaling.office_hours != null"),
        scheduled_action_name=action,
        autoscaling_group_name=group.name,
        recurrence=f"${{var.scaling.office_hours.{action}_cron}}",
        time_zone="${var.scaling.office_hours.time_zone}",
        min_size=smallest,
        desired_capacity=desired,
        max_size=-1,  # stays as it is
    )
