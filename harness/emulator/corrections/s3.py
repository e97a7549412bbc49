"""S3: bucket policies with conditions, and versions in a bucket that makes no more of them."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

import json
from typing import Any

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket, S3Backend

from harness.emulator.corrections import correction


@correction(
    types=["aws_s3_bucket_policy"],
    stock="reads over conditions, so that a refusal of plain HTTP refuses every request",
    aws="applies a statement only where its condition holds",
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html"
    ),
)
def conditions_of_bucket_policies() -> None:
    """Pass over statements with a condition: what they ask about, TLS and callers, is not here."""

    def get_permission(self: Any, action: str, resource: str) -> PermissionResult:
        if self.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(self.policy)
        statements = policy["Statement"]
        plain = [
            each
            for each in (statements if isinstance(statements, list) else [statements])
            if not each.get("Condition")
        ]
        judged = IAMPolicy(json.dumps(policy | {"Statement": plain}))
        return judged.is_action_permitted(action, resource)

    FakeBucket.get_permission = get_permission


@correction(
    types=["aws_s3_bucket_versioning"],
    stock="takes a bucket whose versioning is suspended for one that never had versions, and breaks"
    " when it should delete one of them",
    aws="still deletes the version that is named",
    source=(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
        "DeletingObjectsfromVersioningSuspendedBuckets.html"
    ),
)
def deletion_of_versions_once_suspended() -> None:
    """Delete a version as in a bucket that still makes them."""
    stock = S3Backend.delete_object

    def delete_object(
        self: Any, bucket_name: str, key_name: str, version_id: Any = None, **more: Any
    ) -> Any:
        bucket = self.get_bucket(bucket_name)
        if version_id is None or bucket.versioning_status != "Suspended":
            return stock(self, bucket_name, key_name, version_id, **more)
        bucket.versioning_status = "Enabled"
        try:
            return stock(self, bucket_name, key_name, version_id, **more)
        finally:
            bucket.versioning_status = "Suspended"

    S3Backend.delete_object = delete_object
