"""Functions of sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.hcl.conversion import UnsortedSet, as_set, doubt, pending, reject, unified
from policy.hcl.functions_collection import as_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy.hcl.values import Value


def _union(arguments: list[Value]) -> Value:
    if (unknown := pending(arguments, "setunion")) is not None:
        return unknown
    if not arguments or any(not isinstance(argument, list) for argument in arguments):
        reject("only sets have a union")
    return as_set([item for argument in arguments for item in as_list(argument)])


def _sets(*sets: Value) -> list[list[Value]]:
    lists = [as_list(values) for values in sets]
    unified([item for values in lists for item in values])
    found = [as_set(values) for values in lists]
    if any(isinstance(values, UnsortedSet) and values for values in found):
        doubt("sets of lists and maps are not modelled")
    return found


def _intersection(*sets: Value) -> Value:
    first, *rest = _sets(*sets)
    return as_set([item for item in first if all(item in values for values in rest)])


def _subtract(left: Value, right: Value) -> Value:
    first, second = _sets(left, right)
    return as_set([item for item in first if item not in second])


KNOWN: dict[str, Callable[..., Value]] = {
    "setintersection": _intersection,
    "setsubtract": _subtract,
}

ANY: dict[str, Callable[[list[Value]], Value]] = {"setunion": _union}
