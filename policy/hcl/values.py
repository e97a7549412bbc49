"""What an expression of Terraform's language can be worth while a plan is not applied.

A known value is plain Python: `None`, `bool`, `int`, `float`, `str`, `list` (lists, tuples and
sets), `dict` (maps and objects). The classes below stand for what is not known yet.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Unknown:
    """Something that cannot be told before the apply, or not by this reader.

    Attributes:
        why: Half a sentence for people, without a full stop: "`nonsensitive` is not modelled".
        about: The expression's text, shortened, or empty.
    """

    why: str
    about: str = ""


@dataclass(frozen=True)
class Reference:
    """Certainly one attribute of one resource instance, whose value only the apply will tell.

    Attributes:
        address: Terraform's full address, index included: `module.network.aws_subnet.a["x"]`.
        path: Attribute names and indexes below it: `("id",)`.
    """

    address: str
    path: tuple[str | int, ...]

    @property
    def attribute(self) -> str:
        """The first attribute's name; empty for the whole resource."""
        return str(self.path[0]) if self.path else ""

    def __str__(self) -> str:
        return ".".join((self.address, *map(str, self.path)))


@dataclass(frozen=True)
class Text:
    """A string of which some parts are unknown: `"${aws_s3_bucket.ui.arn}/*"`.

    Attributes:
        parts: Known text, references and unknowns in order; never two texts in a row.
    """

    parts: tuple[str | Reference | Unknown, ...]


@dataclass(frozen=True)
class Encoded:
    """A value that a function wrapped in a string, kept readable because parts are unknown.

    Attributes:
        function: `jsonencode`, `base64encode`, `base64gzip` or `yamlencode`.
        content: What was wrapped, with its unknown parts.
    """

    function: str
    content: Value = field(hash=False)


class Lazy(ABC):
    """An object whose attributes are worked out when asked for: a resource, a module's outputs."""

    @abstractmethod
    def get(self, name: str) -> Value:
        """Return the attribute's value, `Unknown` where it has none."""

    @abstractmethod
    def whole(self) -> Value:
        """Return what the object itself is worth where no attribute is asked for."""


Known: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
Value: TypeAlias = "Known | Unknown | Reference | Text | Encoded | Lazy"


def certain(value: Value) -> bool:
    """Tell whether the value holds nothing unknown, at any depth."""
    if isinstance(value, Unknown | Reference | Text | Encoded | Lazy):
        return False
    if isinstance(value, list):
        return all(map(certain, value))
    if isinstance(value, dict):
        return all(map(certain, value.values()))
    return True
