"""S3: bucket policies with conditions."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

import json
from typing import Any

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

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
