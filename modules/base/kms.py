"""Customer-managed KMS keys, each for one purpose."""

from collections.abc import Mapping, Sequence
from typing import Any

from cdktf import TerraformProvider
from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

from modules.base.iam import allow, policy

USE = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
]
"""What a service does with the key that encrypts what it stores."""

_ADMINISTER = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:List*",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
]


def key(
    scope: Construct,
    name: str,
    *,
    alias: str,
    description: str,
    account_id: str,
    statements: Sequence[Mapping[str, Any]],
    provider: TerraformProvider | None = None,
) -> KmsKey:
    """A key that rotates every year and waits 30 days when deleted.

    The account's IAM policies say who administers it. Administering is not using: without a
    statement that says so, no IAM policy opens what the key has encrypted.

    Args:
        scope: The module.
        name: Its name in Terraform: `aws_kms_key.<name>`.
        alias: Its name in AWS, without `alias/`.
        description: What it encrypts.
        account_id: The account that administers it.
        statements: Who may use it, and when.
        provider: The provider of another region than the module's own.
    """
    administration = allow(_ADMINISTER, ["*"], principal=_account(account_id))
    made = KmsKey(
        scope,
        f"aws_kms_key.{name}",
        description=description,
        enable_key_rotation=True,
        deletion_window_in_days=30,
        policy=policy(administration, *statements),
        provider=provider,
    )
    KmsAlias(
        scope,
        f"aws_kms_alias.{name}",
        name=f"alias/{alias}",
        target_key_id=made.key_id,
        provider=provider,
    )
    return made


def use_through(service: str, region: str, account_id: str) -> dict[str, Any]:
    """Use by whom the account's IAM policies allow it, and only through this service: `s3`."""
    return allow(
        [*USE, "kms:CreateGrant"] if service == "ec2" else USE,
        ["*"],
        principal=_account(account_id),
        condition={"StringEquals": {"kms:ViaService": f"{service}.{region}.amazonaws.com"}},
    )


def _account(account_id: str) -> dict[str, str]:
    """The principal by which an account's own IAM policies decide."""
    return {"AWS": f"arn:aws:iam::{account_id}:root"}
