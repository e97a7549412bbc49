"""Whom alarms reach."""

from cdktf_cdktf_provider_aws.autoscaling_notification import AutoscalingNotification
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.sns_topic_policy import SnsTopicPolicy
from cdktf_cdktf_provider_aws.sns_topic_subscription import SnsTopicSubscription
from constructs import Construct

from modules.base.expressions import count_if
from modules.base.iam import allow, deny, policy
from modules.observability.interface import ObservabilityInputs


def notifications(scope: Construct, inputs: ObservabilityInputs) -> SnsTopic:
    """An encrypted topic that alarms, the budget and the Auto Scaling group publish to.

    Auto Scaling publishes as its service-linked role, which AWS's own policy allows to; alarms
    and the budget need the topic's leave.
    """
    topic = SnsTopic(
        scope,
        "aws_sns_topic.alarms",
        name=f"{inputs.name}-alarms",
        display_name=f"{inputs.name} alarms",
        kms_master_key_id=inputs.notification_key_arn,
    )
    alarms = f"arn:aws:cloudwatch:{inputs.region}:{inputs.account_id}:alarm:{inputs.name}-*"
    policy_set = SnsTopicPolicy(
        scope,
        "aws_sns_topic_policy.alarms",
        arn=topic.arn,
        policy=policy(
            allow(
                ["sns:Publish"],
                [topic.arn],
                principal={"Service": "cloudwatch.amazonaws.com"},
                condition={"ArnLike": {"aws:SourceArn": alarms}},
            ),
            allow(
                ["sns:Publish"],
                [topic.arn],
                principal={"Service": "budgets.amazonaws.com"},
                condition={"StringEquals": {"aws:SourceAccount": inputs.account_id}},
            ),
            deny(
                ["sns:Publish"],
                [topic.arn],
                principal="*",
                condition={"Bool": {"aws:SecureTransport": "false"}},
            ),
        ),
    )
    SnsTopicSubscription(
        scope,
        "aws_sns_topic_subscription.email",
        count=count_if("var.alarm_email != null"),
        topic_arn=topic.arn,
        protocol="email",
        endpoint="${var.alarm_email}",
    )
    AutoscalingNotification(
        scope,
        "aws_autoscaling_notification.failures",
        group_names=["${var.watched.autoscaling_group_name}"],
        # Why a launch failed (no capacity in a zone, a key that cannot be used) stands here only.
        notifications=[
            "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
            "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
        ],
        topic_arn=topic.arn,
        depends_on=[policy_set],
    )
    return topic
