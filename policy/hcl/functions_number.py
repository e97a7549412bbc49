"""Functions of numbers."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from policy.hcl.conversion import Rounded, doubt, exact, from_fraction, reject, to_number
from policy.hcl.functions_text import integer, string
from policy.hcl.operators import NEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy.hcl.values import Value


def number(value: Value) -> int | float:
    """Return a known argument as the number that Terraform converts it to."""
    found = to_number(value)
    return found if isinstance(found, int | float) else reject("an argument is no number")


def _exact(values: tuple[Value, ...]) -> list[int | float]:
    found = [number(value) for value in values]
    if not all(map(exact, found)):
        doubt("a fraction is not certain to its last digit")
    return found or reject("it needs an argument")


def _whole(value: Value, toward: Callable[[float], int]) -> int:
    found = number(value)
    if not exact(found) and abs(found - round(found)) <= NEAR * max(abs(found), 1):
        doubt("a fraction is too close to a whole number")
    return toward(found)


def _ceil(value: Value) -> Value:
    return _whole(value, math.ceil)


def _floor(value: Value) -> Value:
    return _whole(value, math.floor)


def _pow(base: Value, exponent: Value) -> Value:
    a, b = number(base), number(exponent)
    if not (isinstance(a, int) and isinstance(b, int) and 0 <= b <= 256 and abs(a) < 2**63):
        doubt("this power is not modelled")
    result = a**b
    return result if abs(result) < 2**53 else doubt("this power is too large to be exact")


def _parseint(text: Value, base: Value) -> Value:
    digits, radix = string(text), integer(base)
    if not 2 <= radix <= 36 or not re.fullmatch(r"-?[0-9A-Za-z]+", digits) or len(digits) > 100:
        doubt("this number is not modelled")
    try:
        return int(digits, radix)
    except ValueError:
        reject("it is no number in this base")


def _sign(value: Value) -> Value:
    found = number(value)
    return (found > 0) - (found < 0)


def _abs(value: Value) -> Value:
    found = number(value)
    return Rounded(abs(found)) if isinstance(found, Rounded) else abs(found)


def _sum(values: Value) -> Value:
    if not isinstance(values, list) or not values:
        reject("it sums numbers")
    found = [number(value) for value in values]
    certain = all(map(exact, found))
    return from_fraction(sum((Fraction(value) for value in found), Fraction(0)), certain=certain)


KNOWN: dict[str, Callable[..., Value]] = {
    "abs": _abs,
    "ceil": _ceil,
    "floor": _floor,
    "max": lambda *values: max(_exact(values)),
    "min": lambda *values: min(_exact(values)),
    "parseint": _parseint,
    "pow": _pow,
    "signum": _sign,
    "sum": _sum,
}
