"""The golden image's module: closed machines, encrypted images, and versions that change."""

from collections.abc import Callable
from typing import Any

import pytest

from envs.schema import Environment

Document = Callable[[str], dict[str, Any]]


@pytest.fixture
def resource(document: Document) -> dict[str, dict[str, Any]]:
    return document("image")["resource"]


@pytest.fixture
def recipe(resource: dict[str, Any]) -> dict[str, Any]:
    return resource["aws_imagebuilder_image_recipe"]["this"]


@pytest.fixture
def handed_out(resource: dict[str, Any]) -> dict[str, Any]:
    (region,) = resource["aws_imagebuilder_distribution_configuration"]["this"]["distribution"]
    return region


def test_without_the_setting_nothing_of_it_is_made(document: Document) -> None:
    root = document("translator")

    assert Environment.model_fields["golden_image"].default == "none"
    assert root["module"]["image"]["count"] == '${var.golden_image != "none" ? 1 : 0}'
    for name in ("pipeline_arn", "parameter_name"):
        told = root["output"][f"image_{name}"]["value"]
        assert told == f"${{one(module.image[*].{name})}}"


def test_an_image_begins_with_what_an_instance_without_one_boots(document: Document) -> None:
    booted = Environment.model_fields["image_id"].default
    begun = document("translator")["module"]["image"]["parent_image"]

    assert booted == f"resolve:{begun}"


def test_nobody_reaches_the_machines_that_make_it(resource: dict[str, Any]) -> None:
    made_at = resource["aws_imagebuilder_infrastructure_configuration"]["this"]

    assert "aws_vpc_security_group_ingress_rule" not in resource
    assert made_at["security_group_ids"] == ["${aws_security_group.build.id}"]
    assert made_at["instance_metadata_options"]["http_tokens"] == "required"
    assert made_at["terminate_instance_on_failure"] is True
    assert "key_pair" not in made_at


def test_the_volume_and_what_is_handed_out_are_encrypted(
    recipe: dict[str, Any], handed_out: dict[str, Any]
) -> None:
    (device,) = recipe["block_device_mapping"]

    assert device["ebs"]["encrypted"] == "true"
    assert device["ebs"]["kms_key_id"] == "${var.volume_key_arn}"
    assert handed_out["ami_distribution_configuration"]["kms_key_id"] == "${var.volume_key_arn}"


def test_an_image_stays_in_its_account_and_region(handed_out: dict[str, Any]) -> None:
    assert handed_out["region"] == "${var.region}"
    assert set(handed_out["ami_distribution_configuration"]) == {
        "ami_tags",
        "description",
        "kms_key_id",
        "name",
    }


def test_the_parameter_is_one_that_image_builder_may_write(handed_out: dict[str, Any]) -> None:
    """Its service-linked role writes parameters below /imagebuilder/ alone."""
    (parameter,) = handed_out["ssm_parameter_configuration"]

    assert parameter["parameter_name"] == "/imagebuilder/${var.name}/image-id"
    assert parameter["data_type"] == "aws:ec2:image"


def test_an_image_is_handed_out_only_after_its_test(resource: dict[str, Any]) -> None:
    pipeline = resource["aws_imagebuilder_image_pipeline"]["this"]

    assert pipeline["image_tests_configuration"]["image_tests_enabled"] is True
    assert pipeline["dynamic"]["schedule"]["for_each"] == ('${var.schedule == "weekly" ? [1] : []}')


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("aws_imagebuilder_component", "build", "local.build_document"),
        ("aws_imagebuilder_component", "test", "local.test_document"),
        ("aws_imagebuilder_image_recipe", "this", "jsonencode(["),
    ],
)
def test_what_aws_lets_nobody_change_gets_a_new_version_before_the_old_one_goes(
    resource: dict[str, Any], kind: str, name: str, content: str
) -> None:
    made = resource[kind][name]

    assert made["version"].startswith(f"1.0.${{parseint(substr(sha256({content}")
    assert made["lifecycle"] == {"create_before_destroy": True}


def test_a_recipes_version_changes_with_everything_that_is_in_it(recipe: dict[str, Any]) -> None:
    inputs = ("parent_image", "volume_size_gib", "volume_key_arn")

    assert all(f"var.{name}" in recipe["version"] for name in inputs)
    assert all(f"local.{phase}_document" in recipe["version"] for phase in ("build", "test"))


def test_an_image_that_is_still_launched_is_never_removed(resource: dict[str, Any]) -> None:
    (detail,) = resource["aws_imagebuilder_lifecycle_policy"]["this"]["policy_detail"]
    group = 30  # days, `max_instance_lifetime` of the Auto Scaling group

    (rule,) = detail["exclusion_rules"]
    (amis,) = rule["amis"]
    (launched,) = amis["last_launched"]
    assert launched["unit"] == "DAYS"
    assert launched["value"] > group


def test_the_machines_read_their_own_components_alone(resource: dict[str, Any]) -> None:
    policies = resource["aws_iam_role_policy"]

    assert "component/${var.name}-*" in policies["build"]["policy"]
    assert '"ec2:SourceInstanceARN"' in policies["build"]["policy"]
    assert "ssm:GetParameter" not in policies["build"]["policy"]
    assert policies["cleaner"]["policy"].count('"EC2 Image Builder"') == 2


def test_the_log_group_is_the_one_that_the_key_encrypts(
    document: Document, resource: dict[str, Any]
) -> None:
    group = resource["aws_cloudwatch_log_group"]["this"]
    key = document("encryption")["resource"]["aws_kms_key"]["logs"]["policy"]

    assert f"log-group:{group['name']}" in key


def test_private_subnets_let_image_builder_fetch_its_runner(document: Document) -> None:
    """Unsigned requests, which the gateway endpoint's policy must name."""
    endpoint = document("network")["resource"]["aws_vpc_endpoint"]["s3"]

    assert "arn:aws:s3:::ec2imagebuilder-toe-${var.region}-prod/*" in endpoint["policy"]
