"""Buckets, what is set on them, and what lies in them."""

from collections.abc import Iterator

from harness.recover.account import Account
from harness.recover.identity.known import Find, Found, Identities
from harness.recover.planned import Planned

NO_BUCKET = "NoSuchBucket NotFound 404"


def _bucket(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"Bucket": want["bucket"], "ExpectedBucketOwner": account.id}
    if account.one("s3", want.region, "head_bucket", NO_BUCKET, **asked):
        yield Found(want["bucket"], "its name", f"arn:aws:s3:::{want['bucket']}")


def _setting(operation: str, absent: str, key: str) -> Find:
    """Finds what is set on a bucket; `key` is in the answer where anything is."""

    def find(want: Planned, account: Account) -> Iterator[Found]:
        codes = f"{NO_BUCKET} {absent}"
        answer = account.one("s3", want.region, operation, codes, Bucket=want["bucket"])
        if answer and answer.get(key):
            yield Found(want["bucket"], "its bucket")

    return find


def _object(want: Planned, account: Account) -> Iterator[Found]:
    asked = {"Bucket": want["bucket"], "Key": want["key"]}
    if account.one("s3", want.region, "head_object", f"{NO_BUCKET} NoSuchKey", **asked):
        place = f"{want['bucket']}/{want['key']}"
        yield Found(place, "its bucket and key", f"arn:aws:s3:::{place}")


STORAGE: Identities = {
    "aws_s3_bucket": _bucket,
    "aws_s3_bucket_lifecycle_configuration": _setting(
        "get_bucket_lifecycle_configuration", "NoSuchLifecycleConfiguration", "Rules"
    ),
    "aws_s3_bucket_ownership_controls": _setting(
        "get_bucket_ownership_controls", "OwnershipControlsNotFoundError", "OwnershipControls"
    ),
    "aws_s3_bucket_policy": _setting("get_bucket_policy", "NoSuchBucketPolicy", "Policy"),
    "aws_s3_bucket_public_access_block": _setting(
        "get_public_access_block",
        "NoSuchPublicAccessBlockConfiguration",
        "PublicAccessBlockConfiguration",
    ),
    "aws_s3_bucket_server_side_encryption_configuration": _setting(
        "get_bucket_encryption",
        "ServerSideEncryptionConfigurationNotFoundError",
        "ServerSideEncryptionConfiguration",
    ),
    "aws_s3_bucket_versioning": _setting("get_bucket_versioning", "", "Status"),
    "aws_s3_object": _object,
}
