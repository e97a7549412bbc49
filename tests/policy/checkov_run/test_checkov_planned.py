"""What a plan says shall exist: hostile and half plans are told, none is taken for an empty one."""

import json
from pathlib import Path
from typing import Any

import pytest

from policy.checkov_run.planned import NotLookedError, planned_types, read_plan


def plan(**parts: Any) -> dict[str, Any]:
    resource = {"address": "aws_eip.a", "mode": "managed", "type": "aws_eip", "name": "a"}
    whole: dict[str, Any] = {
        "format_version": "1.2",
        "terraform_version": "1.11.0",
        "planned_values": {"root_module": {"resources": [{**resource, "values": {}}]}},
        "resource_changes": [
            {**resource, "change": {"actions": ["create"], "before": None, "after": {}}}
        ],
        "configuration": {},
    }
    return whole | parts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not json", "not readable as JSON"),
        ("", "not readable as JSON"),
        ("[" * 100_000, "not readable as JSON"),
        ("[]", "not a plan"),
        ('{"format_version": "9.0"}', "not a plan"),
        (json.dumps(plan(resource_changes={})), "is not a list"),
        (json.dumps(plan(planned_values={"root_module": {"resources": {}}})), "not a list"),
        (json.dumps(plan(planned_values=[])), "is not an object"),
        (json.dumps({**plan(), "terraform_version": None})[:-40], "not readable as JSON"),
    ],
    ids=["text", "empty", "deep", "list", "version", "changes", "no-list", "no-table", "cut"],
)
def test_what_is_no_whole_plan_is_told_in_one_sentence(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text)
    with pytest.raises(NotLookedError, match=told) as caught:
        planned_types(read_plan(path))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_absent_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotLookedError, match="not readable"):
        read_plan(tmp_path / "plan.json")


@pytest.mark.parametrize("part", ["planned_values", "resource_changes"])
def test_either_part_of_a_plan_names_a_resource(part: str) -> None:
    without = {key: value for key, value in plan().items() if key != part}
    assert planned_types(without) == {"aws_eip.a": "aws_eip"}


@pytest.mark.parametrize(
    ("actions", "stays"),
    [(["create"], True), (["delete", "create"], True), (["no-op"], True), (["delete"], False)],
)
def test_what_is_deleted_is_not_to_be_looked_at(actions: list[str], *, stays: bool) -> None:
    document = plan(planned_values={})
    document["resource_changes"][0]["change"]["actions"] = actions
    assert ("aws_eip.a" in planned_types(document)) is stays


def test_what_is_forgotten_is_not_to_be_looked_at_though_terraform_plans_it() -> None:
    document = plan()
    document["resource_changes"][0]["change"]["actions"] = ["forget"]
    assert planned_types(document) == {}


def test_a_thousand_nested_modules_are_read() -> None:
    module: dict[str, Any] = plan()["planned_values"]["root_module"]
    for _ in range(1000):
        module = {"child_modules": [module]}
    assert planned_types({"planned_values": {"root_module": module}}) == {"aws_eip.a": "aws_eip"}
