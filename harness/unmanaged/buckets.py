"""Policies and grants of our buckets."""

import json
from collections.abc import Iterator
from typing import Any

from harness.recover.account import Account
from harness.unmanaged.state import State
from harness.unmanaged.stranger import Stranger

EVERYBODY = {
    "http://acs.amazonaws.com/groups/global/AllUsers": "everybody",
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "every AWS account",
}
"""Groups of an access control list.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
"""


def buckets(state: State, account: Account) -> Iterator[Stranger]:
    """Policies and access control lists that are no resource."""
    governed = {str(each.values["bucket"]) for each in state.of("aws_s3_bucket_policy")}
    listed = {str(each.values["bucket"]) for each in state.of("aws_s3_bucket_acl")}
    for bucket in state.of("aws_s3_bucket"):
        name, region = bucket.id, bucket.region
        if name not in governed:
            found = account.one(
                "s3", region, "get_bucket_policy", "NoSuchBucketPolicy", Bucket=name
            )
            if found is not None:
                yield Stranger(
                    bucket.address,
                    f"a policy that allows {', '.join(_allowed(found['Policy'])) or 'nothing'}",
                    f"aws s3api delete-bucket-policy --region {region} --bucket {name}",
                )
        if name not in listed:
            grants = account.rows("s3", region, "get_bucket_acl", "Grants", Bucket=name)
            for grant in grants:
                who = EVERYBODY.get(grant["Grantee"].get("URI", ""))
                if who is not None:
                    yield Stranger(
                        bucket.address,
                        f"an access control list that grants {who} {grant['Permission']}",
                        f"aws s3api put-bucket-acl --region {region} --bucket {name} --acl private",
                    )


def _allowed(policy: str) -> Iterator[str]:
    statements: Any = json.loads(policy).get("Statement", [])
    for each in [statements] if isinstance(statements, dict) else statements:
        if each.get("Effect") == "Allow":
            actions: Any = each.get("Action", "everything but what it names")
            yield f"{json.dumps(each.get('Principal'))} {json.dumps(actions)}"
