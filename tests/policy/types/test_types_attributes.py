"""Where types carry security groups, and which of their parts are nested blocks."""

import pytest

from policy.types import group_attributes, nested_blocks


@pytest.mark.parametrize(
    ("type_", "paths"),
    [
        ("aws_lb", ("security_groups",)),
        (
            "aws_launch_template",
            (
                "network_interfaces.security_groups",
                "security_group_names",
                "vpc_security_group_ids",
            ),
        ),
        (
            "aws_lambda_function",
            ("replacement_security_group_ids", "vpc_config.security_group_ids"),
        ),
        ("aws_lambda_event_source_mapping", ("source_access_configuration.uri",)),
        ("aws_spot_fleet_request", ("launch_specification.vpc_security_group_ids",)),
        ("aws_network_interface_sg_attachment", ("security_group_id",)),
        ("aws_security_group", ()),
        ("aws_security_group_rule", ()),
        ("aws_vpc_security_group_ingress_rule", ()),
        ("aws_eks_node_group", ()),
        ("aws_sns_topic", ()),
    ],
)
def test_groups_a_type_carries(type_: str, paths: tuple[str, ...]) -> None:
    assert group_attributes(type_) == paths


def test_a_cluster_of_emr_carries_groups_under_five_names() -> None:
    assert len(group_attributes("aws_emr_cluster")) == 5


@pytest.mark.parametrize(
    ("type_", "path", "nesting"),
    [
        ("aws_lb_listener", "default_action.forward.target_group", "set"),
        ("aws_lb", "subnet_mapping", "set"),
        ("aws_launch_template", "network_interfaces", "list"),
        ("aws_security_group", "ingress", "set attribute"),
        ("aws_network_acl", "egress", "set attribute"),
        ("aws_route_table", "route", "set attribute"),
        ("aws_lb", "timeouts", "single"),
        (
            "aws_wafv2_web_acl",
            "rule.statement.not_statement.statement.ip_set_reference_statement",
            "list",
        ),
        ("aws_lb", "subnet_mapping.subnet_id", None),
        ("aws_lb", "security_groups", None),
        ("aws_lb", "", None),
        ("aws_lb", "a." * 10_000, None),
    ],
)
def test_nested_blocks(type_: str, path: str, nesting: str | None) -> None:
    assert nested_blocks(type_).get(path) == nesting


def test_nested_blocks_are_counted_and_walked_without_repeats() -> None:
    blocks = nested_blocks("aws_wafv2_web_acl")
    assert len(set(blocks)) == len(blocks) > 5_000
    assert nested_blocks("aws_iam_policy_document", "data")["statement"] == "list"
