"""What `make drift` names: what somebody changed, and not whatever reads otherwise than written."""

from typing import Any

import pytest

from harness.drifted import drifted

GROUP = "module.load_balancer.aws_security_group.this"
RULE = 'module.load_balancer.aws_vpc_security_group_ingress_rule.vpn["10.8.0.0/16"]'


def plan(address: str, before: dict[str, Any], after: dict[str, Any] | None) -> dict[str, Any]:
    """A plan that only refreshes, in which one resource reads otherwise than it was written."""
    settings = [
        {"address": "aws_security_group.this", "expressions": {"name": {}, "tags": {}}},
        {"address": "aws_vpc_security_group_ingress_rule.vpn", "expressions": {"cidr_ipv4": {}}},
    ]
    return {
        "configuration": {
            "root_module": {"module_calls": {"load_balancer": {"module": {"resources": settings}}}}
        },
        "resource_drift": [
            {
                "address": address,
                "change": {"before": before, "after": after},
            }
        ],
    }


def test_nothing_drifted() -> None:
    read = plan(GROUP, {}, {})
    del read["resource_drift"]

    assert drifted(read) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"tags": None}, {"tags": {}}),
        ({"tags": {"a": None}}, {"tags": {"a": ""}}),
        ({"arn": "", "owner_id": "1"}, {"arn": "arn:x", "owner_id": "2"}),
        ({"ingress": []}, {"ingress": [{"cidr_blocks": ["10.8.0.0/16"]}]}),
    ],
    ids=["null and empty", "null within", "never set", "written by a resource of its own"],
)
def test_what_every_first_look_shows_is_not_named(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert drifted(plan(GROUP, {"id": "sg-1"} | before, {"id": "sg-1"} | after)) == []


def test_a_setting_that_reads_otherwise_is_named() -> None:
    read = plan(RULE, {"cidr_ipv4": "10.8.0.0/16"}, {"cidr_ipv4": "0.0.0.0/0"})

    assert drifted(read) == [f"{RULE}: cidr_ipv4"]


def test_what_is_gone_is_named() -> None:
    assert drifted(plan(RULE, {"cidr_ipv4": "10.8.0.0/16"}, None)) == [f"{RULE}: is gone"]
