"""The web ACL: who may load the page at all, and what a request may look like."""

from collections.abc import Mapping
from typing import Any

from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.wafv2_ip_set import Wafv2IpSet
from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl,
    Wafv2WebAclCustomResponseBody,
    Wafv2WebAclRule,
    Wafv2WebAclRuleAction,
)
from constructs import Construct

from modules.base.expressions import strings
from modules.frontend.interface import FrontendInputs

MANAGED_GROUPS = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
)
"""Not the list of anonymous addresses: it holds those of hosted VPNs, such as a company's own."""

REQUESTS_PER_FIVE_MINUTES = 20_000
"""From one address. A whole office sits behind one, so this stops loops and floods, not users."""

OUTSIDE = "outside"
OUTSIDE_BODY = (
    "The translator is open to the company network only. Connect to the VPN, then reload this page."
)


def web_acl(scope: Construct, inputs: FrontendInputs, us_east_1: AwsProvider) -> Wafv2WebAcl:
    """Closed by default; open to `ui_allowed_cidrs` once every other rule let the request pass.

    A rule that allows ends the evaluation, so the one that allows comes last. The first one
    turns strangers away before the others are asked, with an answer that says why.
    """
    inside = {
        "or_statement": {
            "statement": [
                {"ip_set_reference_statement": {"arn": ip_set.arn}}
                for ip_set in _ip_sets(scope, inputs, us_east_1)
            ]
        }
    }
    refusal = {"custom_response": {"response_code": 403, "custom_response_body_key": OUTSIDE}}
    too_many = {
        "limit": REQUESTS_PER_FIVE_MINUTES,
        "evaluation_window_sec": 300,
        "aggregate_key_type": "IP",
    }
    rules = [
        ("outside", {"not_statement": {"statement": inside}}, _action(block=refusal)),
        *((group, _managed(group), None) for group in MANAGED_GROUPS),
        (
            "rate",
            {"rate_based_statement": too_many},
            _action(block={"custom_response": {"response_code": 429}}),
        ),
        ("inside", inside, _action(allow={})),
    ]
    return Wafv2WebAcl(
        scope,
        "aws_wafv2_web_acl.ui",
        name=f"{inputs.name}-ui",
        description="Who may load the UI",
        scope="CLOUDFRONT",
        default_action={"block": refusal},
        custom_response_body=[
            Wafv2WebAclCustomResponseBody(
                key=OUTSIDE, content=OUTSIDE_BODY, content_type="TEXT_PLAIN"
            )
        ],
        rule=[
            Wafv2WebAclRule(
                name=name,
                priority=priority,
                statement=statement,
                action=action,
                # A managed group decides by itself; a rule of ours has an action instead.
                override_action=None if action else {"none": {}},
                visibility_config=_visibility(f"{inputs.name}-ui-{name}"),
            )
            for priority, (name, statement, action) in enumerate(rules)
        ],
        visibility_config=_visibility(f"{inputs.name}-ui"),
        provider=us_east_1,
    )


def _ip_sets(
    scope: Construct, inputs: FrontendInputs, us_east_1: AwsProvider
) -> tuple[Wafv2IpSet, Wafv2IpSet]:
    """The allowed ranges, a set for each family: AWS mixes none. Either may be empty."""
    ipv4, ipv6 = (
        Wafv2IpSet(
            scope,
            f"aws_wafv2_ip_set.{family.lower()}",
            name=f"{inputs.name}-ui-{family.lower()}",
            description=f"{family} ranges that may load the UI",
            scope="CLOUDFRONT",
            ip_address_version=family.upper(),
            addresses=strings(f"[for range in var.ui_allowed_cidrs : range if {belongs}]"),
            provider=us_east_1,
        )
        for family, belongs in (
            ("IPv4", '!strcontains(range, ":")'),
            ("IPv6", 'strcontains(range, ":")'),
        )
    )
    return ipv4, ipv6


def _managed(group: str) -> dict[str, Any]:
    return {"managed_rule_group_statement": {"name": group, "vendor_name": "AWS"}}


def _action(
    *, allow: Mapping[str, Any] | None = None, block: Mapping[str, Any] | None = None
) -> Wafv2WebAclRuleAction:
    return Wafv2WebAclRuleAction(
        allow=None if allow is None else dict(allow), block=None if block is None else dict(block)
    )


def _visibility(metric: str) -> dict[str, Any]:
    return {
        "cloudwatch_metrics_enabled": True,
        "metric_name": metric,
        "sampled_requests_enabled": True,
    }
