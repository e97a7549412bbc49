"""The bucket that holds Terraform's state."""

from typing import Any

from cdktf import DataResource, TerraformResourceLifecycle

from modules.base.bucket import PrivateBucket
from modules.base.conditions import ACCOUNT_ID, between, matches
from modules.base.expressions import count_if, value
from modules.base.iam import deny
from modules.base.interface import Inputs, Outputs, output, variable
from modules.base.kms import key, use_through
from modules.base.module import Module

BUCKET_NAME = matches(
    "^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", "3 to 63 lower-case letters, digits and hyphens"
)
KEY_ALIAS = matches("^[a-zA-Z0-9/_-]{1,240}$", "a name that KMS takes for an alias")
RETENTION = between(30, 3650)


class StateInputs(Inputs):
    """What the state's bucket must know."""

    bucket_name: str = variable(
        "Name of the bucket, unique in all of AWS: let it contain the account's id.", BUCKET_NAME
    )
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    region: str = variable("The AWS region of the bucket.")
    key_alias: str = variable(
        "Name of the KMS key of the state, without `alias/`.", KEY_ALIAS, default="translator-state"
    )
    noncurrent_version_days: int = variable(
        "Days for which a replaced or deleted state can be had back.", RETENTION, default=365
    )
    deletion_protection: bool = variable(
        "Whether Terraform refuses to destroy the bucket. Once on, only "
        "`terraform state rm` of the protection switches it off.",
        default=True,
    )


class StateOutputs(Outputs):
    """What a backend's settings name."""

    bucket_name: str = output("Name of the bucket.")
    bucket_arn: str = output("ARN of the bucket.")
    key_arn: str = output("KMS key of the state: the backend's `kms_key_id`, as is its alias.")


class State(Module[StateInputs, StateOutputs]):
    """The bucket for Terraform's state: versioned, encrypted with its own key, closed.

    It refuses plain HTTP and every object that would be encrypted with another key. A backend
    must therefore name the key: with `encrypt` and no `kms_key_id`, Terraform asks for S3's own
    key (AES256) and is refused.
    """

    def resources(self, inputs: StateInputs) -> StateOutputs:
        """The key, the bucket, and what keeps both from being destroyed."""
        encryption = key(
            self,
            "state",
            alias=inputs.key_alias,
            description="Terraform's state",
            account_id=inputs.account_id,
            statements=[use_through("s3", inputs.region, inputs.account_id)],
        )
        bucket = PrivateBucket(
            self,
            "state",
            name=inputs.bucket_name,
            key_arn=encryption.arn,
            noncurrent_days=inputs.noncurrent_version_days,
            destroyable=value("!var.deletion_protection"),
        )
        alias = f"alias/{inputs.key_alias}"
        names = [
            encryption.arn,
            alias,
            f"arn:aws:kms:{inputs.region}:{inputs.account_id}:{alias}",
        ]
        bucket.allow_only(*_deny_other_keys(bucket.arn, names))
        # Terraform's `prevent_destroy` takes no variable: on the bucket itself it would bind the
        # throw-away environments too. So one resource that may be absent carries it for all the
        # others: while it is in the state, Terraform refuses to plan their destruction. S3's own
        # refusal to delete a bucket that is not empty would come too late: the policy and the
        # versioning are gone by then, and soon the key.
        DataResource(
            self,
            "terraform_data.deletion_protection",
            count=count_if("var.deletion_protection"),
            lifecycle=TerraformResourceLifecycle(prevent_destroy=True),
        )
        return StateOutputs(bucket_name=bucket.name, bucket_arn=bucket.arn, key_arn=encryption.arn)


def _deny_other_keys(bucket_arn: str, names: list[str]) -> list[dict[str, Any]]:
    """Refuse an object whose upload asks for other encryption than the bucket's own.

    An upload that asks for none gets the bucket's default. One that asks for KMS and names no key
    would get the account's `aws/s3`: it is refused too, for an absent header equals nothing.
    """
    algorithm = "s3:x-amz-server-side-encryption"
    other_algorithm = {"Null": {algorithm: "false"}, "StringNotEquals": {algorithm: "aws:kms"}}
    other_key = {
        "StringEquals": {algorithm: "aws:kms"},
        "StringNotEquals": {f"{algorithm}-aws-kms-key-id": names},
    }
    return [
        deny(["s3:PutObject"], [f"{bucket_arn}/*"], principal="*", condition=condition)
        for condition in (other_algorithm, other_key)
    ]
