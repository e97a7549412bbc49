"""Functions that pick or order elements by what they are worth: `coalesce`, `distinct`, `sort`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.hcl.conversion import (
    Rounded,
    Unsorted,
    doubt,
    opaque,
    pending,
    present,
    reject,
    scalar_kind,
    to_text,
    unified,
)
from policy.hcl.functions_collection import alike
from policy.hcl.values import Encoded, Reference, Text, Unknown, Value, certain

if TYPE_CHECKING:
    from collections.abc import Callable


def _coalesce(arguments: list[Value]) -> Value:
    kinds = {kind for argument in arguments if (kind := scalar_kind(argument))}
    for argument in arguments:
        if argument is None or argument == "":
            continue
        if opaque(argument) and not present(argument):
            return pending([argument], "coalesce") or Unknown("it may be null", "coalesce")
        if len(kinds) > 1:
            return to_text(argument) if "string" in kinds else doubt("the type is not certain")
        if scalar_kind(argument) not in {None, "string"} and any(map(opaque, arguments)):
            doubt("the type of an argument is not known")
        return argument
    return reject("every argument is null or empty")


def _coalescelist(arguments: list[Value]) -> Value:
    for argument in arguments:
        if not isinstance(argument, list):
            return pending([argument], "coalescelist") or reject("an argument is no list")
        if argument:
            return argument
    return reject("every list is empty")


def _compact(arguments: list[Value]) -> Value:
    (values,) = arguments
    if not isinstance(values, list):
        return pending([values], "compact") or reject("an argument is no list")
    kept: list[Value] = []
    for value in map(to_text, values):
        if isinstance(value, Encoded) or present(value):
            kept.append(value)
        elif value is not None and value != "":
            return pending([value], "compact") or Unknown("an element may be empty", "compact")
    return alike((values,), kept)


def _distinct(arguments: list[Value]) -> Value:
    (values,) = arguments
    if not isinstance(values, list):
        return pending([values], "distinct") or reject("an argument is no list")
    values = alike((values,), unified(list(values)))
    if any(isinstance(value, Rounded) for value in values):
        doubt("whether two fractions are equal is not certain")
    kept: list[Value] = []
    for value in values:
        if isinstance(value, Unknown) or value not in kept:
            kept.append(value)
    loose = isinstance(values, Unsorted) or not certain(kept)
    return Unsorted(kept) if loose and len(kept) > 1 else kept


def _sort(arguments: list[Value]) -> Value:
    (values,) = arguments
    if not isinstance(values, list):
        return pending([values], "sort") or reject("an argument is no list")
    texts = list(map(to_text, values))
    if any(isinstance(text, Unknown | Reference | Text | Encoded) for text in texts):
        return Unsorted(texts)
    if None in texts:
        doubt("sorting null is not modelled")
    return sorted(texts, key=str)


ANY: dict[str, Callable[[list[Value]], Value]] = {
    "coalesce": _coalesce,
    "coalescelist": _coalescelist,
    "compact": _compact,
    "distinct": _distinct,
    "sort": _sort,
}
