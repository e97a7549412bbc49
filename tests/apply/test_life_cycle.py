"""The whole life of an environment in an emulated AWS: what is done, and what AWS says of it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from harness.local.nginx import free_port
from tests.apply.account import Account, read, tagged
from tests.apply.conftest import Make
from tests.apply.emulated import ZONE_ID, Emulated
from tests.apply.reach import INSTANCES, LOAD_BALANCER, Way, unwanted, ways

pytestmark = pytest.mark.xdist_group("life cycle")

PROJECT = "ollama-translator"
REGIONS = ("us-east-1",)
VPN = ["192.0.2.0/24", "2001:db8:1::/48"]
NEXT_VPN = ["192.0.2.0/25", "198.51.100.0/24", "2001:db8:1::/48"]
CALLED = {
    "module.load_balancer.aws_lb.this": LOAD_BALANCER,
    "module.inference.aws_autoscaling_group.this": INSTANCES,
}
"""What the gate's matrix calls what AWS's answers tell apart by what it does."""


@dataclass(frozen=True)
class Stage:
    """A step of the life, and what stood after it.

    Attributes:
        exit_code: Of the step's last command.
        said: What that command printed.
        steps: What it said of its progress.
        account: What AWS answered afterwards.
        gate: The gate's verdict on the plan that came of it, where one did.
    """

    exit_code: int
    said: str
    steps: str
    account: Account
    gate: dict[str, Any]


@pytest.fixture(scope="session")
def first(make: Make) -> Iterator[tuple[Emulated, CompletedProcess[str]]]:
    """The first `make apply`, with no emulator and no plan before it."""
    port = free_port()
    yield Emulated(f"http://127.0.0.1:{port}"), make("apply", "local", PORT=str(port))
    make("destroy", "local", CONFIRM="local")  # what a failing test left; else there is nothing


@pytest.fixture(scope="session")
def aws(first: tuple[Emulated, CompletedProcess[str]]) -> Emulated:
    """The emulator that it started."""
    return first[0]


@pytest.fixture(scope="session")
def applied(first: tuple[Emulated, CompletedProcess[str]]) -> Stage:
    """What that apply said and made."""
    aws, done = first
    assert done.returncode == 0, done.stdout + done.stderr
    return Stage(done.returncode, done.stdout, done.stderr, read(aws, ZONE_ID), {})


@pytest.fixture(scope="session")
def settled(applied: Stage, make: Make, project: Path) -> Stage:
    """A second plan."""
    assert applied.exit_code == 0, applied.steps
    done = make("plan", "local")
    return Stage(done.returncode, done.stdout, done.stderr, applied.account, _gate(project))


@pytest.fixture(scope="session")
def changed(settled: Stage, aws: Emulated, make: Make, project: Path) -> Stage:
    """Other VPN ranges, planned and applied."""
    assert settled.exit_code == 0, settled.said
    file = project / "envs" / "local.tfvars"
    text = file.read_text(encoding="utf-8")
    ranges = "\n".join(f'  "{each}",' for each in NEXT_VPN)
    file.write_text(re.sub(r"(?m)^vpn_cidrs .*$", f"vpn_cidrs = [\n{ranges}\n]", text))
    planned = make("plan", "local")
    gate = _gate(project)
    done = make("apply", "local")
    assert planned.returncode == 0, planned.stdout
    return Stage(done.returncode, planned.stdout, done.stderr, read(aws, ZONE_ID), gate)


@pytest.fixture(scope="session")
def opened(changed: Stage, aws: Emulated, make: Make) -> Stage:
    """A rule widened by hand, and another made; then `make drift`."""
    assert changed.exit_code == 0, changed.steps
    ec2 = aws.client("ec2")
    rule = next(each for each in changed.account.rules if each.get("CidrIpv4") == "198.51.100.0/24")
    anyone = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv4": "0.0.0.0/0"}
    ec2.modify_security_group_rules(
        GroupId=rule["GroupId"],
        SecurityGroupRules=[
            {"SecurityGroupRuleId": rule["SecurityGroupRuleId"], "SecurityGroupRule": anyone}
        ],
    )
    ssh = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22}
    ec2.authorize_security_group_ingress(
        GroupId=_group_of_instances(changed.account),
        IpPermissions=[ssh | {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
    )
    done = make("drift", "local")
    return Stage(done.returncode, done.stdout, done.stderr, read(aws, ZONE_ID), {})


@pytest.fixture(scope="session")
def closed(opened: Stage, aws: Emulated, make: Make) -> tuple[Stage, Stage]:
    """`make apply` while a rule stands that is nobody's, and again once it was taken away."""
    refused = make("apply", "local")
    first = Stage(refused.returncode, refused.stdout, refused.stderr, opened.account, {})
    strange = next(each for each in opened.account.rules if each.get("FromPort") == 22)
    aws.client("ec2").revoke_security_group_ingress(
        GroupId=strange["GroupId"], SecurityGroupRuleIds=[strange["SecurityGroupRuleId"]]
    )
    done = make("apply", "local")
    return first, Stage(done.returncode, done.stdout, done.stderr, read(aws, ZONE_ID), {})


def test_apply_starts_the_emulator_plans_and_tells_what_stands(applied: Stage) -> None:
    assert applied.exit_code == 0, applied.steps
    assert re.search(r"(?m)^1\d\d resources stand in the emulated AWS\.$", applied.said)
    assert re.search(r"(?m)^  page +http://\w+\.cloudfront\.localhost:\d+/$", applied.said)
    assert "make destroy ENV=local" in applied.said


def test_only_the_vpn_reaches_the_load_balancer_and_only_that_the_instances(applied: Stage) -> None:
    assert ways(applied.account) == {
        *((each, LOAD_BALANCER, "tcp 443") for each in VPN),
        (LOAD_BALANCER, INSTANCES, "tcp 11434"),
    }


def test_the_one_listener_is_https_and_forwards_to_ollamas_port(applied: Stage) -> None:
    (listener,) = applied.account.listeners
    (target,) = applied.account.target_groups

    assert (listener["Port"], listener["Protocol"]) == (443, "HTTPS")
    assert listener["SslPolicy"].startswith("ELBSecurityPolicy-TLS13")
    assert [one["TargetGroupArn"] for one in listener["DefaultActions"]] == [
        target["TargetGroupArn"]
    ]
    assert (target["Port"], target["Protocol"]) == (11434, "HTTP")
    assert target["HealthCheckPath"] == "/ready"


def test_instances_lie_where_no_internet_gateway_leads(applied: Stage) -> None:
    account = applied.account
    (group,) = account.groups
    private = set(group["VPCZoneIdentifier"].split(","))
    to_internet = {
        subnet
        for subnet, routes in account.routes.items()
        if any(route.get("GatewayId", "").startswith("igw-") for route in routes)
    }
    zones = {one["SubnetId"]: one["AvailabilityZone"] for one in account.subnets}
    (balancer,) = account.load_balancers

    assert not private & to_internet
    assert {one["SubnetId"] for one in balancer["AvailabilityZones"]} == to_internet
    assert {zones[each] for each in private} == {zones[each] for each in to_internet}
    assert all(any("NatGatewayId" in route for route in account.routes[each]) for each in private)


def test_every_bucket_refuses_plain_http_and_the_page_is_cloudfronts_alone(applied: Stage) -> None:
    account = applied.account
    (distribution,) = account.distributions
    ours = {name: one for name, one in account.buckets.items() if name.startswith(PROJECT)}
    page = next(one for name, one in ours.items() if "-ui-" in name and "-logs-" not in name)

    assert len(ours) == 3
    for policy in ours.values():
        assert any(
            one["Effect"] == "Deny"
            and one["Condition"].get("Bool", {}).get("aws:SecureTransport") == "false"
            for one in policy["Statement"]
        )
    readers = [one for one in page["Statement"] if one["Effect"] == "Allow"]
    assert {json.dumps(one["Principal"]) for one in readers} == {
        '{"Service": "cloudfront.amazonaws.com"}'
    }
    assert {
        value
        for one in readers
        for test in one["Condition"].values()
        for name, value in test.items()
        if name.lower() == "aws:sourcearn"
    } == {distribution["ARN"]}


def test_the_distribution_serves_the_domain_by_its_own_certificate_behind_the_web_acl(
    applied: Stage,
) -> None:
    (distribution,) = applied.account.distributions
    config = distribution["DistributionConfig"]

    assert config["Aliases"]["Items"] == ["translate.local.example.com"]
    assert config["ViewerCertificate"]["ACMCertificateArn"].startswith("arn:aws:acm:us-east-1:")
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert "/webacl/ollama-translator-local-ui/" in config["WebACLId"]
    assert config["Origins"]["Items"][0]["OriginAccessControlId"]


def test_both_names_lead_to_what_serves_them(applied: Stage) -> None:
    account = applied.account
    leads = {
        (one["Name"], one["Type"]): one["AliasTarget"]["DNSName"].rstrip(".")
        for one in account.records
        if "AliasTarget" in one
    }
    page = account.distributions[0]["DomainName"]
    api = account.load_balancers[0]["DNSName"]

    assert {name: to.removeprefix("dualstack.") for name, to in leads.items()} == {
        ("translate.local.example.com.", "A"): page,
        ("translate.local.example.com.", "AAAA"): page,
        ("api.translate.local.example.com.", "A"): api,
        ("api.translate.local.example.com.", "AAAA"): api,
    }


def test_the_group_scales_by_cpu_and_by_requests(applied: Stage) -> None:
    aims = {
        one["TargetTrackingConfiguration"]["PredefinedMetricSpecification"][
            "PredefinedMetricType"
        ]: (one["TargetTrackingConfiguration"]["TargetValue"], one["Enabled"])
        for one in applied.account.policies
    }

    assert aims == {
        "ASGAverageCPUUtilization": (60.0, True),
        "ALBRequestCountPerTarget": (30.0, True),
    }


def test_a_second_plan_finds_nothing_to_do(settled: Stage) -> None:
    assert settled.exit_code == 0
    assert "local: nothing to change" in settled.said


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
    strange = "ingress of tcp 22 from 0.0.0.0/0, which no resource wrote"
    assert opened.said.splitlines() == [
        "local: changed behind Terraform's back:",
        f"  module.inference.aws_security_group.this: {strange}",
        f"  module.load_balancer.{widened}: cidr_ipv4",
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
    left = tagged(aws, PROJECT, REGIONS)
    account = read(aws, ZONE_ID)
    ended = make("destroy", "local", CONFIRM="local")

    assert len(standing) > 20
    assert kept.returncode == 0, kept.stderr
    # AWS deletes no KMS key at once: it keeps it for a week or more, and so does moto.
    assert {arn.split(":")[2] for arn in left} <= {"kms"}
    assert (account.load_balancers, account.groups, account.endpoints) == ([], [], [])
    assert (account.distributions, account.subnets, account.listeners) == ([], [], [])
    assert {one["Type"] for one in account.records} == {"NS", "SOA"}
    assert set(account.buckets) == set()
    assert ended.returncode == 0, ended.stderr
    assert "the emulated AWS has ended" in ended.stdout
    assert not (project / "build" / "emulator").exists()


def _gate(project: Path) -> dict[str, Any]:
    return json.loads((project / "build" / "local" / "gate.json").read_text(encoding="utf-8"))


def _matrix(gate: dict[str, Any]) -> set[Way]:
    return {
        (
            str(CALLED.get(row["source"], row["source"])),
            CALLED[row["target"]],
            f"{row['protocol']} {row['ports']}",
        )
        for row in gate["matrix"]
    }


def _group_of_instances(account: Account) -> str:
    rule = next(each for each in account.rules if each.get("FromPort") == 11434)
    return (
        next(
            each["GroupId"]
            for each in account.rules
            if each.get("FromPort") == 11434 and not each["IsEgress"]
        )
        if rule
        else ""
    )
