"""Functions of lists whose every element must be known, or of numbers that make a list."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from policy.hcl.conversion import Set, Unsorted, doubt, reject, to_bool, unified
from policy.hcl.functions_collection import as_list, as_map
from policy.hcl.functions_number import number
from policy.hcl.functions_text import string
from policy.hcl.operators import equals
from policy.hcl.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy.hcl.values import Value

LONGEST_RANGE = 1024
"""Terraform's own bound."""

LARGEST_PRODUCT = 100_000


def _range(*limits: Value) -> Value:
    found = [number(limit) for limit in limits]
    if not all(isinstance(value, int) for value in found) or not 1 <= len(found) <= 3:
        doubt("a range of fractions is not modelled")
    first, last = (0, found[0]) if len(found) == 1 else (found[0], found[1])
    step = found[2] if len(found) == 3 else (1 if first <= last else -1)
    if step == 0 or ((step > 0) != (first <= last) and first != last):
        reject("the step goes the wrong way")
    counted = range(int(first), int(last), int(step))
    return list(counted) if len(counted) <= LONGEST_RANGE else reject("the range is too long")


def _matchkeys(values: Value, keys: Value, wanted: Value) -> Value:
    items, names, search = as_list(values), as_list(keys), as_list(wanted)
    if len(items) != len(names):
        reject("there are not as many keys as values")
    kept: list[Value] = []
    for item, name in zip(items, names, strict=True):
        results = [equals(name, other) for other in search]
        if any(result is True for result in results):
            kept.append(item)
        elif any(isinstance(result, Unknown) for result in results):
            doubt("whether two keys are equal is not certain")
    return unified(kept)


def _transpose(value: Value) -> Value:
    turned: dict[str, list[Value]] = {}
    for key, names in sorted(as_map(value).items()):
        for name in as_list(names):
            turned.setdefault(string(name), []).append(key)
    return {name: turned[name] for name in sorted(turned)}


def _truth(values: Value) -> list[bool]:
    if None in as_list(values):
        doubt("null among booleans is not modelled")
    return [to_bool(value) is True for value in as_list(values)]


def _alltrue(values: Value) -> Value:
    return all(_truth(values))


def _anytrue(values: Value) -> Value:
    return any(_truth(values))


def _setproduct(*sets: Value) -> Value:
    lists = [as_list(values) for values in sets]
    if len(lists) < 2:
        doubt("a product of one set is not modelled")
    size = 1
    for values in lists:
        size *= len(values)
    if size > LARGEST_PRODUCT:
        doubt("the product is too large")
    rows: list[Value] = [list(row) for row in product(*map(unified, lists))]
    kinds = [isinstance(values, Set) for values in lists]
    return Unsorted(rows) if any(kinds) else rows


KNOWN: dict[str, Callable[..., Value]] = {
    "alltrue": _alltrue,
    "anytrue": _anytrue,
    "matchkeys": _matchkeys,
    "range": _range,
    "transpose": _transpose,
}

SHALLOW: dict[str, Callable[..., Value]] = {"setproduct": _setproduct}
