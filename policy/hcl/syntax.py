"""What Terraform's language is made of: expressions, bodies and blocks, as they are written.

Source of the forms: the HCL native syntax specification (hashicorp/hcl, `hclsyntax/spec.md`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy.hcl.json_text import JsonObject


class ConfigurationError(Exception):
    """A configuration cannot be read; one sentence that names the place."""


DEPTH = 60
"""How deeply expressions, blocks and JSON may nest: far beyond what people and cdktf write."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a string without interpolation, `true`, `false` or `null`."""

    value: bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A string put together: `"${a}-${b}"`. Never the single `"${a}"`, which is `a` itself."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class TemplateFor:
    """`%{ for v in c }…%{ endfor }`: the texts that the loop yields, joined."""

    loop: ForTuple


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the attributes after it: `aws_subnet.a.id`, `each.key`, `v`."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """`source.name` where the source is no plain name."""

    source: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """`source[key]`, and the legacy `source.0`."""

    source: Expression
    key: Expression


@dataclass(frozen=True, slots=True)
class Splat:
    """`source[*].rest` or `source.*.rest`; `each` holds a `SplatItem` where the element goes."""

    source: Expression
    each: Expression


@dataclass(frozen=True, slots=True)
class SplatItem:
    """The element at hand inside a splat."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; `expand` when the last argument ends in `...`."""

    name: str
    arguments: tuple[Expression, ...]
    expand: bool


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x` or `!x`."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and one of `|| && == != < <= > >= + - * / %`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Conditional:
    """`condition ? yes : no`, and `%{ if }` in a template."""

    condition: Expression
    yes: Expression
    no: Expression


@dataclass(frozen=True, slots=True)
class Tuple:
    """`[a, b]`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Object:
    """`{ key = value }`; a bare key is a `Literal`."""

    items: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class ForTuple:
    """`[for key, item in source : value if condition]`."""

    key: str | None
    item: str
    source: Expression
    value: Expression
    condition: Expression | None


@dataclass(frozen=True, slots=True)
class ForObject:
    """`{for key, item in source : name => value... if condition}`."""

    key: str | None
    item: str
    source: Expression
    name: Expression
    value: Expression
    grouped: bool
    condition: Expression | None


Expression: TypeAlias = (
    Literal
    | Template
    | TemplateFor
    | Name
    | Attribute
    | Index
    | Splat
    | SplatItem
    | Call
    | Unary
    | Binary
    | Conditional
    | Tuple
    | Object
    | ForTuple
    | ForObject
)


@dataclass(frozen=True)
class Block:
    """A nested block as native syntax has it.

    Attributes:
        type: Its type: "ingress", "dynamic".
        labels: The words after the type.
        body: What stands between the braces.
        line: Where it begins, counted from 1.
    """

    type: str
    labels: tuple[str, ...]
    body: Body
    line: int


@dataclass(frozen=True)
class Body:
    """What a block holds.

    Attributes:
        attributes: The arguments; in JSON syntax every property, nested blocks too, since
            without the provider's schema nothing tells them apart.
        blocks: The nested blocks, in order; none in JSON syntax.
        lines: Where each argument stands, counted from 1; empty in JSON syntax.
        json: The properties as JSON syntax wrote them.
        layers: A body that an override file changed: the first, then what overrides it.
    """

    attributes: Mapping[str, Expression]
    blocks: tuple[Block, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict[str, int])
    json: JsonObject | None = None
    layers: tuple[Body, ...] = ()
