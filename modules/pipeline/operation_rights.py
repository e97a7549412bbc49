"""What the apply role may change of keys, logs, alarms, notices and the budget."""

from typing import Any

from modules.base.iam import allow
from modules.pipeline.belonging import Belonging

_KEYS = [
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DisableKeyRotation",
    "kms:EnableKeyRotation",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
]

_GROUPS = [
    "logs:AssociateKmsKey",
    "logs:CreateLogGroup",
    "logs:DeleteLogGroup",
    "logs:DeleteMetricFilter",
    "logs:DeleteRetentionPolicy",
    "logs:DisassociateKmsKey",
    "logs:PutMetricFilter",
    "logs:PutRetentionPolicy",
    "logs:TagResource",
    "logs:UntagResource",
]

_DELIVERIES = [
    "logs:CreateDelivery",
    "logs:DeleteDelivery",
    "logs:DeleteDeliveryDestination",
    "logs:DeleteDeliverySource",
    "logs:PutDeliveryDestination",
    "logs:PutDeliverySource",
    "logs:TagResource",
    "logs:UntagResource",
    "logs:UpdateDeliveryConfiguration",
]

_LOGGING = [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DeleteResourcePolicy",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
]
"""What knows no resource to be bounded by; nor does ending a subscription."""

_WATCHING = [
    "cloudwatch:DeleteAlarms",
    "cloudwatch:PutMetricAlarm",
    "cloudwatch:TagResource",
    "cloudwatch:UntagResource",
]

_TOPICS = [
    "sns:CreateTopic",
    "sns:DeleteTopic",
    "sns:SetSubscriptionAttributes",
    "sns:SetTopicAttributes",
    "sns:Subscribe",
    "sns:TagResource",
    "sns:UntagResource",
]


def operation_rights(mine: Belonging) -> list[dict[str, Any]]:
    """The statements: by name; keys, which have ids, by tag."""
    name = mine.inputs.name
    groups = [
        mine.arn("logs", f"log-group:/{name}/*"),
        mine.arn("logs", f"log-group:/aws/imagebuilder/{name}*"),
        mine.global_arn("logs", f"log-group:aws-waf-logs-{name}*"),
    ]
    deliveries = [
        mine.global_arn("logs", f"delivery-{kind}:{name}*") for kind in ("destination", "source")
    ]
    alarms = [
        mine.arn("cloudwatch", f"alarm:{name}-*"),
        mine.global_arn("cloudwatch", f"alarm:{name}-*"),
    ]
    return [
        allow(_GROUPS, groups),
        allow(_DELIVERIES, [*deliveries, mine.global_arn("logs", "delivery:*")]),
        allow([*_LOGGING, "sns:Unsubscribe"], ["*"], condition=mine.regional()),
        allow(_WATCHING, alarms),
        allow(
            ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"],
            [mine.regionless_arn("cloudwatch", f"dashboard/{name}")],
        ),
        allow(_TOPICS, [mine.arn("sns", f"{name}-*")]),
        allow(
            ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
            [mine.regionless_arn("budgets", f"budget/{name}-*")],
        ),
        *_keys(mine),
    ]


def _keys(mine: Belonging) -> list[dict[str, Any]]:
    name = mine.inputs.name
    places = (mine.arn, mine.global_arn)
    aliases = [place("kms", f"alias/{name}-*") for place in places]
    keys = [place("kms", "key/*") for place in places]
    return [
        allow(["kms:CreateKey", "kms:TagResource"], ["*"], condition=mine.tagging()),
        allow(_KEYS, keys, condition=mine.tagged()),
        allow([action for action in _KEYS if action.endswith("Alias")], aliases),
        # Objects of the page are written, and read back, encrypted.
        allow(
            ["kms:Decrypt", "kms:GenerateDataKey"],
            keys,
            condition={
                "StringEquals": {
                    **mine.tagged()["StringEquals"],
                    "kms:ViaService": f"s3.{mine.inputs.region}.amazonaws.com",
                }
            },
        ),
    ]
