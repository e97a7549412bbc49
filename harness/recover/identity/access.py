"""Roles, keys and certificates."""

from collections.abc import Iterator

from harness.recover.account import Account
from harness.recover.identity.known import Found, Identities, Left, bears
from harness.recover.planned import Planned

ABSENT = "NoSuchEntity"

CERTIFICATE_KEYS = (
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
)
"""Without these AWS lists RSA certificates of 1024 and 2048 bits alone."""


def _role(want: Planned, account: Account) -> Iterator[Found]:
    answer = account.one("iam", want.region, "get_role", ABSENT, RoleName=want["name"])
    if answer:
        yield Found(want["name"], "its name", answer["Role"]["Arn"])


def _role_policy(want: Planned, account: Account) -> Iterator[Found]:
    role, name = want["role"], want["name"]
    asked = {"RoleName": role, "PolicyName": name}
    if account.one("iam", want.region, "get_role_policy", ABSENT, **asked):
        yield Found(f"{role}:{name}", "its role and name")


def _instance_profile(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"InstanceProfileName": want["name"]}
    answer = account.one("iam", want.region, "get_instance_profile", ABSENT, **asked)
    if answer:
        yield Found(want["name"], "its name", answer["InstanceProfile"]["Arn"])


def _policy(want: Planned, account: Account) -> Iterator[Found]:
    arn = f"arn:aws:iam::{account.id}:policy{want['path'] or '/'}{want['name']}"
    if account.one("iam", want.region, "get_policy", ABSENT, PolicyArn=arn):
        yield Found(arn, "its path and name")


def _attached_policy(want: Planned, account: Account) -> Iterator[Found]:
    role, policy = want["role"], want["policy_arn"]
    operation, path = "list_attached_role_policies", "AttachedPolicies"
    for row in account.rows("iam", want.region, operation, path, RoleName=role):
        if row["PolicyArn"] == policy:
            yield Found(f"{role}/{policy}", "its role and policy")


def _identity_provider(want: Planned, account: Account) -> Iterator[Found]:
    """AWS has one for an address, and ends its ARN with that."""
    address = want["url"].removeprefix("https://").rstrip("/")
    operation, path = "list_open_id_connect_providers", "OpenIDConnectProviderList"
    for row in account.rows("iam", want.region, operation, path):
        if row["Arn"].partition(":oidc-provider/")[2] == address:
            yield Found(row["Arn"], "its address")


def _service_linked_role(want: Planned, account: Account) -> Iterator[Found]:
    """AWS names it after the service, with the suffix where the service takes one."""
    suffix = f"_{want['custom_suffix']}" if want["custom_suffix"] else ""
    asked = {"PathPrefix": f"/aws-service-role/{want['aws_service_name']}/"}
    for row in account.rows("iam", want.region, "list_roles", "Roles", **asked):
        if row["RoleName"].endswith(suffix) if suffix else "_" not in row["RoleName"]:
            yield Found(row["Arn"], "its service and suffix")


def _key(want: Planned, account: Account) -> Iterator[Found]:
    for row in account.rows("kms", want.region, "list_keys", "Keys"):
        key = account.client("kms", want.region).describe_key(KeyId=row["KeyId"])["KeyMetadata"]
        if key["KeyManager"] != "CUSTOMER" or key["KeyState"] == "PendingDeletion":
            continue
        if key.get("Description", "") != want["description"]:
            continue
        asked = {"KeyId": row["KeyId"]}
        if bears(
            account.rows("kms", want.region, "list_resource_tags", "Tags", **asked), want.tags
        ):
            yield Found(row["KeyId"], "its tags and description", row["KeyArn"])


def _alias(want: Planned, account: Account) -> Iterator[Found]:
    for row in account.rows("kms", want.region, "list_aliases", "Aliases"):
        if row["AliasName"] == want["name"]:
            yield Found(want["name"], "its name", row["AliasArn"])


def _certificate(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"Includes": {"keyTypes": list(CERTIFICATE_KEYS)}}
    operation, path = "list_certificates", "CertificateSummaryList"
    for row in account.rows("acm", want.region, operation, path, **asked):
        if row["DomainName"] != want["domain_name"] or row.get("Status") in {"FAILED", "EXPIRED"}:
            continue
        arn = row["CertificateArn"]
        tags = account.client("acm", want.region).list_tags_for_certificate(CertificateArn=arn)
        if bears(tags["Tags"], want.tags):
            yield Found(arn, "its name and tags")


ACCESS: Identities = {
    "aws_iam_role": _role,
    "aws_iam_role_policy": _role_policy,
    "aws_iam_policy": _policy,
    "aws_iam_role_policy_attachment": _attached_policy,
    "aws_iam_openid_connect_provider": _identity_provider,
    "aws_iam_instance_profile": _instance_profile,
    "aws_iam_service_linked_role": _service_linked_role,
    "aws_kms_key": _key,
    "aws_kms_alias": _alias,
    "aws_acm_certificate": _certificate,
    "aws_acm_certificate_validation": Left(
        "it is Terraform's waiting for a certificate, and nothing in the account"
    ),
}
