"""IAM policy documents, written as Python and encoded by Terraform once references are known."""

from collections.abc import Mapping, Sequence
from typing import Any

from cdktf import Fn


def policy(*statements: Mapping[str, Any]) -> str:
    """A policy document of these statements."""
    return Fn.jsonencode({"Version": "2012-10-17", "Statement": list(statements)})


def allow(
    actions: Sequence[str],
    resources: Sequence[str],
    *,
    principal: Mapping[str, Any] | None = None,
    condition: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A statement that allows these actions on these resources.

    Args:
        actions: Such as `s3:GetObject`.
        resources: ARNs, or `*` where the action knows no resource or the policy is the
            resource's own.
        principal: Who may, in a resource's policy: `{"Service": "logs.amazonaws.com"}`.
        condition: When, such as `{"StringEquals": {"aws:SourceAccount": account_id}}`.
    """
    return _statement("Allow", actions, resources, principal, condition)


def deny(
    actions: Sequence[str],
    resources: Sequence[str],
    *,
    principal: Mapping[str, Any] | str | None = None,
    condition: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A statement that forbids these actions, whatever else allows them.

    Args:
        actions: Such as `s3:PutObject`.
        resources: ARNs.
        principal: To whom, in a resource's policy.
        condition: When; always without one.
    """
    return _statement("Deny", actions, resources, principal, condition)


def deny_plain_http(bucket_arn: str) -> dict[str, Any]:
    """The statement by which a bucket refuses every request that is not encrypted in transit."""
    return deny(
        ["s3:*"],
        [bucket_arn, f"{bucket_arn}/*"],
        principal="*",
        condition={"Bool": {"aws:SecureTransport": "false"}},
    )


def trust(service: str, *, account_id: str | None = None) -> str:
    """The policy by which a role lets this AWS service take it.

    Args:
        service: Such as `vpc-flow-logs.amazonaws.com`.
        account_id: The account for which alone it may, which keeps another account from using
            the service as its deputy. EC2 names none when it takes an instance's role.
    """
    condition = {"StringEquals": {"aws:SourceAccount": account_id}}
    return policy(
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": service},
            **({"Condition": condition} if account_id else {}),
        }
    )


def _statement(
    effect: str,
    actions: Sequence[str],
    resources: Sequence[str],
    principal: Mapping[str, Any] | str | None,
    condition: Mapping[str, Any] | None,
) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "Effect": effect,
        "Action": list(actions),
        "Resource": list(resources),
    }
    if principal:
        statement["Principal"] = principal
    if condition:
        statement["Condition"] = condition
    return statement
