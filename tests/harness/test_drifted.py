"""What `make drift` names: what somebody changed, and not whatever reads otherwise than written."""

from typing import Any

import pytest

from harness.drifted import drifted

GROUP = "module.load_balancer.aws_security_group.this"
RULE = 'module.load_balancer.aws_vpc_security_group_ingress_rule.vpn["10.8.0.0/16"]'
WRITTEN = {
    "security_group_id": "sg-1",
    "ip_protocol": "tcp",
    "from_port": 443,
    "to_port": 443,
    "cidr_ipv4": "10.8.0.0/16",
}
AS_READ = {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["10.8.0.0/16"]}


def plan(address: str, before: dict[str, Any], after: dict[str, Any] | None) -> dict[str, Any]:
    """A plan that only refreshes, in which one resource reads otherwise than it was written."""
    settings = [
        {"address": "aws_security_group.this", "expressions": {"name": {}, "tags": {}}},
        {"address": "aws_vpc_security_group_ingress_rule.vpn", "expressions": {"cidr_ipv4": {}}},
    ]
    rule = {"type": "aws_vpc_security_group_ingress_rule", "values": WRITTEN}
    child = {"resources": [rule]}
    return {
        "configuration": {
            "root_module": {"module_calls": {"load_balancer": {"module": {"resources": settings}}}}
        },
        "prior_state": {"values": {"root_module": {"child_modules": [child]}}},
        "resource_drift": [
            {
                "address": address,
                "type": address.split(".")[2],
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
        ({"ingress": []}, {"ingress": [AS_READ]}),
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
    assert drifted(plan(RULE, WRITTEN, None)) == [f"{RULE}: is gone"]


@pytest.mark.parametrize(
    ("direction", "read", "said"),
    [
        ("ingress", AS_READ | {"cidr_blocks": ["0.0.0.0/0"]}, "tcp 443 from 0.0.0.0/0"),
        ("ingress", AS_READ | {"from_port": 80}, "tcp 80 to 443 from 10.8.0.0/16"),
        ("ingress", AS_READ | {"cidr_blocks": [], "self": True}, "tcp 443 from sg-1"),
        (
            "ingress",
            AS_READ | {"cidr_blocks": [], "security_groups": ["sg-2"]},
            "tcp 443 from sg-2",
        ),
        (
            "egress",
            {"protocol": "-1", "from_port": 0, "to_port": 0, "ipv6_cidr_blocks": ["::/0"]},
            "everything to ::/0",
        ),
        ("egress", AS_READ, "tcp 443 to 10.8.0.0/16"),
    ],
)
def test_a_rule_that_no_resource_wrote_is_named(
    direction: str, read: dict[str, Any], said: str
) -> None:
    strange = {"ingress": [], "egress": []} | {direction: [read]}
    after = {"egress": strange["egress"], "ingress": [AS_READ, *strange["ingress"]]}

    assert drifted(plan(GROUP, {"id": "sg-1"}, {"id": "sg-1"} | after)) == [
        f"{GROUP}: {direction} of {said}, which no resource wrote"
    ]
