"""The plan as `terraform show -json` writes it, checked for the shape that the gate knows."""

from __future__ import annotations

import json
from typing import Any, Final

from policy.problem import CannotJudgeError

Document = dict[str, Any]

_LISTS: Final = ("resource_changes", "deferred_changes")
_OBJECTS: Final = ("configuration", "planned_values", "prior_state", "variables")
_DEEPEST: Final = 200


def load(data: bytes, name: str) -> Document:
    """Parse a plan's JSON.

    Args:
        data: The file's bytes.
        name: How messages name it.

    Raises:
        CannotJudgeError: It is no JSON, no plan, or of a format that the gate does not know.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        raise CannotJudgeError(f"{name} is neither a plan file nor JSON: {reason}.") from None
    check(document, name)
    return document


def check(document: object, name: str) -> None:
    """Refuse what is no plan of a format that the gate knows.

    The format's versions and keys: developer.hashicorp.com/terraform/internals/json-format.

    Raises:
        CannotJudgeError: As said.
    """
    if not isinstance(document, dict) or "format_version" not in document:
        raise CannotJudgeError(f"{name} is JSON but no plan: it has no format_version.")
    version = document["format_version"]
    if not isinstance(version, str) or not version.startswith("1."):
        raise CannotJudgeError(
            f"{name} has plan format {str(version)[:20]!r}; the gate reads formats 1.0 and up to 2."
        )
    if "resource_changes" not in document and "planned_values" not in document:
        raise CannotJudgeError(
            f"{name} is the JSON of a state, not of a plan: make it with "
            f"`terraform show -json PLANFILE`."
        )
    for key, kind in (*((key, list) for key in _LISTS), *((key, dict) for key in _OBJECTS)):
        if not isinstance(document.get(key, kind()), kind):
            raise CannotJudgeError(f"{name} is malformed: {key} is no {kind.__name__}.")
    if _too_deep(document):
        raise CannotJudgeError(f"{name} is nested more than {_DEEPEST} levels deep.")


def _too_deep(document: object) -> bool:
    level: list[Any] = [document]
    for _ in range(_DEEPEST):
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
