"""Changes to our production plan that break one of the stack's own requirements, or do not."""

from collections.abc import Callable
from typing import Any

from tests.policy.mutation.draft import Draft

Edit = Callable[[Draft], None]

WEB_ACL = "module.frontend.aws_wafv2_web_acl.ui"
PAGE = "module.frontend.aws_cloudfront_distribution.ui"
RANGE_RULE = "module.load_balancer.aws_vpc_security_group_ingress_rule.vpn"
ALARM = "module.observability.aws_cloudwatch_metric_alarm"
BALANCER = "module.load_balancer.aws_lb.this"

ANYWHERE = {"geo_match_statement": {"country_codes": ["CH"]}}
OFFICE = {"ip_set_reference_statement": {"arn": "${aws_wafv2_ip_set.ipv4.arn}"}}
ELSEWHERE = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/other/0123"


def put(address: str, name: str, value: Any) -> Edit:
    """Give an attribute another value."""
    return lambda draft: draft.put(address, (name,), value)


def drop(address: str) -> Edit:
    """Take a resource out."""
    return lambda draft: draft.drop(address)


def rules(edit: Callable[[list[dict[str, Any]]], None]) -> Edit:
    """Change the web ACL's rules, in the order of their priorities."""

    def change(draft: Draft) -> None:
        written: list[dict[str, Any]] = draft.block(WEB_ACL)["rule"]
        written.sort(key=lambda rule: rule["priority"])
        edit(written)
        # Which of the rules' values the plan knows does not matter here: none.
        entry = draft.change(WEB_ACL)["change"]
        del entry["after"]["rule"]
        entry["after_unknown"]["rule"] = True

    return change


def without_block(written: list[dict[str, Any]]) -> None:
    """Take out the first rule, which turns away strangers before the last one allows others."""
    del written[0]


def nobody(written: list[dict[str, Any]]) -> None:
    """Take out the last rule, the one that allows."""
    del written[-1]


def allowing(statement: dict[str, Any], *, blocking: bool = False) -> Edit:
    """Let the rule that allows look at something else, with or without the one that blocks."""

    def change(written: list[dict[str, Any]]) -> None:
        written[-1]["statement"] = statement
        if not blocking:
            without_block(written)

    return rules(change)


def by_default(*, blocking: bool) -> Edit:
    """Allow by default, with or without the rule that blocks."""

    def change(draft: Draft) -> None:
        draft.put(WEB_ACL, ("default_action",), [{"allow": [{}], "block": []}])
        if not blocking:
            rules(without_block)(draft)

    return change


def first(statement: dict[str, Any], **rule: Any) -> Edit:
    """Put a rule before all others."""
    made = {"name": "first", "priority": -1, "statement": statement, **rule}
    return rules(lambda written: written.insert(0, made))


def tagged(address: str, tags: dict[str, str] | None) -> Edit:
    """Give a resource other tags, or such as only the apply will tell."""

    def change(draft: Draft) -> None:
        entry = draft.change(address)["change"]
        entry["after"]["tags_all"] = tags
        entry["after_unknown"]["tags_all"] = tags is None

    return change


FORWARDED = {
    "ip_set_reference_statement": {
        "arn": "${aws_wafv2_ip_set.ipv4.arn}",
        "ip_set_forwarded_ip_config": {
            "header_name": "X-Forwarded-For",
            "fallback_behavior": "NO_MATCH",
            "position": "FIRST",
        },
    }
}
ALL_FOUR = ("project", "environment", "owner", "module")
TAGS = {"project": "p", "environment": "prod", "owner": "o", "module": "load_balancer"}
WATCHED = ("no_healthy_host", "load_balancer_errors", "target_errors", "latency")

BREAKING: dict[str, dict[str, Edit]] = {
    "stack-vpn-ranges": {
        "range-missing": drop(f'{RANGE_RULE}["203.0.113.0/24"]'),
        "ipv6-missing": drop(f'{RANGE_RULE}["2001:db8:8::/48"]'),
        "half-a-range": put(f'{RANGE_RULE}["203.0.113.0/24"]', "cidr_ipv4", "203.0.113.0/25"),
        "another-protocol": put(f'{RANGE_RULE}["203.0.113.0/24"]', "ip_protocol", "udp"),
        "another-group": put(f'{RANGE_RULE}["203.0.113.0/24"]', "security_group_id", "sg-0123"),
    },
    "stack-allow-list": {
        "default-allow": by_default(blocking=False),
        "no-ip-set": allowing(ANYWHERE),
        "forwarded-address": allowing(FORWARDED),
        "inverted": allowing({"not_statement": {"statement": OFFICE}}),
        "or-anywhere": allowing({"or_statement": {"statement": [OFFICE, ANYWHERE]}}),
        "and-both-unknown": allowing({"and_statement": {"statement": [ANYWHERE, ANYWHERE]}}),
        "two-statements": allowing({**OFFICE, **ANYWHERE}),
        "no-statement": allowing({}),
        "another-allows-first": first(ANYWHERE, action={"allow": {}}),
        "a-group-of-rules-may": first(
            {"rule_group_reference_statement": {"arn": "arn:aws:wafv2:us-east-1:1:x"}},
            override_action={"none": {}},
        ),
        "wider-set": put(
            "module.frontend.aws_wafv2_ip_set.ipv4", "addresses", ["203.0.113.0/24", "10.0.0.0/7"]
        ),
        "halves": put("module.frontend.aws_wafv2_ip_set.ipv6", "addresses", ["::/1", "8000::/1"]),
        "wrong-set": put("module.frontend.aws_wafv2_ip_set.ipv4", "addresses", ["anywhere"]),
        "nobody": rules(nobody),
        "no-web-acl": put(PAGE, "web_acl_id", None),
        "another-web-acl": put(PAGE, "web_acl_id", ELSEWHERE),
    },
    "stack-alarms": {
        **{f"{name}-missing": drop(f"{ALARM}.{name}") for name in WATCHED},
        **{f"{name}-tells-nobody": put(f"{ALARM}.{name}", "alarm_actions", []) for name in WATCHED},
        **{
            f"{name}-off": put(f"{ALARM}.{name}", "actions_enabled", value=False)
            for name in WATCHED
        },
        "another-metric": put(f"{ALARM}.latency", "metric_query", []),
    },
    "stack-tags": {
        **{
            f"no-{name}": tagged(BALANCER, {key: TAGS[key] for key in ALL_FOUR if key != name})
            for name in ALL_FOUR
        },
        "empty": tagged(BALANCER, {**TAGS, "owner": ""}),
        "none": tagged(WEB_ACL, {}),
        "another-environment": tagged(BALANCER, {**TAGS, "environment": "dev"}),
        "later": tagged(BALANCER, None),
    },
}

HARMLESS: dict[str, dict[str, Edit]] = {
    "stack-vpn-ranges": {
        "wider-rule": put(f'{RANGE_RULE}["203.0.113.0/24"]', "cidr_ipv4", "203.0.112.0/23"),
    },
    "stack-allow-list": {
        "without-the-answer": rules(without_block),
        "block-before-all": allowing(ANYWHERE, blocking=True),
        "block-before-the-default": by_default(blocking=True),
        "one-set": allowing(OFFICE),
        "and-more": allowing({"and_statement": {"statement": [OFFICE, ANYWHERE]}}),
        "narrower": put("module.frontend.aws_wafv2_ip_set.ipv4", "addresses", ["203.0.113.7/32"]),
        "twice-inverted": allowing(
            {"not_statement": {"statement": {"not_statement": {"statement": OFFICE}}}}
        ),
        "a-block-first": first(ANYWHERE, action={"block": {}}),
    },
    "stack-alarms": {"another-alarm-missing": drop(f"{ALARM}.rejected_connections")},
    "stack-tags": {"more-tags": tagged(BALANCER, {**TAGS, "cost": "1"})},
}
