"""Terraform's operators, `==` and the conditional's choice, on values that may be unknown.

Source: developer.hashicorp.com/terraform/language/expressions/operators, and
`hclsyntax/expression_ops.go` of hashicorp/hcl.
"""

from __future__ import annotations

import operator
from fractions import Fraction

from policy.hcl.conversion import (
    Failed,
    Rounded,
    Set,
    Unsorted,
    UnsortedSet,
    doubt,
    exact,
    from_fraction,
    opaque,
    pending,
    present,
    reject,
    scalar_kind,
    to_bool,
    to_number,
    to_text,
    uniform,
)
from policy.hcl.values import Encoded, Lazy, Reference, Text, Unknown, Value, certain
from policy.hcl.wording import worded

ORDER = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
NEAR = 1e-9
"""Relative distance below which two rounded numbers may be in either order."""


def unary(sign: str, operand: Value) -> Value:
    """Apply `-` or `!`.

    Raises:
        RejectedError: The operand has the wrong type.
    """
    value = to_bool(operand) if sign == "!" else to_number(operand)
    if (unknown := pending([value])) is not None:
        return unknown
    if isinstance(value, bool):
        return not value
    if isinstance(value, Rounded):
        return Rounded(-value)
    return -value if isinstance(value, int | float) else reject("an operand is null")


def binary(sign: str, left: Value, right: Value) -> Value:
    """Apply an operator to both sides, which Terraform always evaluates.

    Raises:
        RejectedError: A side has the wrong type.
        DoubtError: The result is not certain.
    """
    if sign in {"==", "!="}:
        equal = equals(left, right)
        return equal if isinstance(equal, Unknown) else equal == (sign == "==")
    if sign in {"&&", "||"}:
        return _logical(sign, left, right)
    a, b = to_number(left), to_number(right)
    if (unknown := pending([a, b])) is not None:
        return unknown
    if not isinstance(a, int | float) or not isinstance(b, int | float):
        reject("an operand is null")
    return _ordered(sign, a, b) if sign in ORDER else _calculated(sign, a, b)


def _logical(sign: str, left: Value, right: Value) -> Value:
    for value in (left, right):
        if isinstance(value, Failed):
            return Unknown(value.why, value.about)
    a, b = to_bool(left), to_bool(right)
    if (unknown := pending([a, b])) is not None:
        return unknown
    if a is None or b is None:
        reject("an operand is null")
    return bool(a and b) if sign == "&&" else bool(a or b)


def _ordered(sign: str, a: float, b: float) -> bool:
    if not (exact(a) and exact(b)) and abs(a - b) <= NEAR * max(abs(a), abs(b)):
        doubt("two fractions are too close to be compared")
    return bool(ORDER[sign](a, b))


def _calculated(sign: str, a: float, b: float) -> int | float:
    x, y = Fraction(a), Fraction(b)
    sure = exact(a) and exact(b)
    if sign in {"/", "%"} and y == 0:
        doubt("a division by zero")
    if sign == "%":
        if not sure:
            doubt("the remainder of a fraction is not certain")
        quotient = x / y
        return from_fraction(x - y * int(quotient), certain=True)
    results = {"+": x + y, "-": x - y, "*": x * y, "/": x / y if y else x}
    return from_fraction(results[sign], certain=sure)


def equals(left: Value, right: Value) -> bool | Unknown:  # noqa: PLR0911 # a case, a return
    """Tell whether `left == right`, `Unknown` where it depends on the apply or on types."""
    if opaque(left) or opaque(right):
        return _equal_opaque(left, right)
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(left, right)
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return False
        return _unless_different([equals(value, right[key]) for key, value in left.items()])
    if scalar_kind(left) is None or scalar_kind(left) != scalar_kind(right):
        return left is None and right is None
    if isinstance(left, float) and isinstance(right, int | float) and not _comparable(left, right):
        return Unknown("two fractions are too close to be compared")
    return left == right


def _comparable(a: float, b: float) -> bool:
    return (exact(a) and exact(b)) or abs(a - b) > NEAR * max(abs(a), abs(b))


def _is_null(value: Value) -> bool | Unknown:
    sure = present(value) or isinstance(value, Text | Encoded | Lazy)
    return (
        False if sure else Unknown(f"whether {worded(value)} is null is known only after the apply")
    )


def _equal_opaque(left: Value, right: Value) -> bool | Unknown:
    for a, b in ((left, right), (right, left)):
        if isinstance(a, Unknown):
            return a
        if b is None:
            return _is_null(a)
        if _differs(a, b):
            return False
    if left is right or (left == right and _settled(left)):
        return True
    return pending([left, right]) or Unknown("it is known only after the apply")


def _differs(value: Value, known: Value) -> bool:
    """Tell whether a partly unknown string cannot become the known value."""
    if not isinstance(value, Text | Encoded) or opaque(known):
        return False
    if not isinstance(known, str):
        return True
    first, last = (value.parts[0], value.parts[-1]) if isinstance(value, Text) else ("", "")
    begins = known.startswith(first) if isinstance(first, str) else True
    return not begins or (isinstance(last, str) and not known.endswith(last))


def _settled(value: Value) -> bool:
    if isinstance(value, Text):
        return not any(isinstance(part, Unknown) for part in value.parts)
    return isinstance(value, Reference)


def _equal_lists(left: list[Value], right: list[Value]) -> bool | Unknown:
    loose = isinstance(left, Unsorted) or isinstance(right, Unsorted)
    if len(left) != len(right) and not loose:
        return False
    if not loose:
        result = _unless_different([equals(a, b) for a, b in zip(left, right, strict=True)])
        if isinstance(result, Unknown):
            return result
        if not certain(left) or not certain(right) or not _permuted(left, right):
            return False
    return Unknown("whether two sets are equal is not certain")


def _permuted(left: list[Value], right: list[Value]) -> bool:
    return sorted(map(repr, left)) == sorted(map(repr, right))


def _unless_different(results: list[bool | Unknown]) -> bool | Unknown:
    if any(result is False for result in results):
        return False
    for result in results:
        if isinstance(result, Unknown):
            return result
    return Unknown("equal lists and maps can differ in type, and then they are not equal")


def same(left: Value, right: Value) -> bool:
    """Tell whether two values are certainly one and the same, type included."""
    if isinstance(left, Unknown) or isinstance(right, Unknown) or type(left) is not type(right):
        return False
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, Lazy | Rounded | Encoded):
        return left is right
    if isinstance(left, Text):
        return left == right and _settled(left)
    return left == right


def chosen(value: Value, other: Value) -> Value:
    """Return a conditional's chosen side, converted to the type it shares with the other side.

    Raises:
        DoubtError: Whether the choice is converted is not certain.
    """
    if value is None or other is None or isinstance(other, Failed):
        return value
    mine, theirs = scalar_kind(value), scalar_kind(other)
    if mine and theirs:
        if mine != theirs and "string" not in {mine, theirs}:
            reject("the two sides of a conditional have no common type")
        return to_text(value) if mine != theirs else value
    if mine:
        if mine == "string" or not opaque(other):
            return value
        doubt("the type of the other side of a conditional is not known")
    if opaque(value) or opaque(other):
        return value
    if isinstance(value, Set | UnsortedSet) != isinstance(other, Set | UnsortedSet):
        doubt("one side of a conditional is a set")
    if not uniform([value, other]) and not same(value, other):
        if isinstance(value, dict) and isinstance(other, dict) and _alike(value, other):
            return value
        doubt("the common type of a conditional's sides is not certain")
    return value


def _alike(value: dict[str, Value], other: dict[str, Value]) -> bool:
    return value.keys() == other.keys() and all(uniform([value[key], other[key]]) for key in value)
