"""Terraform's type conversions, and its numbers, as far as they are certain.

Source: developer.hashicorp.com/terraform/language/expressions/type-constraints, and
`cty/convert` of zclconf/go-cty for what the page leaves open.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NoReturn, TypeGuard

from policy.hcl.scanner import number as parse_number
from policy.hcl.values import Encoded, Lazy, Reference, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

Opaque = Unknown | Reference | Text | Encoded | Lazy
LARGEST = 2**511
"""Beyond it Terraform's numbers lose digits."""

NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")
SURE = re.compile(r"(?:\A|_)(?:id|arn)\Z")


class Failed(Unknown):
    """What Terraform certainly rejects: `try` goes on to its next argument."""


class DoubtError(Exception):
    """A result that this reader cannot tell; half a sentence."""


class RejectedError(Exception):
    """Something that Terraform certainly rejects; half a sentence."""


class TooLargeError(Exception):
    """A value or a computation beyond this reader's bounds."""


class Rounded(float):
    """A fraction that Terraform holds with more digits than this reader."""


class Unsorted(list[Value]):
    """A list of which neither the order nor the number of equal elements is known."""


class Set(list[Value]):
    """A set whose order is known: sorted numbers, strings or booleans, each once."""


class UnsortedSet(Unsorted):
    """A set with unknown or composite elements."""


def doubt(why: str) -> NoReturn:
    """Give up on a value."""
    raise DoubtError(why)


def reject(why: str) -> NoReturn:
    """Say that Terraform rejects it."""
    raise RejectedError(why)


def opaque(value: Value) -> TypeGuard[Opaque]:
    """Tell whether the value itself, not only a part of it, is not known."""
    return isinstance(value, Opaque)


def pending(values: Iterable[Value], about: str = "") -> Unknown | None:
    """Return why an operation on these cannot be told, `None` if all are known."""
    found: Unknown | None = None
    for value in values:
        if isinstance(value, Failed):
            return value
        if found is None and isinstance(value, Unknown):
            found = value
        elif found is None and opaque(value):
            what = str(value) if isinstance(value, Reference) else "a part of it"
            found = Unknown(f"{what} is known only after the apply", about)
    return found


def to_text(value: Value) -> Value:
    """Convert to a string; what is not known stays. Null stays null.

    Raises:
        RejectedError: A list or a map.
        DoubtError: A fraction with too many digits.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list | dict | Lazy):
        reject("a list or a map is no string")
    return value


def number_text(value: float) -> str:
    """Write a number as Terraform does: all digits, no exponent.

    Raises:
        DoubtError: A fraction with too many digits.
    """
    if isinstance(value, Rounded):
        doubt("the digits of a fraction are not certain")
    return str(value) if isinstance(value, int) else format(Decimal(repr(value)), "f")


def to_number(value: Value) -> Value:
    """Convert to a number; what is not known stays. Null stays null.

    Raises:
        RejectedError: It is no number.
        DoubtError: It is written in a way that this reader does not judge.
    """
    if isinstance(value, str):
        if not NUMBER.match(value):
            if re.search("[0-9]", value) and not re.search(
                r"[^0-9a-fxobpinty_.+\-]", value, re.IGNORECASE
            ):
                doubt(f"whether {value[:20]!r} is a number is not modelled")
            reject(f"{value[:20]!r} is no number")
        found = parse_number(value)
        return found if found is not None else doubt("a number is too long to be exact")
    if isinstance(value, bool | list | dict | Lazy):
        reject("it is no number")
    return value


def to_bool(value: Value) -> Value:
    """Convert to a boolean; what is not known stays. Null stays null.

    Raises:
        RejectedError: It is neither true nor false.
    """
    if isinstance(value, str):
        if value in {"true", "1"}:
            return True
        if value in {"false", "0"}:
            return False
        reject(f"{value[:20]!r} is neither true nor false")
    if isinstance(value, int | float | list | dict | Lazy) and not isinstance(value, bool):
        reject("it is neither true nor false")
    return value


def exact(value: float) -> bool:
    """Tell whether the number is the same in Terraform's binary digits and in ours."""
    if isinstance(value, Rounded):
        return False
    return isinstance(value, int) or Fraction(Decimal(repr(value))) == Fraction(value)


def from_fraction(value: Fraction, *, certain: bool) -> int | float:
    """Return a result as a number; `certain` when every operand was exact."""
    if abs(value) >= LARGEST:
        doubt("a number is too large to be exact")
    if certain and value.denominator == 1:
        return int(value)
    nearest = float(value)
    if certain and Fraction(nearest) == value and exact(nearest):
        return nearest
    return Rounded(nearest)


def present(value: Value) -> bool:
    """Tell whether a value is certainly neither null nor an empty string.

    An `id` and an `arn` of a managed resource are always set once it exists.
    """
    if isinstance(value, Reference):
        data = ".data." in f".{value.address}"
        if ".data.aws_iam_policy_document." in f".{value.address}":
            return value.path in (("json",), ("minified_json",))  # a document is never empty
        return len(value.path) == 1 and bool(SURE.search(value.attribute)) and not data
    if isinstance(value, Text):
        return any(isinstance(part, str) and part for part in value.parts)
    if isinstance(value, Unknown):
        return False
    return value is not None and value != ""


def scalar_kind(value: Value) -> str | None:
    """Return "string", "number" or "bool", `None` for anything else."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str | Text | Encoded) else None


def unified(values: list[Value]) -> list[Value]:
    """Convert the elements to one type, as a list, a set or a map holds them.

    Raises:
        DoubtError: Whether they have a common type, and which, is not certain.
    """
    kinds = {kind for value in values if (kind := scalar_kind(value))}
    if len(kinds) > 1 and "string" in kinds:
        if any(isinstance(value, list | dict) for value in values):
            reject("the elements have no common type")
        return [to_text(value) for value in values]
    if not uniform(values):
        doubt("the elements' common type is not certain")
    return values


def uniform(values: list[Value]) -> bool:
    """Tell whether the values certainly have one type already, so that none is converted."""
    known = [value for value in values if value is not None and not _typeless(value)]
    if not known:
        return True
    kinds = {scalar_kind(value) for value in known}
    if kinds != {None}:
        return len(kinds) == 1
    if all(isinstance(value, list) for value in known):
        return uniform([item for value in known if isinstance(value, list) for item in value])
    maps = [value for value in known if isinstance(value, dict)]
    if len(maps) != len(known):
        return False
    if all(value.keys() == maps[0].keys() for value in maps):
        return all(uniform([value[key] for value in maps]) for key in maps[0])
    return uniform([item for value in maps for item in value.values()])


def _typeless(value: Value) -> bool:
    return isinstance(value, Unknown | Reference | Lazy)


def as_set(values: list[Value]) -> list[Value]:
    """Return a set of these: each once, sorted where Terraform's order is known.

    Raises:
        DoubtError: Their common type is not certain.
    """
    values = unified(values)
    kinds = {scalar_kind(value) for value in values}
    plain = all(isinstance(value, str | int | float) for value in values)
    if plain and len(kinds) <= 1:
        if any(isinstance(value, float) and not exact(value) for value in values):
            doubt("a set of fractions is not modelled")
        return Set(sorted(set(values)))  # pyright: ignore[reportArgumentType, reportUnknownArgumentType]
    kept: list[Value] = []
    for value in values:
        if isinstance(value, Unknown) or value not in kept:
            kept.append(value)
    return UnsortedSet(kept)
