"""Steps into a value: attributes, indexes, and the pairs that a loop sees."""

from __future__ import annotations

from policy.hcl.conversion import (
    Failed,
    Set,
    Unsorted,
    UnsortedSet,
    doubt,
    pending,
    reject,
    to_number,
    to_text,
)
from policy.hcl.values import Encoded, Lazy, Reference, Text, Unknown, Value


def attribute(value: Value, name: str) -> Value:
    """Return `value.name`.

    Raises:
        RejectedError: The value certainly has no such attribute.
    """
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Reference):
        return Reference(value.address, (*value.path, name))
    if isinstance(value, Lazy):
        return value.get(name)
    if isinstance(value, dict) and name in value:
        return value[name]
    return reject(f"there is no attribute `{name}`")


def index(value: Value, key: Value) -> Value:
    """Return `value[key]`.

    Raises:
        RejectedError: The value certainly has no such element.
        DoubtError: Its order is not known.
    """
    for part in (value, key):
        if isinstance(part, Unknown):
            return part
    if (unknown := pending([key])) is not None:
        return unknown
    if isinstance(value, Reference) and isinstance(key, str | int):
        return Reference(value.address, (*value.path, key))
    if isinstance(value, Lazy):
        return value.get(str(to_text(key)))
    if isinstance(value, dict):
        name = to_text(key)
        return value[name] if isinstance(name, str) and name in value else _missing(key)
    return _element(value, key)


def _element(value: Value, key: Value) -> Value:
    if not isinstance(value, list) or isinstance(value, Set | UnsortedSet):
        return _missing(key)
    at = to_number(key)
    if not isinstance(at, int) or not 0 <= at < len(value):
        return _missing(key)
    if isinstance(value, Unsorted) and len(value) > 1:
        doubt("the order of a list is known only after the apply")
    return value[at]


def _missing(key: Value) -> Failed:
    return Failed(f"there is no element {str(key)[:40]!r}")


def splat_source(value: Value) -> list[Value] | Unknown:
    """Return the elements that `[*]` goes through: one for what is no list, none for null."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Reference):
        return Unknown(f"whether {value} is a list is known only after the apply")
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def pairs(value: Value) -> list[tuple[Value, Value]] | Unknown:
    """Return the keys and elements that a `for` or a `dynamic` block goes through.

    A map comes in the order of its keys; a set's keys are its elements.
    """
    if isinstance(value, Lazy):
        value = value.whole()
    if isinstance(value, dict):
        return [(key, value[key]) for key in sorted(value)]
    if isinstance(value, Set | UnsortedSet):
        return [(item, item) for item in value]
    if isinstance(value, list):
        return list(enumerate(value))
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Reference):
        return Unknown(f"the elements of {value} are known only after the apply")
    return Failed("it is nothing to go through")


def join_texts(parts: list[Value]) -> Value:
    """Return a template's parts as one string, `Text` where some are not known.

    Raises:
        RejectedError: A part is null, a list or a map.
    """
    shown = [part for part in map(to_text, parts) if part != ""]
    if len(shown) == 1 and isinstance(shown[0], Encoded):
        return shown[0]
    merged: list[str | Reference | Unknown] = []
    for part in shown:
        if isinstance(part, Failed):
            return part
        for piece in _pieces(part):
            last = merged[-1] if merged else None
            if isinstance(piece, str) and isinstance(last, str):
                merged[-1] = last + piece
            else:
                merged.append(piece)
    if all(isinstance(piece, str) for piece in merged):
        return "".join(map(str, merged))
    return Text(tuple(merged))


def _pieces(part: Value) -> tuple[str | Reference | Unknown, ...]:
    match part:
        case Text(inner):
            return inner
        case str() | Reference() | Unknown():
            return (part,)
        case None:
            return reject("a part of a string is null")
        case _:
            return (Unknown("an encoded value inside of a string is not modelled"),)
