"""A root calls modules, and has what they lack: providers and a state."""

import json
from pathlib import Path
from typing import Any


def document(stacks: Path, module: str) -> dict[str, Any]:
    return json.loads((stacks / module / "cdk.tf.json").read_text(encoding="utf-8"))


def test_a_root_wires_modules_in_either_order(emitted: Path) -> None:
    town, village = document(emitted, "town"), document(emitted, "village")
    assert town["module"]["reader"] == {
        "source": "../reader",
        "topic_arn": "${module.post_office.letters_arn}",
    }
    assert village["module"] == town["module"]
    assert village["output"] == town["output"]


def test_a_root_passes_values_and_leaves_out_what_is_null(emitted: Path) -> None:
    called = document(emitted, "town")["module"]["post_office"]
    assert called["name"] == "${var.project}"
    assert called["boxes"] == ["box-1"]
    assert called["limits"]["most"] == 3
    assert "owner" not in called


def test_a_root_calls_a_module_under_a_condition_and_else_knows_nothing_of_it(
    emitted: Path,
) -> None:
    hamlet = document(emitted, "hamlet")
    assert hamlet["module"]["reader"]["count"] == '${var.environment != "" ? 1 : 0}'
    assert hamlet["output"]["topic_arn"]["value"] == "${one(module.reader[*].topic_arn)}"


def test_a_root_has_providers_for_its_account_alone_and_passes_aliases(emitted: Path) -> None:
    town = document(emitted, "town")
    providers = {provider.get("alias"): provider for provider in town["provider"]["aws"]}
    assert {alias: provider["region"] for alias, provider in providers.items()} == {
        None: "${var.region}",
        "us_east_1": "us-east-1",
    }
    for provider in providers.values():
        assert provider["allowed_account_ids"] == ["${var.account_id}"]
        assert set(provider["default_tags"][0]["tags"]) == {"project", "environment", "owner"}
    passed = town["module"]["post_office"]["providers"]
    assert passed == {"aws": "aws", "aws.us_east_1": "aws.us_east_1"}
    assert "providers" not in town["module"]["reader"]


def test_a_root_keeps_its_state_in_s3_locked(emitted: Path) -> None:
    backend = document(emitted, "town")["terraform"]["backend"]
    assert backend == {"s3": {"encrypt": True, "use_lockfile": True}}
