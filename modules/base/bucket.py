"""The one way in which this project makes an S3 bucket: closed, encrypted, kept for a time."""

from collections.abc import Mapping
from typing import Any

from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from cdktf_cdktf_provider_aws.s3_bucket_ownership_controls import (
    S3BucketOwnershipControls,
    S3BucketOwnershipControlsRule,
)
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import (
    S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration,
)
from constructs import Construct

from modules.base.iam import deny_plain_http, policy


class PrivateBucket:
    """A bucket that no one reaches but whom its policy names, and no one without TLS.

    Not a construct of its own, so that each resource keeps its plain address:
    `aws_s3_bucket.<id>`, `aws_s3_bucket_policy.<id>` and so on.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        key_arn: str | None = None,
        expire_days: float | None = None,
        noncurrent_days: float = 30,
        destroyable: Any = False,
    ) -> None:
        """Make the bucket; `allow_only` completes it.

        Args:
            scope: The module.
            id_: The Terraform name of every resource.
            name: The bucket's name, unique in the world.
            key_arn: The KMS key that encrypts its objects; S3's own where a writer, such as a
                load balancer, can use no other.
            expire_days: Days after which an object goes; none keeps it.
            noncurrent_days: Days for which an overwritten or deleted version can be had back.
            destroyable: Whether Terraform may delete it with objects in it.
        """
        self._scope = scope
        self._id = id_
        self.bucket = S3Bucket(
            scope, f"aws_s3_bucket.{id_}", bucket=name, force_destroy=destroyable
        )
        self.arn = self.bucket.arn
        self.name = self.bucket.bucket
        self._close()
        self._encrypt(key_arn)
        self._keep(expire_days, noncurrent_days)

    def allow_only(self, *statements: Mapping[str, Any]) -> S3BucketPolicy:
        """Set the policy: these statements, and a refusal of whatever comes without TLS."""
        return S3BucketPolicy(
            self._scope,
            f"aws_s3_bucket_policy.{self._id}",
            bucket=self.bucket.id,
            policy=policy(*statements, deny_plain_http(self.arn)),
        )

    def _close(self) -> None:
        S3BucketPublicAccessBlock(
            self._scope,
            f"aws_s3_bucket_public_access_block.{self._id}",
            bucket=self.bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        S3BucketOwnershipControls(
            self._scope,
            f"aws_s3_bucket_ownership_controls.{self._id}",
            bucket=self.bucket.id,
            rule=S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
        )

    def _encrypt(self, key_arn: str | None) -> None:
        default = S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
            sse_algorithm="aws:kms" if key_arn else "AES256", kms_master_key_id=key_arn
        )
        S3BucketServerSideEncryptionConfigurationA(
            self._scope,
            f"aws_s3_bucket_server_side_encryption_configuration.{self._id}",
            bucket=self.bucket.id,
            rule=[
                S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=default,
                    bucket_key_enabled=key_arn is not None,
                )
            ],
        )

    def _keep(self, expire_days: float | None, noncurrent_days: float) -> None:
        versioning = S3BucketVersioningA(
            self._scope,
            f"aws_s3_bucket_versioning.{self._id}",
            bucket=self.bucket.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        expiration = (
            None
            if expire_days is None
            else [S3BucketLifecycleConfigurationRuleExpiration(days=expire_days)]
        )
        S3BucketLifecycleConfiguration(
            self._scope,
            f"aws_s3_bucket_lifecycle_configuration.{self._id}",
            bucket=self.bucket.id,
            rule=[
                S3BucketLifecycleConfigurationRule(
                    id="retention",
                    status="Enabled",
                    filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
                    expiration=expiration,
                    noncurrent_version_expiration=[
                        S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                            noncurrent_days=noncurrent_days
                        )
                    ],
                    abort_incomplete_multipart_upload=[
                        S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                            days_after_initiation=7
                        )
                    ],
                )
            ],
            depends_on=[versioning],
        )
