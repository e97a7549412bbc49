"""What a variable's value must satisfy, in Terraform's own language.

A condition is an HCL expression in which the word `value` stands for the variable. Every module
checks its inputs by these, whoever calls it.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Condition:
    """One `validation` block.

    Attributes:
        expression: HCL; true where `value` is acceptable.
        message: What Terraform says where it is not: what would be right.
    """

    expression: str
    message: str

    def block(self, address: str, nullables: Sequence[str]) -> dict[str, str]:
        """The block for the variable, or the attribute of one, at this address.

        Args:
            address: `zones`, or `scaling.min_size`.
            nullables: Addresses that may be null; where one is, there is nothing to check.
        """
        expression = re.sub(r"\bvalue\b", f"var.{address}", self.expression)
        for nullable in reversed(nullables):
            expression = f"var.{nullable} == null ? true : {expression}"
        return {"condition": f"${{{expression}}}", "error_message": f"{address}: {self.message}"}


def one_of(*choices: Any) -> Condition:
    """One of these literals."""
    listed = json.dumps(choices)
    return Condition(f"contains({listed}, value)", f"must be one of {listed[1:-1]}.")


def at_least(low: float) -> Condition:
    """A number from here on."""
    return Condition(f"value >= {low}", f"must be at least {low}.")


def at_most(high: float) -> Condition:
    """A number up to here."""
    return Condition(f"value <= {high}", f"must be at most {high}.")


def between(low: float, high: float) -> Condition:
    """A number in this range, both ends included."""
    return Condition(f"value >= {low} && value <= {high}", f"must be from {low} to {high}.")


def no_shorter_than(low: int) -> Condition:
    """A list, map or string with at least this many elements or characters."""
    return Condition(f"length(value) >= {low}", f"must have a length of at least {low}.")


def no_longer_than(high: int) -> Condition:
    """A list, map or string with at most this many elements or characters."""
    return Condition(f"length(value) <= {high}", f"must have a length of at most {high}.")


def size(low: int, high: int) -> Condition:
    """A list, map or string with this many elements or characters, both ends included."""
    return Condition(
        f"length(value) >= {low} && length(value) <= {high}",
        f"must have a length of {low} to {high}.",
    )


def matches(pattern: str, meaning: str) -> Condition:
    """A string that this RE2 pattern matches; `meaning` says in words what that is."""
    return Condition(f"can(regex({json.dumps(pattern)}, value))", f"must be {meaning}.")


def each(condition: Condition) -> Condition:
    """A list whose every element satisfies the condition."""
    element = re.sub(r"\bvalue\b", "element", condition.expression)
    return Condition(
        f"alltrue([for element in value : {element}])",
        f"each element {condition.message}",
    )


IPV4_CIDR = Condition("can(cidrnetmask(value))", 'must be an IPv4 range such as "10.20.0.0/16".')
CIDR = Condition("can(cidrhost(value, 0))", 'must be an address range such as "10.8.0.0/16".')
WHOLE = Condition("floor(value) == value", "must be a whole number.")
ACCOUNT_ID = matches("^[0-9]{12}$", "the 12 digits of an AWS account")
HOST_NAME = matches(
    "^([a-z0-9]([a-z0-9-]*[a-z0-9])?[.])+[a-z][a-z0-9-]+$", "a host name in lower case"
)
ARN = matches("^arn:aws[a-z-]*:", "an ARN")
NAME = matches(
    "^[a-z][a-z0-9-]{1,30}[a-z0-9]$",
    "3 to 32 lower-case letters, digits and hyphens, the most that a load balancer's name takes",
)
