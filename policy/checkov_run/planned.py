"""What a plan says shall exist, read without checkov: the measure of whether checkov looked."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class NotLookedError(Exception):
    """checkov did not look at all of the plan; one sentence."""


def read_plan(path: Path) -> Mapping[str, Any]:
    """Read the JSON that `terraform show -json` wrote of a plan.

    Raises:
        NotLookedError: When the file holds something else.
    """
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise NotLookedError(f"{path.name} is not readable as JSON: {error}.") from None
    if not isinstance(document, dict) or not str(document.get("format_version")).startswith("1."):
        raise NotLookedError(f"{path.name} is not a plan in the JSON that Terraform writes.")
    return document


def planned_types(plan: Mapping[str, Any]) -> dict[str, str]:
    """Return the type of every managed resource that shall exist, by address.

    Taken from the changes and from the planned values, so that neither can hide what the other
    holds; not with checkov's parser, which is what this is to be held against.

    Raises:
        NotLookedError: When the plan has another form.
    """
    types: dict[str, str] = {}
    for change in _tables(plan, "resource_changes"):
        if any(action in _actions(change) for action in ("create", "update", "no-op")):
            _note(types, change)
    modules = [_table(_table(plan, "planned_values"), "root_module")]
    while modules:
        module = modules.pop()
        modules.extend(_tables(module, "child_modules"))
        for resource in _tables(module, "resources"):
            _note(types, resource)
    forgotten = {
        str(change.get("address"))
        for change in _tables(plan, "resource_changes")
        if _actions(change) == ["forget"]
    }
    return {address: kind for address, kind in types.items() if address not in forgotten}


def _note(types: dict[str, str], resource: Mapping[str, Any]) -> None:
    if resource.get("mode") == "managed":
        types[str(resource.get("address"))] = str(resource.get("type"))


def _tables(of: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    rows = of.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotLookedError(f"{key} of the plan is not a list of objects.")
    return rows


def _table(of: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = of.get(key, {})
    if not isinstance(table, dict):
        raise NotLookedError(f"{key} of the plan is not an object.")
    return table


def _actions(change: Mapping[str, Any]) -> list[Any]:
    actions = _table(change, "change").get("actions")
    return actions if isinstance(actions, list) else []
