"""Every environment's plan: what it must hold, and what must hold of all of it."""

import base64
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from envs import load
from tests.plan.inventory import counts, differences, resources, trimmed

INVENTORIES = Path(__file__).parent / "inventories"
ENVIRONMENTS = load.names()

EACH = pytest.mark.parametrize(
    "name",
    # One worker makes an environment's plan and runs all tests of it.
    [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ENVIRONMENTS],
)

Plan = Callable[[str], dict[str, Any]]

TAGS = {"project", "environment", "module", "owner"}


def test_every_environment_has_an_inventory() -> None:
    assert sorted(path.stem for path in INVENTORIES.glob("*.json")) == sorted(ENVIRONMENTS)


@EACH
def test_the_plan_holds_what_its_inventory_lists(
    name: str, plan: Plan, request: pytest.FixtureRequest
) -> None:
    path = INVENTORIES / f"{name}.json"
    listed = json.loads(path.read_text(encoding="utf-8"))
    found = {"resources": counts(plan(name)), "values": resources(plan(name))}

    missing = sorted(set(listed["values"]) - set(found["values"]))
    assert not missing, f"{name} no longer plans {', '.join(missing)}: mend it or unlist it"

    if request.config.getoption("--update-inventories"):
        taken = {
            "resources": found["resources"],
            "values": trimmed(listed["values"], found["values"]),
        }
        path.write_text(json.dumps(taken, indent=2) + "\n", encoding="utf-8")
        return

    wrong = differences(listed, found, name)
    surplus = sorted(set(found["resources"]) - set(listed["resources"]))
    wrong += [f"{name}.resources.{kind}: planned, but not listed" for kind in surplus]
    assert not wrong, "\n".join(
        [*wrong, "To take the plan's values: pytest tests/plan --update-inventories"]
    )


@EACH
def test_whatever_can_be_tagged_names_project_environment_module_and_owner(
    name: str, plan: Plan
) -> None:
    untagged = {
        address: sorted(TAGS - set(values["tags_all"] or {}))
        for address, values in resources(plan(name)).items()
        if "tags_all" in values and not set(values["tags_all"] or {}) >= TAGS
    }

    assert untagged == {}


@EACH
def test_the_plan_creates_everything_and_reads_nothing(name: str, plan: Plan) -> None:
    changes = plan(name)["resource_changes"]

    assert {tuple(change["change"]["actions"]) for change in changes} == {("create",)}
    assert {change["mode"] for change in changes} == {"managed"}
    assert not plan(name)["errored"]


@EACH
def test_the_user_data_is_known_before_apply_and_names_the_page_alone(
    name: str, plan: Plan
) -> None:
    template = resources(plan(name))["module.inference.aws_launch_template.this"]
    compressed = base64.b64decode(template["user_data"])
    user_data = gzip.decompress(compressed).decode()
    domain = load.load(load.path(name)).domain_name

    assert user_data.startswith("#cloud-config\n")
    assert len(compressed) <= 16 * 1024
    assert f"Environment=OLLAMA_ORIGINS=https://{domain}\n" in user_data
    assert user_data.count("OLLAMA_ORIGINS") == 1


@EACH
def test_the_api_has_the_name_it_was_given_or_one_below_the_pages(name: str, plan: Plan) -> None:
    environment = load.load(load.path(name))
    host = environment.api_domain_name or f"api.{environment.domain_name}"
    outputs = plan(name)["planned_values"]["outputs"]

    assert outputs["api_url"]["value"] == f"https://{host}"
    assert outputs["ui_url"]["value"] == f"https://{environment.domain_name}"


@EACH
def test_security_groups_admit_the_vpn_to_443_and_the_load_balancer_to_11434(
    name: str, plan: Plan
) -> None:
    environment = load.load(load.path(name))
    rules = {
        address: values
        for address, values in resources(plan(name)).items()
        if ".aws_vpc_security_group_ingress_rule." in address
    }
    admitted = {
        (values["cidr_ipv4"] or values["cidr_ipv6"], values["from_port"], values["to_port"])
        for address, values in rules.items()
        if address.startswith("module.load_balancer.")
    }
    into_instances = [
        (values["from_port"], values["to_port"], values["cidr_ipv4"], values["cidr_ipv6"])
        for address, values in rules.items()
        if address.startswith("module.inference.")
    ]

    assert admitted == {(cidr, 443, 443) for cidr in environment.vpn_cidrs}
    assert into_instances == [(11434, 11434, None, None)]


@EACH
def test_every_log_group_and_bucket_is_encrypted_and_kept_for_a_time(name: str, plan: Plan) -> None:
    planned = resources(plan(name))
    groups = {a: v for a, v in planned.items() if ".aws_cloudwatch_log_group." in a}
    kind = ".aws_s3_bucket_server_side_encryption_configuration."
    buckets = {address for address in planned if ".aws_s3_bucket." in address}
    encrypted = {a.replace(kind, ".aws_s3_bucket.") for a in planned if kind in a}

    assert groups
    assert all(values["retention_in_days"] > 0 for values in groups.values())
    # Unknown until apply: the key is one that this plan makes.
    assert all("kms_key_id" not in values for values in groups.values())
    assert buckets == encrypted
