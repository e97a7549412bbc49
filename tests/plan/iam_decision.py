"""What IAM decides of a request by policies of identities: a deny wins, else an allow is needed.

Only the operators that our policies use are known; any other is an error, not a guess.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Statement = Mapping[str, Any]


@dataclass(frozen=True)
class Request:
    """One question that a service asks IAM.

    Attributes:
        action: `iam:CreateRole`.
        resource: The ARN, `*` where the action knows none.
        context: Condition keys and their values, as far as the request has them.
    """

    action: str
    resource: str = "*"
    context: Mapping[str, str | Sequence[str]] = field(default_factory=dict[str, str])


def allowed(statements: Sequence[Statement], request: Request) -> bool:
    """Whether these statements together allow it."""
    effects = {each["Effect"] for each in statements if _speaks_of(each, request)}
    return "Allow" in effects and "Deny" not in effects


def matches(pattern: str, text: str) -> bool:
    """Whether IAM's wildcards, `*` and `?`, make the one the other."""
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, text, re.DOTALL) is not None


def listed(value: str | Sequence[str]) -> list[str]:
    """One or many, as a list."""
    return [value] if isinstance(value, str) else list(value)


def _speaks_of(statement: Statement, request: Request) -> bool:
    actions = (each.lower() for each in listed(statement["Action"]))
    return (
        any(matches(each, request.action.lower()) for each in actions)
        and any(matches(each, request.resource) for each in listed(statement["Resource"]))
        and all(
            _holds(operator, key, listed(values), request)
            for operator, keys in statement.get("Condition", {}).items()
            for key, values in keys.items()
        )
    )


def _holds(operator: str, key: str, wanted: list[str], request: Request) -> bool:
    present = key in request.context
    values = listed(request.context.get(key, []))
    match operator:
        case "Null":
            return wanted == [str(not present).lower()]
        case "StringEquals":
            return present and any(value in wanted for value in values)
        case "StringLike" | "ArnLike":
            return present and any(matches(each, value) for each in wanted for value in values)
        case "ForAllValues:StringLike":
            return all(any(matches(each, value) for each in wanted) for value in values)
        case _:
            raise NotImplementedError(operator)
