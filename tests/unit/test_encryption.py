"""The keys' module, as Terraform will read it."""

from collections.abc import Callable
from typing import Any

import pytest

Resources = dict[str, dict[str, dict[str, Any]]]

KEYS = ("global_logs", "logs", "notifications", "storage", "volumes")


@pytest.fixture
def resources(document: Callable[[str], dict[str, Any]]) -> Resources:
    return document("encryption")["resource"]


def policy(resources: Resources, key: str) -> str:
    """A key's policy as HCL, without its spaces."""
    return resources["aws_kms_key"][key]["policy"].replace(" ", "")


def statements(resources: Resources, key: str) -> list[str]:
    """The statements of a key's policy."""
    return policy(resources, key).split('"Effect"=')[1:]


def statement(resources: Resources, key: str, principal: str) -> str:
    """The only statement of a key's policy that names this principal."""
    (found,) = [text for text in statements(resources, key) if principal in text]
    return found


def test_there_is_one_key_with_an_alias_for_each_purpose(resources: Resources) -> None:
    assert set(resources["aws_kms_key"]) == set(resources["aws_kms_alias"]) == set(KEYS)
    for key, alias in resources["aws_kms_alias"].items():
        assert alias["name"] == f"alias/${{var.name}}-{key.replace('_', '-')}"
        assert alias["target_key_id"] == f"${{aws_kms_key.{key}.key_id}}"


@pytest.mark.parametrize("key", KEYS)
def test_keys_rotate_and_wait_a_month_when_deleted(resources: Resources, key: str) -> None:
    made = resources["aws_kms_key"][key]
    assert made["enable_key_rotation"] is True
    assert made["deletion_window_in_days"] == 30


@pytest.mark.parametrize("key", KEYS)
def test_administrators_of_a_key_cannot_use_it(resources: Resources, key: str) -> None:
    (administration,) = [
        text for text in statements(resources, key) if '"kms:PutKeyPolicy"' in text
    ]
    assert '"arn:aws:iam::${var.account_id}:root"' in administration
    for use in ("kms:*", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:CreateGrant"):
        assert f'"{use}' not in administration


@pytest.mark.parametrize("key", KEYS)
def test_whoever_uses_a_key_does_so_under_a_condition_or_as_a_role_of_ours(
    resources: Resources, key: str
) -> None:
    for text in statements(resources, key):
        administers = '"kms:PutKeyPolicy"' in text
        is_ours = '"AWS"=aws_iam_service_linked_role.autoscaling.arn' in text
        assert administers or is_ours or '"Condition"=' in text, text
        assert '"*"}' not in text, "anybody"


def test_log_keys_serve_the_named_log_groups_alone(resources: Resources) -> None:
    regional = statement(resources, "logs", '"logs.${var.region}.amazonaws.com"')
    group = '"arn:aws:logs:${var.region}:${var.account_id}:log-group:'
    groups = f'[{group}/${{var.name}}/*",{group}/aws/imagebuilder/${{var.name}}"]'
    assert f'{{"kms:EncryptionContext:aws:logs:arn"={groups}}}' in regional
    elsewhere = statement(resources, "global_logs", '"logs.us-east-1.amazonaws.com"')
    group = "arn:aws:logs:us-east-1:${var.account_id}:log-group:aws-waf-logs-${var.name}"
    assert f'{{"kms:EncryptionContext:aws:logs:arn"="{group}"}}' in elsewhere


def test_only_the_key_for_cloudfront_s_own_logs_lies_in_us_east_1(resources: Resources) -> None:
    for kind in ("aws_kms_key", "aws_kms_alias"):
        elsewhere = [key for key, made in resources[kind].items() if "provider" in made]
        assert elsewhere == ["global_logs"]
        assert resources[kind]["global_logs"]["provider"] == "aws.us_east_1"


def test_cloudfront_decrypts_for_distributions_of_this_account(resources: Resources) -> None:
    text = statement(resources, "storage", '"cloudfront.amazonaws.com"')
    assert '"Action"=["kms:Decrypt"]' in text
    own = "arn:aws:cloudfront::${var.account_id}:distribution/*"
    assert f'{{"aws:SourceArn"="{own}"}}' in text


@pytest.mark.parametrize(
    ("key", "service"), [("storage", "s3"), ("notifications", "sns"), ("volumes", "ec2")]
)
def test_the_account_uses_a_key_through_its_service_alone(
    resources: Resources, key: str, service: str
) -> None:
    users = [
        text
        for text in statements(resources, key)
        if ":root" in text and '"kms:PutKeyPolicy"' not in text
    ]
    assert len(users) == 1
    assert f'{{"kms:ViaService"="{service}.${{var.region}}.amazonaws.com"}}' in users[0]


def test_alarms_and_budgets_of_this_account_may_notify(resources: Resources) -> None:
    for service in ("cloudwatch", "budgets"):
        text = statement(resources, "notifications", f'"{service}.amazonaws.com"')
        assert '"aws:SourceAccount"=var.account_id' in text


def test_volumes_open_to_a_role_that_exists_before_the_key(resources: Resources) -> None:
    # KMS refuses a policy that names a role not yet made, as the account's own role may be.
    assert "AWSServiceRoleForAutoScaling" not in policy(resources, "volumes")
    assert resources["aws_iam_service_linked_role"]["autoscaling"]["custom_suffix"] == "${var.name}"
    role = '"AWS"=aws_iam_service_linked_role.autoscaling.arn'
    use, grant = [text for text in statements(resources, "volumes") if role in text]
    assert '"kms:GenerateDataKey*"' in use
    assert '"Action"=["kms:CreateGrant"]' in grant
    assert '{"kms:GrantIsForAWSResource"="true"}' in grant


def test_the_group_learns_which_role_it_must_have(
    document: Callable[[str], dict[str, Any]],
) -> None:
    told = document("encryption")["output"]["autoscaling_role_arn"]["value"]
    assert told == "${aws_iam_service_linked_role.autoscaling.arn}"
