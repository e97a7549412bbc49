"""The names' module, as Terraform will read it."""

import json
from pathlib import Path
from typing import Any

import pytest

Resources = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture
def resources(stacks: Path) -> Resources:
    document = json.loads((stacks / "dns" / "cdk.tf.json").read_text(encoding="utf-8"))
    return document["resource"]


def test_only_the_certificate_of_cloudfront_lives_in_us_east_1(resources: Resources) -> None:
    for kind in ("aws_acm_certificate", "aws_acm_certificate_validation"):
        assert resources[kind]["ui"]["provider"] == "aws.us_east_1"
        assert "provider" not in resources[kind]["api"]


@pytest.mark.parametrize("key", ["ui", "api"])
def test_a_certificate_is_proven_by_a_record_known_by_its_host(
    resources: Resources, key: str
) -> None:
    certificate = resources["aws_acm_certificate"][key]
    assert certificate["validation_method"] == "DNS"
    assert certificate["lifecycle"] == {"create_before_destroy": True}
    record = resources["aws_route53_record"][f"{key}_validation"]
    options = f"aws_acm_certificate.{key}.domain_validation_options"
    assert record["for_each"] == f"${{{{for option in {options} : option.domain_name => option}}}}"


def test_users_of_a_certificate_wait_until_it_is_issued(stacks: Path) -> None:
    document = json.loads((stacks / "dns" / "cdk.tf.json").read_text(encoding="utf-8"))
    for key in ("ui", "api"):
        value = document["output"][f"{key}_certificate_arn"]["value"]
        assert value == f"${{aws_acm_certificate_validation.{key}.certificate_arn}}"


def test_both_names_answer_over_both_protocols(resources: Resources) -> None:
    records = resources["aws_route53_record"]
    for key, target in (("ui", "distribution_domain_name"), ("api", "load_balancer_dns_name")):
        for record, kind in ((records[key], "A"), (records[f"{key}_ipv6"], "AAAA")):
            assert record["type"] == kind
            assert record["alias"]["name"] == f"${{var.{target}}}"


def test_the_api_answers_over_ipv6_only_where_its_load_balancer_does(resources: Resources) -> None:
    records = resources["aws_route53_record"]
    assert records["api_ipv6"]["count"] == "${var.ipv6 ? 1 : 0}"
    assert "count" not in records["ui_ipv6"]
