"""What to ask of S3 to see whether it answers as AWS would."""

import json

from tests.apply.emulated import Emulated
from tests.apply.probes.names import fresh_name


def conditions_of_bucket_policies(aws: Emulated) -> bool:
    s3, name = aws.client("s3"), fresh_name()
    s3.create_bucket(Bucket=name)
    everything = [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]
    refusal = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": everything}
    plain = {"Bool": {"aws:SecureTransport": "false"}}
    policy = {"Version": "2012-10-17", "Statement": [refusal | {"Condition": plain}]}
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    s3.put_object(Bucket=name, Key="key", Body=b"content")
    return s3.get_object(Bucket=name, Key="key")["Body"].read() == b"content"


def deletion_of_versions_once_suspended(aws: Emulated) -> bool:
    s3, name = aws.client("s3"), fresh_name()
    s3.create_bucket(Bucket=name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket=name, Key="key", Body=b"content")
    marker = s3.delete_object(Bucket=name, Key="key")["VersionId"]
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
    s3.delete_object(Bucket=name, Key="key", VersionId=marker)
    return s3.get_object(Bucket=name, Key="key")["Body"].read() == b"content"
