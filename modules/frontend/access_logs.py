"""A record of every request that CloudFront answered."""

from typing import Any

from cdktf_cdktf_provider_aws.cloudfront_distribution import CloudfrontDistribution
from cdktf_cdktf_provider_aws.cloudwatch_log_delivery import CloudwatchLogDelivery
from cdktf_cdktf_provider_aws.cloudwatch_log_delivery_destination import (
    CloudwatchLogDeliveryDestination,
    CloudwatchLogDeliveryDestinationDeliveryDestinationConfiguration,
)
from cdktf_cdktf_provider_aws.cloudwatch_log_delivery_source import CloudwatchLogDeliverySource
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct

from modules.base.bucket import PrivateBucket
from modules.base.expressions import value
from modules.base.iam import allow
from modules.frontend.interface import FrontendInputs


def access_logs(
    scope: Construct,
    inputs: FrontendInputs,
    distribution: CloudfrontDistribution,
    us_east_1: AwsProvider,
) -> None:
    """Standard logging (v2) to a bucket of its own, which forgets after `log_retention_days`.

    The older kind needs a bucket with ACLs. The bucket lies in the module's region; source,
    destination and delivery are CloudFront's and so in us-east-1.
    """
    bucket = PrivateBucket(
        scope,
        "logs",
        name=f"{inputs.name}-ui-logs-{inputs.account_id}",
        key_arn=inputs.storage_key_arn,
        expire_days=inputs.log_retention_days,
        destroyable=value("!var.deletion_protection"),
    )
    delivery_may_write = bucket.allow_only(_delivery(inputs, bucket))
    source = CloudwatchLogDeliverySource(
        scope,
        "aws_cloudwatch_log_delivery_source.ui",
        name=f"{inputs.name}-ui",
        log_type="ACCESS_LOGS",
        resource_arn=distribution.arn,
        provider=us_east_1,
    )
    destination = CloudwatchLogDeliveryDestination(
        scope,
        "aws_cloudwatch_log_delivery_destination.ui",
        name=f"{inputs.name}-ui",
        output_format="json",
        delivery_destination_configuration=[
            CloudwatchLogDeliveryDestinationDeliveryDestinationConfiguration(
                destination_resource_arn=bucket.arn
            )
        ],
        provider=us_east_1,
    )
    CloudwatchLogDelivery(
        scope,
        "aws_cloudwatch_log_delivery.ui",
        delivery_source_name=source.name,
        delivery_destination_arn=destination.arn,
        # Where the policy does not allow it, AWS adds a statement behind Terraform's back.
        depends_on=[delivery_may_write],
        provider=us_east_1,
    )


def _delivery(inputs: FrontendInputs, bucket: PrivateBucket) -> dict[str, Any]:
    """Log delivery may write, for this account's CloudFront alone."""
    account = inputs.account_id
    return allow(
        ["s3:PutObject"],
        [f"{bucket.arn}/AWSLogs/{account}/*"],
        principal={"Service": "delivery.logs.amazonaws.com"},
        condition={
            "StringEquals": {
                "aws:SourceAccount": account,
                "s3:x-amz-acl": "bucket-owner-full-control",
            },
            "ArnLike": {"aws:SourceArn": f"arn:aws:logs:us-east-1:{account}:delivery-source:*"},
        },
    )
