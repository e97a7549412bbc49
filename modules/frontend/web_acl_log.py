"""A record of what the web ACL decided."""

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.cloudwatch_log_resource_policy import CloudwatchLogResourcePolicy
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl
from cdktf_cdktf_provider_aws.wafv2_web_acl_logging_configuration import (
    Wafv2WebAclLoggingConfiguration,
    Wafv2WebAclLoggingConfigurationRedactedFields,
)
from constructs import Construct

from modules.base.iam import allow, policy
from modules.frontend.interface import FrontendInputs

SECRET_HEADERS = ("authorization", "cookie")
"""Headers that may hold what lets somebody in; their values are left out of the log."""


def web_acl_log(
    scope: Construct, inputs: FrontendInputs, web_acl: Wafv2WebAcl, us_east_1: AwsProvider
) -> None:
    """Every decision to an encrypted log group in us-east-1, where the web ACL is."""
    group = CloudwatchLogGroup(
        scope,
        "aws_cloudwatch_log_group.web_acl",
        # WAF writes to no group of another prefix.
        name=f"aws-waf-logs-{inputs.name}",
        retention_in_days=inputs.log_retention_days,
        kms_key_id=inputs.global_log_key_arn,
        provider=us_east_1,
    )
    delivery = CloudwatchLogResourcePolicy(
        scope,
        "aws_cloudwatch_log_resource_policy.web_acl",
        policy_name=f"{inputs.name}-ui-web-acl",
        policy_document=policy(
            allow(
                ["logs:CreateLogStream", "logs:PutLogEvents"],
                [f"{group.arn}:*"],
                principal={"Service": "delivery.logs.amazonaws.com"},
                condition={
                    "StringEquals": {"aws:SourceAccount": inputs.account_id},
                    "ArnLike": {"aws:SourceArn": f"arn:aws:logs:us-east-1:{inputs.account_id}:*"},
                },
            )
        ),
        provider=us_east_1,
    )
    Wafv2WebAclLoggingConfiguration(
        scope,
        "aws_wafv2_web_acl_logging_configuration.ui",
        resource_arn=web_acl.arn,
        log_destination_configs=[group.arn],
        redacted_fields=[
            Wafv2WebAclLoggingConfigurationRedactedFields(single_header={"name": header})
            for header in SECRET_HEADERS
        ],
        depends_on=[delivery],
        provider=us_east_1,
    )
