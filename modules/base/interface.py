"""A module's interface: its inputs and outputs as frozen dataclasses, field by field.

    class NetworkInputs(Inputs):
        zones: list[str] = variable("Availability zones.", size(2, 6))
        flow_logs: bool = variable("Whether traffic is logged.", default=True)

    class NetworkOutputs(Outputs):
        vpc_id: str = output("Id of the VPC.")

The annotation is the Terraform type, the first argument the description, the conditions become
`validation` blocks. A field without a default is a required variable; `X | None` is a nullable
one.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any, Literal, TypeGuard, dataclass_transform

from modules.base.conditions import WHOLE, Condition, each, one_of

_DESCRIPTION = "description"
_CONDITIONS = "conditions"
_AFTER = "after"


def variable(description: str, *conditions: Condition, default: Any = dataclasses.MISSING) -> Any:
    """A field of `Inputs`.

    Args:
        description: What it means, with its unit.
        conditions: What a value must satisfy; each becomes a `validation` block.
        default: The value where the caller gives none; leave it out for a required variable.
    """
    metadata = {_DESCRIPTION: description, _CONDITIONS: conditions}
    if isinstance(default, (list, dict)):
        return dataclasses.field(default_factory=lambda: default, metadata=metadata)  # pyright: ignore[reportUnknownLambdaType]
    return dataclasses.field(default=default, metadata=metadata)


def output(description: str, *, after: Sequence[str] = ()) -> Any:
    """A field of `Outputs`.

    Args:
        description: What it means.
        after: Addresses of resources that must stand before anyone uses the value, though the
            value does not name them: a subnet's id says nothing of the route it needs.
    """
    return dataclasses.field(metadata={_DESCRIPTION: description, _AFTER: tuple(after)})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(variable,))
class Inputs:
    """What a module needs to know. Subclasses are frozen, keyword-only dataclasses.

    Inside the module each field holds a reference to its variable (a cdktf token of the
    annotated type), never a value: hand it on or build expressions from it, but no Python `if`
    may ask it. Where a module is called, each field holds what the caller passes.

    A field may itself be a subclass of `Inputs`: an object whose attributes are described and
    checked one by one. Inside the module it is one reference; name its attributes in
    expressions: `"${var.scaling.min_size}"`.
    """

    def __init_subclass__(cls) -> None:
        """Make the subclass a frozen dataclass."""
        dataclasses.dataclass(frozen=True, kw_only=True)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(output,))
class Outputs:
    """What a module tells its caller. Subclasses are frozen, keyword-only dataclasses."""

    def __init_subclass__(cls) -> None:
        """Make the subclass a frozen dataclass."""
        dataclasses.dataclass(frozen=True, kw_only=True)(cls)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Variable:
    """One Terraform variable, as a module's `cdk.tf.json` and README show it."""

    name: str
    hint: Any
    description: str
    conditions: tuple[Condition, ...] = ()
    default: Any = dataclasses.MISSING

    @property
    def required(self) -> bool:
        """Whether a caller must give it."""
        return self.default is dataclasses.MISSING

    @property
    def nullable(self) -> bool:
        """Whether `null` is a value of its own and not merely another word for the default."""
        return NoneType in typing.get_args(self.hint)

    @property
    def inner(self) -> Any:
        """The annotation without its `None`."""
        arguments = typing.get_args(self.hint)
        return next(a for a in arguments if a is not NoneType) if self.nullable else self.hint

    @property
    def attributes(self) -> "list[Variable]":
        """The attributes of a variable that is an object; none otherwise."""
        return variables_of(self.inner) if _is_inputs(self.inner) else []

    @property
    def rules(self) -> tuple[Condition, ...]:
        """What a value must satisfy: what the annotation implies and the declared conditions."""
        return (*_implied(self.inner), *self.conditions)

    def block(self) -> dict[str, Any]:
        """The `variable` block in Terraform's JSON syntax."""
        block: dict[str, Any] = {
            "description": self.description,
            "nullable": self.nullable,
            "type": terraform_type(self.hint),
        }
        if not self.required:
            block["default"] = self.default
        if validations := self.validations(self.name, ()):
            block["validation"] = validations
        return block

    def validations(self, address: str, nullables: tuple[str, ...]) -> list[dict[str, str]]:
        """The `validation` blocks of this variable and, for an object, of its attributes.

        Args:
            address: Where it is: `scaling`, or for an attribute `scaling.min_size`.
            nullables: Which addresses may be null, itself or what it lies in; where one is,
                there is nothing to check.
        """
        nullables = (*nullables, address) if self.nullable else nullables
        blocks = [rule.block(address, nullables) for rule in self.rules]
        for attribute in self.attributes:
            blocks += attribute.validations(f"{address}.{attribute.name}", nullables)
        return blocks


def variables_of(inputs: type[Inputs]) -> list[Variable]:
    """The variables that an `Inputs` class declares, in its own order."""
    hints = typing.get_type_hints(inputs)
    return [
        Variable(
            name=field.name,
            hint=hints[field.name],
            description=field.metadata[_DESCRIPTION],
            conditions=field.metadata[_CONDITIONS],
            default=_default(field),
        )
        for field in dataclasses.fields(typing.cast("Any", inputs))
    ]


def descriptions_of(outputs: type[Outputs]) -> dict[str, str]:
    """Name and description of every output."""
    return {
        field.name: field.metadata[_DESCRIPTION]
        for field in dataclasses.fields(typing.cast("Any", outputs))
    }


def edges_of(outputs: type[Outputs]) -> dict[str, list[str]]:
    """What must stand before an output is used, of the outputs that say so."""
    return {
        field.name: list(field.metadata[_AFTER])
        for field in dataclasses.fields(typing.cast("Any", outputs))
        if field.metadata[_AFTER]
    }


def terraform_type(hint: Any) -> str:
    """The Terraform type constraint for a Python annotation.

    Raises:
        TypeError: The annotation has no counterpart in Terraform.
    """
    scalar = {str: "string", int: "number", float: "number", bool: "bool"}.get(hint)
    if scalar:
        return scalar
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union) and NoneType in arguments and len(arguments) == 2:
        return terraform_type(next(a for a in arguments if a is not NoneType))
    if origin is Literal:
        return terraform_type(type(arguments[0]))
    if origin is list:
        return f"list({terraform_type(arguments[0])})"
    if origin in (dict, Mapping):
        return f"map({terraform_type(arguments[1])})"
    if _is_inputs(hint):
        attributes = (f"{a.name} = {_attribute_type(a)}" for a in variables_of(hint))
        return f"object({{{', '.join(attributes)}}})"
    raise TypeError(
        f"{hint!r} has no Terraform type: use str, int, float, bool, list, dict, Literal, "
        "a subclass of Inputs, or one of these with None"
    )


def _implied(hint: Any) -> tuple[Condition, ...]:
    """What an annotation demands that its Terraform type does not: choices, whole numbers."""
    if hint is int:
        return (WHOLE,)
    if typing.get_origin(hint) is Literal:
        return (one_of(*typing.get_args(hint)),)
    if typing.get_origin(hint) is list:
        return tuple(each(condition) for condition in _implied(typing.get_args(hint)[0]))
    return ()


def _attribute_type(attribute: Variable) -> str:
    kind = terraform_type(attribute.hint)
    if attribute.required:
        return kind
    if attribute.default is None:
        return f"optional({kind})"
    return f"optional({kind}, {json.dumps(attribute.default)})"


def _is_inputs(hint: Any) -> TypeGuard[type[Inputs]]:
    return isinstance(hint, type) and issubclass(hint, Inputs)


def _default(field: "dataclasses.Field[Any]") -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
