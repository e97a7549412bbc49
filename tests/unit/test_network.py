"""The network module's JSON: what makes it closed, and what opens it to the VPN."""

from collections.abc import Callable
from typing import Any

import pytest

Document = Callable[[str], dict[str, Any]]


@pytest.fixture
def resource(document: Document) -> dict[str, dict[str, Any]]:
    return document("network")["resource"]


def test_the_default_group_and_route_table_are_empty(resource: dict[str, Any]) -> None:
    group = resource["aws_default_security_group"]["closed"]
    table = resource["aws_default_route_table"]["closed"]

    assert "ingress" not in group
    assert "egress" not in group
    assert "route" not in table


def test_no_subnet_hands_out_public_addresses(resource: dict[str, Any]) -> None:
    for tier in ("public", "private"):
        assert resource["aws_subnet"][tier]["map_public_ip_on_launch"] is False


def test_subnets_of_both_tiers_never_overlap(resource: dict[str, Any]) -> None:
    """Sixteen slices, six zones at most: the private ones end before the public ones begin."""
    private = resource["aws_subnet"]["private"]["cidr_block"]
    public = resource["aws_subnet"]["public"]["cidr_block"]

    assert private == "${cidrsubnet(var.vpc_cidr, 4, index(var.zones, each.key) + 0)}"
    assert public == "${cidrsubnet(var.vpc_cidr, 4, index(var.zones, each.key) + 8)}"


def test_only_public_subnets_route_to_the_internet_gateway(resource: dict[str, Any]) -> None:
    to_gateway = {
        name
        for name, route in resource["aws_route"].items()
        if "aws_internet_gateway" in route.get("gateway_id", "")
    }

    assert to_gateway == {"public_internet", "public_internet_ipv6"}
    for name in to_gateway:
        table = resource["aws_route"][name]["route_table_id"]
        assert table == "${aws_route_table.public.id}"


def test_who_uses_a_subnet_waits_for_its_way_out(document: Document) -> None:
    """A subnet's id says nothing of the route and the gateway that it needs."""
    outputs = document("network")["output"]

    assert "aws_route.public_internet" in outputs["public_subnet_ids"]["depends_on"]
    assert "aws_route.private_nat" in outputs["private_subnet_ids"]["depends_on"]


def test_endpoints_take_https_from_the_private_subnets_alone(resource: dict[str, Any]) -> None:
    (rule,) = resource["aws_vpc_security_group_ingress_rule"].values()

    assert (rule["from_port"], rule["to_port"]) == (443, 443)
    assert rule["cidr_ipv4"] == "${aws_subnet.private[each.key].cidr_block}"


def test_all_traffic_is_logged_and_the_log_is_encrypted(resource: dict[str, Any]) -> None:
    assert resource["aws_flow_log"]["this"]["traffic_type"] == "ALL"
    group = resource["aws_cloudwatch_log_group"]["flow_logs"]
    assert group["kms_key_id"] == "${var.log_key_arn}"
