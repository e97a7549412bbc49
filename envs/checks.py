"""A check that Python and Terraform both make: each holds the rule in both languages, side by side.

Conditions are plain HCL expressions. They use neither template interpolation nor a backslash, so
that they survive being written into JSON and into cdktf's own strings unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler

FAULT = "fault"
"""The type under which a failed check appears among pydantic's errors."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule about one value, placed in the value's `Annotated` metadata.

    Attributes:
        condition: HCL, true for a good value; the word `value` stands for the value. A field that
            may be null is judged only when it is not.
        error_message: what Terraform says; it cannot name the value, so it states the rule.
        find: the same rule in Python: what is wrong with the value and what would be right, as the
            end of a sentence without its full stop, or None for a good value.
    """

    condition: str
    error_message: str
    find: Callable[[Any], str | None]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let pydantic run the check after the value's type has been settled."""
        return core_schema.no_info_after_validator_function(self._enforce, handler(source))

    def _enforce(self, value: Any) -> Any:
        if value is not None and (fault := self.find(value)) is not None:
            raise PydanticCustomError(FAULT, "{fault}", {"fault": fault})
        return value


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A rule about several fields, reported at the one of them that should change.

    Attributes:
        field: the field that the fault is reported at.
        condition: HCL, true for good values, written with `var.<field>`.
        error_message: the rule, as Terraform says it.
        find: the same rule in Python, given the whole environment; answers as `Check.find` does.
    """

    field: str
    condition: str
    error_message: str
    find: Callable[[Any], str | None]


def _repeated(values: list[str]) -> str | None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return f'lists "{value}" twice; remove one'
        seen.add(value)
    return None


UNIQUE = Check(
    condition="length(distinct(value)) == length(value)",
    error_message="Each value may stand in the list once.",
    find=_repeated,
)
