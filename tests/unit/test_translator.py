"""The root: its variables are the schema's fields, and it passes on whatever a module needs."""

import json
import re
from collections.abc import Callable
from typing import Annotated, Any

import pytest
from annotated_types import Gt
from pydantic import BaseModel

import main
from envs.schema import Environment
from harness.project import ROOT
from harness.toolchain import OLDEST, TOO_NEW, locked_version
from modules.base.interface import variables_of
from modules.translator.settings import inputs_from

Document = Callable[[str], dict[str, Any]]


@pytest.fixture
def root(document: Document) -> dict[str, Any]:
    return document("translator")


def test_every_setting_of_the_schema_is_a_variable_and_no_other(root: dict[str, Any]) -> None:
    assert set(root["variable"]) == set(Environment.model_fields)


def test_a_variable_says_what_its_setting_says(root: dict[str, Any]) -> None:
    for name, field in Environment.model_fields.items():
        block = root["variable"][name]
        assert block["description"] == field.description
        assert ("default" in block) != field.is_required(), name
        if not field.is_required():
            assert block["default"] == field.default, name


def test_limits_choices_and_checks_become_validations(root: dict[str, Any]) -> None:
    def conditions(name: str) -> str:
        return " ".join(rule["condition"] for rule in root["variable"][name]["validation"])

    assert "var.idle_timeout_seconds >= 60" in conditions("idle_timeout_seconds")
    assert 'contains(["one_per_zone", "single"], var.nat_gateways)' in conditions("nat_gateways")
    assert "regex(" in conditions("account_id")
    assert "var.office_hours == null ? true" in conditions("office_hours")
    assert "var.vpc_cidr" in conditions("vpn_cidrs")


def test_conditions_never_ask_each_other_in_a_circle(root: dict[str, Any]) -> None:
    """Terraform takes two variables whose conditions ask each other for a dependency cycle."""
    order = list(Environment.model_fields)
    for name, block in root["variable"].items():
        for rule in block.get("validation", []):
            asked = re.findall(r"\bvar\.(\w+)", rule["condition"])
            assert max(asked, key=order.index) == name


def test_a_limit_without_a_counterpart_in_terraform_is_refused() -> None:
    class Odd(BaseModel):
        size: Annotated[int, Gt(3)]

    with pytest.raises(TypeError, match="Terraform would not know"):
        inputs_from(Odd)


def test_every_module_is_called_once_with_everything_it_requires(root: dict[str, Any]) -> None:
    called = {
        module.module_name(): module
        for module in main.MODULES
        if module.module_name() not in {"state", "pipeline"}  # they have roots of their own
    }

    assert set(root["module"]) == set(called)
    for name, module in called.items():
        block = root["module"][name]
        assert block["source"] == f"../{name}"
        required = {each.name for each in variables_of(module.inputs_type) if each.required}
        assert required <= set(block), name


def test_providers_refuse_a_wrong_account_and_tag_everything(root: dict[str, Any]) -> None:
    for provider in root["provider"]["aws"]:
        assert provider["allowed_account_ids"] == ["${var.account_id}"]
        (tags,) = provider["default_tags"]
        assert set(tags["tags"]) == {"project", "environment", "owner"}


def test_terraforms_versions_are_the_same_wherever_they_are_named(root: dict[str, Any]) -> None:
    settings = json.loads((ROOT / "cdktf.json").read_text(encoding="utf-8"))
    oldest, too_new = (".".join(map(str, version)) for version in (OLDEST, TOO_NEW))

    assert root["terraform"]["required_version"] == f">= {oldest}.0, < {too_new}.0"
    assert settings["terraformVersion"] == root["terraform"]["required_version"]


def test_the_locked_provider_is_the_one_the_bindings_were_made_from(root: dict[str, Any]) -> None:
    assert root["terraform"]["required_providers"]["aws"]["version"] == locked_version()


def test_the_state_lies_in_s3_locked_by_s3(root: dict[str, Any]) -> None:
    assert root["terraform"]["backend"] == {"s3": {"encrypt": True, "use_lockfile": True}}


def test_no_module_asks_aws_when_it_plans(document: Document) -> None:
    for module in (*main.MODULES, *main.ROOTS):
        assert "data" not in document(module.module_name())
