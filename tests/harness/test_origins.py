"""Findings point at the line of Python that wrote the resource, for addresses of our own plan."""

import pickle
import re
from typing import Any

import pytest

from harness.origins import origin_of, with_origins
from policy.verdict import Finding, Location, Verdict
from tests.checkout import ROOT
from tests.environment_plans import pickled

GENERATED = Location("../load_balancer/cdk.tf.json", 12)

FOUND = [
    ("module.load_balancer.aws_lb_listener.https", "port", "load_balancer.py", "port=443,"),
    ("module.load_balancer.aws_lb_listener.https", "", "load_balancer.py", "LbListener("),
    ("module.load_balancer.aws_lb_listener.https", "tags", "load_balancer.py", "LbListener("),
    ("module.load_balancer.aws_lb.this", "internal", "load_balancer.py", "internal="),
    (
        'module.load_balancer.aws_vpc_security_group_ingress_rule.vpn["10.8.0.0/16"]',
        "from_port",
        "load_balancer.py",
        "from_port=",
    ),
    (
        'module.load_balancer.aws_vpc_security_group_ingress_rule.vpn["2001:db8:8::/48"]',
        "",
        "load_balancer.py",
        "VpcSecurityGroupIngressRule(",
    ),
    ("module.network.aws_vpc.this", "cidr_block", "network/__init__.py", "cidr_block="),
    ("module.inference.aws_launch_template.this", "user_data", "inference/", "user_data="),
    ('module.frontend.aws_s3_object.page["404.html"]', "", "frontend/files.py", "S3Object("),
]


def line_at(found: Location) -> str:
    return (ROOT / found.path).read_text(encoding="utf-8").splitlines()[found.line - 1].strip()


@pytest.mark.parametrize(("address", "attribute", "path", "text"), FOUND)
def test_the_line_is_found(address: str, attribute: str, path: str, text: str) -> None:
    found = origin_of(address, attribute)
    assert found is not None
    assert found.path.startswith(f"modules/{path}")
    assert text in line_at(found)


@pytest.mark.parametrize(
    "address",
    [
        "plan",
        "",
        "module",
        "aws_lb_listener.https",  # in the root, where no module's constructs stand
        "aws_lb.this[0]",
        "module.load_balancer.aws_lb_listener.http",
        "module.elsewhere.aws_lb_listener.https",
        'module.load_balancer["a"].aws_lb_listener.https',
        "module.load_balancer.module.inner.aws_lb_listener.http",
        "module.../aws_lb_listener.https",
        'module.a["x',
        "\ud800.\x00",
    ],
)
def test_what_no_construct_wrote_is_not_found(address: str) -> None:
    assert origin_of(address, "port") is None


def test_each_line_that_is_found_makes_a_resource_of_that_module() -> None:
    document: dict[str, Any] = pickle.loads(pickled("prod"))[0]  # noqa: S301 # made by our tests
    addresses = [entry["address"] for entry in document["resource_changes"]]
    found = {
        address: place for address in addresses if (place := origin_of(address, "")) is not None
    }
    for address, place in found.items():
        assert place.path.startswith(f"modules/{address.split('.')[1]}"), address
        assert re.match(r"(\w+ = |return |yield )?(\w+\.)*[A-Z]\w+\(", line_at(place)), address
    # The others bear names that are put together, as those of buckets are by their own class.
    assert len(found) * 2 > len(addresses)


def finding(address: str) -> Finding:
    return Finding(
        "alb-listener", "refused", address, "m", "m", attribute="port", location=GENERATED
    )


def test_a_verdict_keeps_the_places_that_are_not_found() -> None:
    ours, other = finding("module.load_balancer.aws_lb_listener.https"), finding("aws_lb.other")
    verdict = Verdict((ours, other), (), (), "plan.tfplan", "0" * 64, "VPN")
    placed, kept = with_origins(verdict).findings
    assert placed.location is not None
    assert placed.location.path == "modules/load_balancer.py"
    assert kept == other
