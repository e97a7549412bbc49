"""After the first `make apply`: what AWS itself says stands there."""

import json
import re

import pytest

from tests.apply.life_cycle.stage import VPN, Stage
from tests.apply.reach import INSTANCES, LOAD_BALANCER, ways

pytestmark = pytest.mark.xdist_group("life cycle")

PROJECT = "ollama-translator"


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
