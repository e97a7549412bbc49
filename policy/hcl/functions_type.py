"""Functions that convert a type or catch a failure: `tostring`, `toset`, `try`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.hcl.conversion import (
    Failed,
    Set,
    Unsorted,
    as_set,
    doubt,
    pending,
    reject,
    to_bool,
    to_number,
    to_text,
    unified,
)
from policy.hcl.values import Encoded, Lazy, Reference, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable


def _single(arguments: list[Value]) -> Value:
    if len(arguments) != 1:
        reject("it takes one argument")
    return arguments[0]


def _tostring(arguments: list[Value]) -> Value:
    return to_text(_single(arguments))


def _tonumber(arguments: list[Value]) -> Value:
    value = to_number(_single(arguments))
    return pending([value], "tonumber") or value


def _tobool(arguments: list[Value]) -> Value:
    value = to_bool(_single(arguments))
    return pending([value], "tobool") or value


def _tolist(arguments: list[Value]) -> Value:
    value = _single(arguments)
    if isinstance(value, list):
        return _same_order(value, unified(list(value)))
    return _not_collection(value)


def _toset(arguments: list[Value]) -> Value:
    value = _single(arguments)
    if isinstance(value, list):
        return as_set(list(value))
    return _not_collection(value)


def _tomap(arguments: list[Value]) -> Value:
    value = _single(arguments)
    if isinstance(value, Lazy):
        value = value.whole()
    if isinstance(value, dict):
        return dict(zip(value, unified(list(value.values())), strict=True))
    return _not_collection(value)


def _not_collection(value: Value) -> Value:
    if value is None:
        return None
    return pending([value]) or reject("it has no elements")


def _same_order(source: list[Value], values: list[Value]) -> list[Value]:
    return Unsorted(values) if isinstance(source, Unsorted) else values


def _try(arguments: list[Value]) -> Value:
    for argument in arguments:
        if isinstance(argument, Failed):
            continue
        # An unknown part may yet fail in the apply, and then the next argument counts.
        return _unknown_inside(argument) or argument
    return Failed("no argument of `try` is valid", "try")


def _can(arguments: list[Value]) -> Value:
    value = _single(arguments)
    if isinstance(value, Failed):
        return False
    return _unknown_inside(value) or True


def _unknown_inside(value: Value) -> Unknown | None:
    waiting: list[Value] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Unknown):
            return item
        if isinstance(item, Reference) and len(item.path) > 1:
            return Unknown(f"whether there is {item} is known only after the apply")
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, Text):
            waiting.extend(item.parts)
        elif isinstance(item, Encoded):
            waiting.append(item.content)
    return None


def _unchanged(arguments: list[Value]) -> Value:
    return _single(arguments)


def _length(arguments: list[Value]) -> Value:
    value = _single(arguments)
    if isinstance(value, Lazy):
        value = value.whole()
    if isinstance(value, Unsorted) and len(value) > 1:
        doubt("how many elements differ is known only after the apply")
    if isinstance(value, list | dict):
        return len(value)
    if isinstance(value, str):
        if not value.isascii() or "\r" in value:
            doubt("the length of text beyond ASCII is not modelled")
        return len(value)
    return pending([value], "length") or reject("it has no length")


def _one(arguments: list[Value]) -> Value:
    value = _single(arguments)
    if isinstance(value, list) and len(value) <= 1:
        return value[0] if value else None
    if isinstance(value, Set) or (isinstance(value, list) and not isinstance(value, Unsorted)):
        reject("it has more than one element")
    if isinstance(value, Unsorted):
        doubt("how many elements differ is known only after the apply")
    return pending([value], "one") or reject("it is no list")


ANY: dict[str, Callable[[list[Value]], Value]] = {
    "can": _can,
    "length": _length,
    "nonsensitive": _unchanged,
    "one": _one,
    "sensitive": _unchanged,
    "tobool": _tobool,
    "tolist": _tolist,
    "tomap": _tomap,
    "tonumber": _tonumber,
    "toset": _toset,
    "tostring": _tostring,
    "try": _try,
}
