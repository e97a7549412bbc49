"""What of a plan that only refreshes is drift, and what every first look shows.

Terraform reports whatever reads otherwise than it was written: a list that was null and comes back
empty, a bucket's policy that a resource of its own has since set. Drift is less and more than that:
a setting that the configuration makes and that reads otherwise, or a resource that is gone. What
stands there and is no resource, `harness.unmanaged` looks for.
"""

from collections.abc import Iterator, Mapping
from typing import Any

EMPTY: tuple[Any, ...] = (None, "", [], {}, 0, False)
"""Values that the provider takes for one another, where a setting was left out."""


def drifted(plan: Mapping[str, Any]) -> list[str]:
    """A line for each thing that changed behind Terraform's back.

    Args:
        plan: The JSON of a plan made with `-refresh-only`.
    """
    settings = dict(_settings(plan["configuration"]["root_module"], ""))
    lines: list[str] = []
    for each in plan.get("resource_drift", []):
        address, before, after = each["address"], each["change"]["before"], each["change"]["after"]
        if after is None:
            lines.append(f"{address}: is gone")
            continue
        made = settings.get(_unindexed(address), frozenset())
        changed = [
            name
            for name in sorted(made & {*before, *after})
            if _plain(before.get(name)) != _plain(after.get(name))
        ]
        if changed:
            lines.append(f"{address}: {', '.join(changed)}")
    return sorted(lines)


def _settings(module: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The names that the configuration sets, by a resource's address without keys."""
    for resource in module.get("resources", []):
        yield f"{prefix}{resource['address']}", frozenset(resource.get("expressions", {}))
    for name, call in module.get("module_calls", {}).items():
        yield from _settings(call["module"], f"{prefix}module.{name}.")


def _unindexed(address: str) -> str:
    """The address without the keys of `count` and `for_each`, which may hold dots."""
    kept, depth, quoted = "", 0, False
    for character in address:
        quoted ^= character == '"' and depth > 0
        depth += (character == "[") - (character == "]") if not quoted else 0
        if depth == 0 and character != "]":
            kept += character
    return kept


def _plain(value: Any) -> Any:
    """A value with nothing in it that is empty."""
    if isinstance(value, dict):
        plain = {name: _plain(each) for name, each in value.items()}
        value = {name: each for name, each in plain.items() if each is not None}
    elif isinstance(value, list):
        value = [each for each in map(_plain, value) if each is not None]
    return None if value in EMPTY else value
