"""Terraform's functions: which there are, and what they do with values that are not known.

Source: developer.hashicorp.com/terraform/language/functions, checked against `terraform console`
by the tests. A function that reads a file, the clock or chance is not here: a plan file does not
hold what it gave.
"""

from __future__ import annotations

from policy.hcl import (
    functions_choice,
    functions_collection,
    functions_encoding,
    functions_list,
    functions_network,
    functions_number,
    functions_set,
    functions_text,
    functions_type,
)
from policy.hcl.conversion import DoubtError, Failed, RejectedError, Unsorted, pending
from policy.hcl.values import Lazy, Unknown, Value, certain

KNOWN = {
    **functions_text.KNOWN,
    **functions_number.KNOWN,
    **functions_list.KNOWN,
    **functions_set.KNOWN,
    **functions_encoding.KNOWN,
    **functions_network.KNOWN,
}
"""Functions of values that are known at every depth, and none of them null."""

SHALLOW = {**functions_collection.SHALLOW, **functions_list.SHALLOW}
"""Functions of lists and maps whose elements may be unknown; none of them null itself."""

ANY = {
    **functions_type.ANY,
    **functions_text.ANY,
    **functions_collection.ANY,
    **functions_choice.ANY,
    **functions_set.ANY,
    **functions_encoding.ANY,
}
"""Functions that look at unknown and null arguments themselves; their order is not looked at."""

ORDERLESS = frozenset({"concat", "flatten", "keys", "merge", "reverse", "values", "zipmap"})
"""Functions of `SHALLOW` to which an unknown order does no harm: they keep it in mind."""


def call(name: str, arguments: list[Value]) -> Value:  # noqa: PLR0911 # a case, a return
    """Return what a function gives, `Failed` where Terraform certainly rejects the call."""
    name = name.removeprefix("core::")
    try:
        if name in ANY:
            return ANY[name](arguments)
        if name in SHALLOW:
            return _shallow(name, [_whole(argument) for argument in arguments])
        if name in KNOWN:
            return _known(name, arguments)
    except DoubtError as error:
        return Unknown(str(error), name)
    except RejectedError as error:
        return Failed(str(error), name)
    except (ValueError, TypeError, AttributeError, OverflowError, IndexError) as error:
        return Unknown(f"`{name}` is not modelled for {type(error).__name__}", name)
    return Unknown(f"`{name}` is not modelled", name)


def _whole(value: Value) -> Value:
    return value.whole() if isinstance(value, Lazy) else value


def _shallow(name: str, arguments: list[Value]) -> Value:
    if (unknown := pending(arguments, name)) is not None:
        return unknown
    loose = any(isinstance(argument, Unsorted) and len(argument) > 1 for argument in arguments)
    if loose and name not in ORDERLESS:
        return Unknown("the order of a list is known only after the apply", name)
    return SHALLOW[name](*_present(arguments))


def _known(name: str, arguments: list[Value]) -> Value:
    if (unknown := pending(arguments, name)) is not None:
        return unknown
    for argument in arguments:
        if isinstance(argument, Unsorted) and len(argument) > 1:
            return Unknown("the order of a list is known only after the apply", name)
        if not certain(argument):
            return Unknown("a part of an argument is known only after the apply", name)
    return KNOWN[name](*_present(arguments))


def _present(arguments: list[Value]) -> list[Value]:
    if any(argument is None for argument in arguments):
        raise RejectedError("an argument is null")
    return arguments
