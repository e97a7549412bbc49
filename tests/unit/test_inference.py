"""The inference module's JSON: closed instances, and a group that changes without a gap."""

import re
from collections.abc import Callable
from typing import Any

import pytest

Document = Callable[[str], dict[str, Any]]


@pytest.fixture
def resource(document: Document) -> dict[str, dict[str, Any]]:
    return document("inference")["resource"]


@pytest.fixture
def template(resource: dict[str, Any]) -> dict[str, Any]:
    return resource["aws_launch_template"]["this"]


@pytest.fixture
def group(resource: dict[str, Any]) -> dict[str, Any]:
    return resource["aws_autoscaling_group"]["this"]


def test_instances_take_11434_from_the_load_balancer_and_nothing_else(
    resource: dict[str, Any],
) -> None:
    (rule,) = resource["aws_vpc_security_group_ingress_rule"].values()

    assert (rule["ip_protocol"], rule["from_port"], rule["to_port"]) == ("tcp", 11434, 11434)
    assert rule["referenced_security_group_id"] == "${var.load_balancer_security_group_id}"
    assert "cidr_ipv4" not in rule
    assert "cidr_ipv6" not in rule


def test_an_instance_has_no_public_address_no_key_pair_and_imdsv2(template: dict[str, Any]) -> None:
    (interface,) = template["network_interfaces"]

    assert interface["associate_public_ip_address"] == "false"
    assert "key_name" not in template
    assert template["metadata_options"]["http_tokens"] == "required"
    assert template["metadata_options"]["http_put_response_hop_limit"] == 1


def test_the_volume_is_encrypted_with_the_given_key(template: dict[str, Any]) -> None:
    (device,) = template["block_device_mappings"]

    assert device["ebs"]["encrypted"] == "true"
    assert device["ebs"]["kms_key_id"] == "${var.volume_key_arn}"
    assert device["ebs"]["volume_type"] == "gp3"


def test_what_is_launched_is_tagged(template: dict[str, Any]) -> None:
    tagged = {tags["resource_type"] for tags in template["tag_specifications"]}

    assert tagged == {"instance", "network-interface", "volume"}


def test_the_first_instances_wait_for_their_model_too(group: dict[str, Any]) -> None:
    (hook,) = group["initial_lifecycle_hook"]

    assert hook["lifecycle_transition"] == "autoscaling:EC2_INSTANCE_LAUNCHING"
    assert hook["default_result"] == "ABANDON"


def test_a_warm_pool_and_mixed_types_are_never_both_there(group: dict[str, Any]) -> None:
    """AWS long refused them together; one variable of three values decides."""
    dynamic = group["dynamic"]

    assert dynamic["mixed_instances_policy"]["for_each"] == (
        '${var.scaling.capacity == "mixed_instances" ? [1] : []}'
    )
    assert dynamic["launch_template"]["for_each"] == (
        '${var.scaling.capacity == "mixed_instances" ? [] : [1]}'
    )
    assert dynamic["warm_pool"]["for_each"] == ('${var.scaling.capacity == "warm_pool" ? [1] : []}')


def test_a_roll_out_keeps_capacity_and_goes_back_where_aws_can(group: dict[str, Any]) -> None:
    preferences = group["instance_refresh"]["preferences"]

    assert preferences["min_healthy_percentage"] == 100
    assert group["instance_maintenance_policy"]["min_healthy_percentage"] == 100
    assert preferences["auto_rollback"] == '${startswith(var.instances.image_id, "ami-")}'


def test_terraform_leaves_the_floor_to_the_office_hours(
    group: dict[str, Any], resource: dict[str, Any]
) -> None:
    """Otherwise an apply at night would start instances that run until the next evening."""
    stop = resource["aws_autoscaling_schedule"]["stop"]

    assert group["min_size"] == ("${var.scaling.office_hours == null ? var.scaling.min_size : 0}")
    assert (stop["min_size"], stop["desired_capacity"], stop["max_size"]) == (0, 0, -1)


def test_scaling_follows_cpu_and_requests(resource: dict[str, Any]) -> None:
    metrics = {
        policy["target_tracking_configuration"]["predefined_metric_specification"][
            "predefined_metric_type"
        ]
        for policy in resource["aws_autoscaling_policy"].values()
    }

    assert metrics == {"ASGAverageCPUUtilization", "ALBRequestCountPerTarget"}


def test_an_instance_has_rights_on_its_own_group_and_logs_alone(resource: dict[str, Any]) -> None:
    policies = {name: rule["policy"] for name, rule in resource["aws_iam_role_policy"].items()}

    assert set(policies) == {"lifecycle", "logs", "metrics", "models", "systems_manager"}
    assert "autoScalingGroupName/${var.name}" in policies["lifecycle"]
    assert "local.log_streams" in policies["logs"]
    assert '"cloudwatch:namespace" = var.metrics_namespace' in policies["metrics"]
    assert "ssm:GetParameter" not in policies["systems_manager"]


def test_models_of_a_bucket_are_read_and_of_none_without_one(
    resource: dict[str, Any], document: Document
) -> None:
    policy = resource["aws_iam_role_policy"]["models"]
    (objects,) = re.findall(
        '"(arn:[^"]*s3[^?]*)"', document("inference")["locals"]["model_objects"]
    )

    assert policy["count"] == "${var.model_source != null ? 1 : 0}"
    assert '"s3:GetObject"' in policy["policy"]
    assert objects == 'arn:aws:s3:::${trimprefix(var.model_source, "s3://")}/*'
