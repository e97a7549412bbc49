"""The load balancer module's JSON: one door, and who may use it."""

from collections.abc import Callable
from typing import Any

import pytest

Document = Callable[[str], dict[str, Any]]


@pytest.fixture
def resource(document: Document) -> dict[str, dict[str, Any]]:
    return document("load_balancer")["resource"]


def test_one_listener_speaks_tls_on_443(resource: dict[str, Any]) -> None:
    (listener,) = resource["aws_lb_listener"].values()

    assert (listener["port"], listener["protocol"]) == (443, "HTTPS")
    assert listener["ssl_policy"].startswith("ELBSecurityPolicy-TLS13-1-2-")
    assert [action["type"] for action in listener["default_action"]] == ["forward"]


def test_443_is_open_to_the_vpn_ranges_and_to_nothing_else(resource: dict[str, Any]) -> None:
    (rule,) = resource["aws_vpc_security_group_ingress_rule"].values()

    assert rule["for_each"] == "${toset(var.vpn_cidrs)}"
    assert (rule["ip_protocol"], rule["from_port"], rule["to_port"]) == ("tcp", 443, 443)
    assert rule["cidr_ipv4"] == '${strcontains(each.value, ":") ? null : each.value}'
    assert rule["cidr_ipv6"] == '${strcontains(each.value, ":") ? each.value : null}'


def test_it_reaches_the_instances_on_11434_and_nothing_else(resource: dict[str, Any]) -> None:
    (rule,) = resource["aws_vpc_security_group_egress_rule"].values()

    assert (rule["from_port"], rule["to_port"]) == (11434, 11434)
    assert rule["referenced_security_group_id"] == "${var.instance_security_group_id}"


def test_groups_hold_no_rules_of_their_own(resource: dict[str, Any]) -> None:
    """Inline rules beside rule resources overwrite each other."""
    (group,) = resource["aws_security_group"].values()

    assert "ingress" not in group
    assert "egress" not in group


def test_logs_lie_in_a_private_bucket_that_elb_alone_writes_to(resource: dict[str, Any]) -> None:
    block = resource["aws_s3_bucket_public_access_block"]["logs"]
    policy = resource["aws_s3_bucket_policy"]["logs"]["policy"]

    assert block["bucket"] == "${aws_s3_bucket.logs.id}"
    assert {key: value for key, value in block.items() if key != "bucket"} == {
        "block_public_acls": True,
        "block_public_policy": True,
        "ignore_public_acls": True,
        "restrict_public_buckets": True,
    }
    assert '"Service" = "logdelivery.elasticloadbalancing.amazonaws.com"' in policy
    assert '"aws:SecureTransport" = "false"' in policy


def test_streams_of_minutes_survive(resource: dict[str, Any]) -> None:
    balancer = resource["aws_lb"]["this"]
    targets = resource["aws_lb_target_group"]["ollama"]

    assert balancer["idle_timeout"] == "${var.idle_timeout_seconds}"
    assert targets["deregistration_delay"] == "${var.deregistration_delay_seconds}"
    # AWS refuses this algorithm together with a slow start.
    assert targets["load_balancing_algorithm_type"] == "least_outstanding_requests"
    assert "slow_start" not in targets


def test_who_scales_on_requests_waits_for_the_listener(document: Document) -> None:
    """AWS refuses a policy on the requests of a target group that no listener forwards to."""
    suffix = document("load_balancer")["output"]["target_group_arn_suffix"]
    inference = document("translator")["module"]["inference"]

    assert suffix["depends_on"] == ["aws_lb_listener.https"]
    assert "module.load_balancer.target_group_arn_suffix" in inference["request_count_label"]
