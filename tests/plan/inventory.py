"""A plan's inventory: how many resources of each type, and the values that a file lists."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

PAGE_FILES = ("app", "file", "page")
"""The objects that the module frontend makes of the UI's files."""


def resources(plan: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every managed resource that the plan leaves standing: its values by its address."""
    return {
        resource["address"]: resource.get("values", {})
        for resource in _walk(plan["planned_values"]["root_module"])
    }


def counts(plan: dict[str, Any]) -> dict[str, int]:
    """How many resources of each type; the page's files are the page's affair, and left out."""
    types = Counter(
        item["type"]
        for item in _walk(plan["planned_values"]["root_module"])
        if item["type"] != "aws_s3_object" or item["name"] not in PAGE_FILES
    )
    return dict(sorted(types.items()))


def differences(expected: Any, actual: Any, where: str) -> list[str]:
    """What is not as listed. A mapping need hold no more than what is listed of it."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return [
            line
            for key, value in expected.items()
            for line in differences(value, actual.get(key), f"{where}.{key}")
        ]
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [
            line
            for index, (one, other) in enumerate(zip(expected, actual, strict=True))
            for line in differences(one, other, f"{where}[{index}]")
        ]
    return [] if expected == actual else [f"{where}: listed {expected!r}, planned {actual!r}"]


def trimmed(expected: Any, actual: Any) -> Any:
    """The plan's present values, cut to what is listed."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {key: trimmed(value, actual.get(key)) for key, value in expected.items()}
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [trimmed(one, other) for one, other in zip(expected, actual, strict=True)]
    return actual


def _walk(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for resource in module.get("resources", []):
        if resource["mode"] == "managed":
            yield resource
    for child in module.get("child_modules", []):
        yield from _walk(child)
