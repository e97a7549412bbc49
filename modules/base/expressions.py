"""HCL expressions where cdktf wants a typed value; each takes the bare expression, no `${}`."""

from typing import Any

from cdktf import TerraformIterator, Token


def for_each(expression: str) -> TerraformIterator:
    """One instance for each element of a set or map: `for_each("toset(var.zones)")`."""
    return TerraformIterator.from_map(Token.as_any_map(f"${{{expression}}}"))


def count_if(condition: str) -> int | float:
    """One instance if the condition holds, else none."""
    return number(f"{condition} ? 1 : 0")


def number(expression: str) -> int | float:
    """An expression that gives a number."""
    return Token.as_number(f"${{{expression}}}")


def strings(expression: str) -> list[str]:
    """An expression that gives a list of strings."""
    return Token.as_list(f"${{{expression}}}")


def string_map(expression: str) -> dict[str, str]:
    """An expression that gives a map of strings."""
    # jsii hands back a plain mapping: the token lies in its one key.
    return dict(Token.as_string_map(f"${{{expression}}}"))


def value(expression: str) -> Any:
    """An expression that gives anything else: a boolean, or `null` for an argument left out."""
    return Token.as_any(f"${{{expression}}}")
