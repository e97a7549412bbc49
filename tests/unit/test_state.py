"""The state's bucket: its module, and the root that Terraform is run on once for an account."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.terraform import FLAG, Result, Terraform

Document = Callable[[str], dict[str, Any]]
Resources = dict[str, dict[str, dict[str, Any]]]

OFFLINE = """
terraform {
  backend "local" {}
}

provider "aws" {
  access_key                  = "none"
  secret_key                  = "none"
  allowed_account_ids         = null
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
"""

VARIABLES = {
    "project": "translator",
    "environment": "test",
    "owner": "nobody",
    "account_id": "123456789012",
    "region": "eu-west-1",
    "bucket_name": "translator-state-123456789012",
}

GUARD = "module.state.terraform_data.deletion_protection"


@pytest.fixture
def resources(document: Document) -> Resources:
    return document("state")["resource"]


@pytest.fixture(scope="module")
def state_root(
    stacks: Path,
    tmp_path_factory: pytest.TempPathFactory,
    terraform: Callable[[Path], Terraform],
) -> Terraform:
    """The root with a state in a file, as its first run has it, and no AWS."""
    copy = tmp_path_factory.mktemp("state")
    for name in ("state", "state_root"):
        shutil.copytree(stacks / name, copy / name)
    root = copy / "state_root"
    (root / "offline_override.tf").write_text(OFFLINE, encoding="utf-8")
    (root / "terraform.tfvars.json").write_text(json.dumps(VARIABLES), encoding="utf-8")
    run = terraform(root)
    made = run.cmd("init", input=False, lockfile="readonly")
    assert made.ok, made.stderr
    return run


def said(result: Result, kind: str) -> list[dict[str, Any]]:
    """What Terraform said of this kind under `-json`."""
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return [line for line in lines if line["type"] == kind]


def test_the_bucket_keeps_every_state_and_shows_it_to_nobody(resources: Resources) -> None:
    versioning = resources["aws_s3_bucket_versioning"]["state"]
    assert versioning["versioning_configuration"] == {"status": "Enabled"}
    assert all(
        resources["aws_s3_bucket_public_access_block"]["state"][switch]
        for switch in (
            "block_public_acls",
            "block_public_policy",
            "ignore_public_acls",
            "restrict_public_buckets",
        )
    )


def test_no_current_state_ever_expires(resources: Resources) -> None:
    (rule,) = resources["aws_s3_bucket_lifecycle_configuration"]["state"]["rule"]
    assert "expiration" not in rule
    assert rule["noncurrent_version_expiration"] == [
        {"noncurrent_days": "${var.noncurrent_version_days}"}
    ]


def test_the_state_is_encrypted_with_a_key_of_its_own(resources: Resources) -> None:
    (rule,) = resources["aws_s3_bucket_server_side_encryption_configuration"]["state"]["rule"]
    assert rule["apply_server_side_encryption_by_default"] == {
        "kms_master_key_id": "${aws_kms_key.state.arn}",
        "sse_algorithm": "aws:kms",
    }
    assert resources["aws_kms_key"]["state"]["enable_key_rotation"] is True
    assert resources["aws_kms_alias"]["state"]["name"] == "alias/${var.key_alias}"


def test_the_bucket_refuses_plain_http_and_other_keys(resources: Resources) -> None:
    policy = resources["aws_s3_bucket_policy"]["state"]["policy"].replace(" ", "")
    statements = policy.split('"Effect"=')[1:]
    assert all(text.startswith('"Deny"') for text in statements)
    other_algorithm, other_key, plain_http = statements
    algorithm = '"s3:x-amz-server-side-encryption"'
    # An upload that names no algorithm gets the bucket's default, so only a named one is refused.
    assert f'"Null"={{{algorithm}="false"}}' in other_algorithm
    assert f'"StringNotEquals"={{{algorithm}="aws:kms"}}' in other_algorithm
    alias = '"alias/${var.key_alias}"'
    arn = '"arn:aws:kms:${var.region}:${var.account_id}:alias/${var.key_alias}"'
    names = f"[aws_kms_key.state.arn,{alias},{arn}]"
    key = '"s3:x-amz-server-side-encryption-aws-kms-key-id"'
    assert f'"StringNotEquals"={{{key}={names}}}' in other_key
    assert '"aws:SecureTransport"="false"' in plain_http


def test_the_key_s_name_is_the_one_that_every_backend_gives(document: Document) -> None:
    alias = document("state_root")["variable"]["key_alias"]["default"]
    for backend in (Path(__file__).parents[2] / "envs").glob("*.s3.tfbackend"):
        assert f'"alias/{alias}"' in backend.read_text(encoding="utf-8"), backend.name


def test_the_root_plans_before_there_is_a_bucket(state_root: Terraform) -> None:
    planned = state_root.cmd("plan", json=FLAG, input=False, out="plan.tfplan")
    assert planned.ok, planned.stdout
    addresses = {
        line["change"]["resource"]["addr"]
        for line in said(planned, "planned_change")
        if line["change"]["action"] == "create"
    }
    assert {"module.state.aws_s3_bucket.state", "module.state.aws_kms_key.state"} < addresses
    assert f"{GUARD}[0]" in addresses


def test_terraform_refuses_to_destroy_what_is_protected(state_root: Terraform) -> None:
    made = state_root.cmd("apply", json=FLAG, input=False, auto_approve=FLAG, target=GUARD)
    assert made.ok, made.stdout
    refused = state_root.cmd("plan", json=FLAG, input=False, destroy=FLAG)
    assert not refused.ok
    assert "Instance cannot be destroyed" in refused.stdout
    assert f"{GUARD}[0]" in refused.stdout


def test_a_throw_away_bucket_has_no_guard_and_goes_with_its_contents(resources: Resources) -> None:
    guard = resources["terraform_data"]["deletion_protection"]
    assert guard["count"] == "${var.deletion_protection ? 1 : 0}"
    assert guard["lifecycle"] == {"prevent_destroy": True}
    assert resources["aws_s3_bucket"]["state"]["force_destroy"] == "${!var.deletion_protection}"
