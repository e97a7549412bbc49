"""After the first apply: nothing to do, a change, hands that open something, and the end."""

from pathlib import Path
from typing import Any

import pytest

from tests.apply.account import lingers, read, tagged
from tests.apply.conftest import Make
from tests.apply.emulated import ZONE_ID, Emulated
from tests.apply.life_cycle.stage import NEXT_VPN, Stage
from tests.apply.reach import INSTANCES, LOAD_BALANCER, Way, unwanted, ways

pytestmark = pytest.mark.xdist_group("life cycle")

PROJECT = "ollama-translator"
REGIONS = ("us-east-1",)
CALLED = {
    "module.load_balancer.aws_lb.this": LOAD_BALANCER,
    "module.inference.aws_autoscaling_group.this": INSTANCES,
}
"""What the gate's matrix calls what AWS's answers tell apart by what it does."""


def test_a_second_plan_finds_nothing_to_do(settled: Stage) -> None:
    assert settled.exit_code == 0
    assert "local: nothing to change" in settled.said


def test_the_owners_checklist_stands(settled: Stage, make: Make) -> None:
    assert settled.exit_code == 0
    ticked = make("checklist", "local")

    assert ticked.returncode == 0, ticked.stdout + ticked.stderr
    assert "local: the deployment checklist, by the state, s3://" in ticked.stdout
    assert "7 stands, 0 planned, 0 missing" in ticked.stdout


def test_the_gates_matrix_is_what_aws_answers(settled: Stage, changed: Stage) -> None:
    for stage in (settled, changed):
        assert _matrix(stage.gate) == ways(stage.account)
        assert stage.gate["verdict"] == "allowed"


def test_an_allowed_plan_is_applied_as_it_was_saved_and_changes_the_ranges(changed: Stage) -> None:
    assert changed.exit_code == 0
    assert "terraform plan" not in changed.steps
    assert not unwanted(changed.account, NEXT_VPN)
    assert {source for source, to, _ in ways(changed.account) if to == LOAD_BALANCER} == set(
        NEXT_VPN
    )


def test_drift_names_what_was_opened_by_hand(opened: Stage) -> None:
    assert opened.exit_code == 2
    widened = 'aws_vpc_security_group_ingress_rule.vpn["198.51.100.0/24"]'
    ssh = next(each for each in opened.account.rules if each.get("FromPort") == 22)
    group, rule = ssh["GroupId"], ssh["SecurityGroupRuleId"]
    revoke = "aws ec2 revoke-security-group-ingress"
    strange = f"ingress of tcp 22 from 0.0.0.0/0 ({rule}), which no resource wrote"
    assert opened.said.splitlines() == [
        "local: changed behind Terraform's back:",
        f"  module.load_balancer.{widened}: cidr_ipv4",
        f"  module.inference.aws_security_group.this: {strange}",
        f"      {revoke} --region us-east-1 --group-id {group} --security-group-rule-ids {rule}",
        "What is to stay must be written as a resource and imported by its id.",
        "`make close ENV=local` removes all of those rules.",
    ]


def test_gate_and_aws_agree_that_it_is_open_and_nothing_is_applied(
    opened: Stage, closed: tuple[Stage, Stage]
) -> None:
    refused, _ = closed

    assert ("0.0.0.0/0", INSTANCES, "tcp 22") in unwanted(opened.account, NEXT_VPN)
    assert refused.exit_code == 1
    assert "refused instance-ingress: module.inference.aws_security_group.this" in refused.said
    assert "terraform apply" not in refused.steps


def test_the_next_apply_closes_it(closed: tuple[Stage, Stage]) -> None:
    _, done = closed

    assert done.exit_code == 0, done.said
    assert not unwanted(done.account, NEXT_VPN)
    assert {source for source, to, _ in ways(done.account) if to == LOAD_BALANCER} == set(NEXT_VPN)


def test_destroy_leaves_nothing_and_ends_the_emulator(
    closed: tuple[Stage, Stage], aws: Emulated, make: Make, project: Path
) -> None:
    assert closed[1].exit_code == 0
    standing = tagged(aws, PROJECT, REGIONS)
    kept = make("destroy", "local", CONFIRM="local", EMULATOR_URL=aws.url)
    left = {arn for arn in tagged(aws, PROJECT, REGIONS) if not lingers(aws, arn)}
    account = read(aws, ZONE_ID)
    ended = make("destroy", "local", CONFIRM="local")

    assert len(standing) > 20
    assert kept.returncode == 0, kept.stderr
    assert left == set()
    assert (account.load_balancers, account.groups, account.endpoints) == ([], [], [])
    assert (account.distributions, account.subnets, account.listeners) == ([], [], [])
    assert {one["Type"] for one in account.records} == {"NS", "SOA"}
    assert set(account.buckets) == set()
    assert ended.returncode == 0, ended.stderr
    assert "the emulated AWS has ended" in ended.stdout
    assert not (project / "build" / "emulator").exists()


def _matrix(gate: dict[str, Any]) -> set[Way]:
    return {
        (
            str(CALLED.get(row["source"], row["source"])),
            CALLED[row["target"]],
            f"{row['protocol']} {row['ports']}",
        )
        for row in gate["passages"]
    }
