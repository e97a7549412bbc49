"""Type constraints of variables: conversion, and the defaults of optional attributes.

Source: developer.hashicorp.com/terraform/language/expressions/type-constraints.
"""

from __future__ import annotations

from policy.hcl.conversion import (
    DoubtError,
    RejectedError,
    TooLargeError,
    Unsorted,
    as_set,
    doubt,
    present,
    reject,
    to_bool,
    to_number,
    to_text,
    unified,
)
from policy.hcl.evaluate import evaluate
from policy.hcl.scope import Empty
from policy.hcl.size import Budget
from policy.hcl.syntax import DEPTH, Call, Expression, Literal, Name, Object, Tuple
from policy.hcl.values import Encoded, Lazy, Reference, Text, Unknown, Value

PRIMITIVES = {"string": to_text, "number": to_number, "bool": to_bool}


def convert(value: Value, type: Expression | None) -> Value:  # noqa: A002 # Terraform's word
    """Return a variable's value as its type constraint makes it; what is unknown stays.

    Args:
        value: What the caller passed, or the default.
        type: The constraint, `None` for any.
    """
    if type is None:
        return value
    try:
        Budget().spend_on(value)
        return _convert(value, type, 0)
    except (DoubtError, RejectedError) as error:
        return Unknown(f"a variable's value does not fit its type: {error}")
    except (TooLargeError, RecursionError):
        return Unknown("a variable's value is too large")


def _convert(value: Value, kind: Expression, depth: int) -> Value:
    if depth > DEPTH:
        doubt("the type is nested too deeply")
    if value is None or isinstance(value, Unknown | Reference):
        return value
    if isinstance(kind, Literal):
        # Terraform 0.11 wrote types as strings, and still reads them.
        names = {"string": "string", "list": "list", "map": "map"}
        kind = Name((names.get(str(kind.value), ""),))
    if isinstance(kind, Name):
        return _named(value, kind.names[0])
    if isinstance(kind, Call) and len(kind.arguments) == 1:
        return _constructed(value, kind.name, kind.arguments[0], depth)
    return doubt("the type constraint is not modelled")


def _named(value: Value, name: str) -> Value:
    if name == "any":
        return value
    if name in PRIMITIVES:
        found = PRIMITIVES[name](value)
        if isinstance(found, Text | Encoded) and name != "string":
            doubt(f"a partly unknown string is converted to a {name}")
        return found
    if name in {"list", "map", "set"}:
        return _constructed(value, name, Name(("any",)), 0)
    return doubt("the type constraint is not modelled")


def _constructed(value: Value, name: str, inner: Expression, depth: int) -> Value:
    if name == "object" and isinstance(inner, Object):
        return _object(value, inner, depth)
    if isinstance(value, Lazy):
        return _convert(value.whole(), Call(name, (inner,), expand=False), depth + 1)
    if name == "tuple" and isinstance(inner, Tuple):
        if not isinstance(value, list) or len(value) != len(inner.items):
            reject("it is no tuple of that length")
        pairs = zip(value, inner.items, strict=True)
        return [_convert(item, kind, depth + 1) for item, kind in pairs]
    if name == "map" and isinstance(value, dict):
        converted = [_convert(item, inner, depth + 1) for item in value.values()]
        return dict(zip(value, _united(converted, inner), strict=True))
    if name not in {"list", "set"} or not isinstance(value, list):
        reject(f"it is no {name}")
    items = _united([_convert(item, inner, depth + 1) for item in value], inner)
    loose = Unsorted(items) if isinstance(value, Unsorted) else items
    return as_set(items) if name == "set" else loose


def _united(values: list[Value], kind: Expression) -> list[Value]:
    """Give the elements of `list(any)` and its like their common type."""
    return unified(values) if kind == Name(("any",)) else values


def _object(value: Value, attributes: Object, depth: int) -> Value:
    if isinstance(value, Lazy):
        given = {name: value.get(name) for name, _, _ in _attributes(attributes)}
    elif isinstance(value, dict):
        given = value
    else:
        reject("it is no object")
    built: dict[str, Value] = {}
    for name, kind, default in _attributes(attributes):
        optional = default is not None
        if name not in given and not optional:
            reject(f"the attribute `{name}` is missing")
        found = given.get(name)
        if found is None and default is not None:
            found = evaluate(default, Empty())
        elif default not in {None, Literal(None)} and isinstance(found, Reference):
            found = found if present(found) else Unknown(f"{found} may be null and defaulted")
        built[name] = _convert(found, kind, depth + 1)
    return built


def _attributes(attributes: Object) -> list[tuple[str, Expression, Expression | None]]:
    """Return each attribute's name, type, and default where it is optional."""
    found: list[tuple[str, Expression, Expression | None]] = []
    for key, kind in attributes.items:
        if not isinstance(key, Literal):
            doubt("the type constraint is not modelled")
        if isinstance(kind, Call) and kind.name == "optional" and kind.arguments:
            inner, *defaults = kind.arguments
            found.append((str(key.value), inner, defaults[0] if defaults else Literal(None)))
        else:
            found.append((str(key.value), kind, None))
    return found
