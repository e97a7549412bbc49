"""The root's variables, taken from the schema of the environments field by field.

What `envs/schema.py` says of a setting, its type, meaning, default and limits, becomes the
Terraform variable of the same name: Python and Terraform cannot disagree.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Sequence
from types import NoneType
from typing import Annotated, Any

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from envs.checks import Check, CrossCheck
from modules.base.conditions import (
    Condition,
    at_least,
    at_most,
    each,
    matches,
    no_longer_than,
    no_shorter_than,
)
from modules.base.interface import Inputs, variable


def inputs_from(schema: type[BaseModel], relations: Sequence[CrossCheck] = ()) -> type[Inputs]:
    """An `Inputs` class with a field for each of the schema's, checked by the same rules.

    Args:
        schema: The model; a field may be a model itself and becomes an object.
        relations: What must hold between its fields.

    Raises:
        TypeError: A limit has no counterpart in Terraform.
    """
    namespace: dict[str, Any] = {"__doc__": schema.__doc__, "__annotations__": {}}
    names = list(schema.model_fields)
    for name, field in schema.model_fields.items():
        between_fields = [_condition(rule) for rule in relations if _last(rule, names) == name]
        hint, conditions = _hint(field.annotation, field.metadata)
        namespace["__annotations__"][name] = hint
        namespace[name] = variable(
            field.description or "", *conditions, *between_fields, default=_default(field)
        )
    return type(schema.__name__, (Inputs,), namespace)


def _last(rule: CrossCheck, names: Sequence[str]) -> str:
    """The variable to state a rule at: of those it speaks of, the one declared last.

    Terraform evaluates a variable after those that its conditions ask, so two variables whose
    conditions ask each other are a cycle; with one order for all rules there is none.
    """
    return max(re.findall(r"var\.(\w+)", rule.condition), key=names.index)


def _hint(annotation: Any, metadata: Sequence[Any]) -> tuple[Any, list[Condition]]:
    """The plain annotation, and the conditions that its metadata and its elements' state."""
    conditions = _limits(metadata)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        hint, inner = _hint(arguments[0], arguments[1:])
        return hint, [*inner, *conditions]
    if origin is list:
        element, inner = _hint(arguments[0], ())
        return list[element], [*(each(condition) for condition in inner), *conditions]
    if origin in (types.UnionType, typing.Union):
        hint, inner = _hint(next(a for a in arguments if a is not NoneType), ())
        return hint | None, [*inner, *conditions]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return inputs_from(annotation), conditions
    return annotation, conditions


def _limits(metadata: Sequence[Any]) -> list[Condition]:
    """The conditions for pydantic's limits and for the schema's own checks."""
    conditions: list[Condition] = []
    for item in metadata:
        if isinstance(item, FieldInfo):
            conditions += _limits(item.metadata)
        elif isinstance(item, Check):
            conditions.append(_condition(item))
        else:
            conditions.append(_limit(item))
    return conditions


def _limit(item: Any) -> Condition:
    for kind, state in _LIMITS.items():
        if isinstance(item, kind):
            return state(item)
    if pattern := getattr(item, "pattern", None):
        return matches(pattern, f"text that matches `{pattern}`")
    raise TypeError(f"{item!r} limits a setting in a way that Terraform would not know")


_LIMITS: dict[type[Any], Callable[[Any], Condition]] = {
    Ge: lambda item: at_least(item.ge),
    Le: lambda item: at_most(item.le),
    MinLen: lambda item: no_shorter_than(item.min_length),
    MaxLen: lambda item: no_longer_than(item.max_length),
}


def _condition(check: Check | CrossCheck) -> Condition:
    return Condition(check.condition, check.error_message)


def _default(field: FieldInfo) -> Any:
    return dataclasses.MISSING if field.is_required() else field.default
