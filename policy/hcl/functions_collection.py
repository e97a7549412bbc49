"""Functions that take from or put together lists and maps, whatever their elements are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.hcl.conversion import (
    Unsorted,
    doubt,
    pending,
    reject,
    scalar_kind,
    to_number,
    to_text,
    unified,
    uniform,
)
from policy.hcl.operators import equals
from policy.hcl.values import Lazy, Reference, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

SINGLE = ("id", "arn", "name", "address", "cidr_block", "domain_name", "dns_name", "port", "type")
"""Attributes that are one string or number in every AWS resource, never a list."""


def as_list(value: Value) -> list[Value]:
    """Return a known argument that must be a list or a set."""
    return value if isinstance(value, list) else reject("an argument is no list")


def as_map(value: Value) -> dict[str, Value]:
    """Return a known argument that must be a map or an object."""
    return value if isinstance(value, dict) else reject("an argument is no map")


def alike(sources: tuple[Value, ...], values: list[Value]) -> list[Value]:
    """Return the values in a list as unsorted as what they were taken from."""
    loose = any(isinstance(source, Unsorted) for source in sources)
    return Unsorted(values) if loose else values


def _concat(*lists: Value) -> Value:
    joined = [item for values in lists for item in as_list(values)]
    kinds = {scalar_kind(item) for item in joined} - {None}
    if len(kinds) > 1:
        doubt("whether the lists' common type converts an element is not certain")
    return alike(lists, joined)


def _flatten(values: Value) -> Value:
    flat: list[Value] = []
    loose = False
    waiting: list[Value] = [as_list(values)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            loose = loose or (isinstance(item, Unsorted) and len(item) > 1)
            waiting.extend(reversed(item))
        elif isinstance(item, Unknown) or (isinstance(item, Reference) and not _one_value(item)):
            return pending([item], "flatten")
        else:
            flat.append(item)
    return Unsorted(flat) if loose else flat


def _one_value(reference: Reference) -> bool:
    last = reference.path[-1] if reference.path else ""
    return isinstance(last, str) and any(
        last == name or last.endswith(f"_{name}") for name in SINGLE
    )


def _keys(value: Value) -> Value:
    names: list[Value] = []
    names.extend(sorted(as_map(value)))
    return names


def _values(value: Value) -> Value:
    found = as_map(value)
    return [found[key] for key in sorted(found)]


def _element(values: Value, at: Value) -> Value:
    items, index = as_list(values), to_number(at)
    if not isinstance(index, int) or index < 0:
        doubt("this index is not modelled")
    return items[index % len(items)] if items else reject("the list is empty")


def _slice(values: Value, start: Value, end: Value) -> Value:
    items, first, last = as_list(values), to_number(start), to_number(end)
    if not isinstance(first, int) or not isinstance(last, int):
        reject("an index is no whole number")
    if not 0 <= first <= last <= len(items):
        reject("an index lies outside of the list")
    return items[first:last]


def _index(arguments: list[Value]) -> Value:
    values, wanted = arguments
    if isinstance(values, Unsorted) and len(values) > 1:
        doubt("the order of a list is known only after the apply")
    if not isinstance(values, list):
        return pending([values], "index") or reject("an argument is no list")
    for at, item in enumerate(as_list(values)):
        equal = equals(item, wanted)
        if isinstance(equal, Unknown):
            return equal
        if equal:
            return at
    return reject("the list has no such element")


def _zipmap(keys: Value, values: Value) -> Value:
    names, items = as_list(keys), as_list(values)
    if any(isinstance(part, Unsorted) and len(part) > 1 for part in (keys, values)):
        doubt("the order of a list is known only after the apply")
    if len(names) != len(items):
        reject("there are not as many keys as values")
    if (unknown := pending(names)) is not None:
        return unknown
    texts = [to_text(name) for name in names]
    if any(text is None for text in texts):
        reject("a key is null")
    return {str(text): item for text, item in zip(texts, items, strict=True)}


def _reverse(values: Value) -> Value:
    return alike((values,), as_list(values)[::-1])


def _chunklist(values: Value, size: Value) -> Value:
    items, step = as_list(values), to_number(size)
    if not isinstance(step, int) or step < 1:
        doubt("this size is not modelled")
    items = unified(items)
    return [items[at : at + step] for at in range(0, len(items), step)]


def _contains(arguments: list[Value]) -> Value:
    values, wanted = arguments
    if not isinstance(values, list):
        return pending([values], "contains") or reject("an argument is no list")
    results = [equals(item, wanted) for item in values]
    if any(result is True for result in results):
        return True
    return next((result for result in results if isinstance(result, Unknown)), False)


def _merge(arguments: list[Value]) -> Value:
    merged: dict[str, Value] = {}
    for argument in arguments:
        value = argument.whole() if isinstance(argument, Lazy) else argument
        if value is None:
            continue
        if not isinstance(value, dict):
            return pending([value], "merge") or reject("an argument is no map")
        merged.update(value)
    return merged


def _lookup(arguments: list[Value]) -> Value:
    if len(arguments) not in {2, 3}:
        reject("it takes two or three arguments")
    source, key = arguments[0], to_text(arguments[1])
    if isinstance(source, Lazy) and isinstance(key, str):
        return source.get(key)
    if isinstance(source, dict) and isinstance(key, str) and isinstance(source.get(key), Lazy):
        return source[key]
    if (unknown := pending([source, key], "lookup")) is not None:
        return unknown
    found = as_map(source)
    if not isinstance(key, str):
        reject("the key is null")
    if key in found:
        return found[key]
    if len(arguments) == 2:
        reject(f"the map has no key {key[:40]!r}")
    if arguments[2] is not None and not uniform([*found.values(), arguments[2]]):
        doubt("whether the default is converted is not certain")
    return arguments[2]


SHALLOW: dict[str, Callable[..., Value]] = {
    "chunklist": _chunklist,
    "concat": _concat,
    "element": _element,
    "flatten": _flatten,
    "keys": _keys,
    "reverse": _reverse,
    "slice": _slice,
    "values": _values,
    "zipmap": _zipmap,
}

ANY: dict[str, Callable[[list[Value]], Value]] = {
    "contains": _contains,
    "index": _index,
    "lookup": _lookup,
    "merge": _merge,
}
