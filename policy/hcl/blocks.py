"""The blocks at the top of a file, alike whether native or JSON syntax wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from policy.hcl import json_text
from policy.hcl.json_text import Json, JsonObject
from policy.hcl.native import Parser
from policy.hcl.syntax import Body, ConfigurationError, Expression, Index, Literal, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1}
"""How many labels each kind of block has that this reader wants; these and `PLAIN` alone."""

PLAIN = ("locals", "removed")
META = ("count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection")
"""What Terraform itself takes out of a resource's body."""


@dataclass(frozen=True)
class Top:
    """One block at the top of a file.

    Attributes:
        type: "resource", "locals".
        labels: Its labels: type and name of a resource.
        body: What it holds.
        path: The file's name in the module.
        line: Where it begins, counted from 1; in JSON syntax where its name first stands.
    """

    type: str
    labels: tuple[str, ...]
    body: Body
    path: str
    line: int


@lru_cache(maxsize=64)
def read(path: str, where: str, data: bytes) -> tuple[Top, ...]:
    """Return a file's blocks in order; one that many plans hold is parsed once.

    Args:
        path: The file's name in the module; `.json` at its end tells JSON syntax.
        where: What to call the file in errors.
        data: What it holds.

    Raises:
        ConfigurationError: It cannot be read.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{where}: the file is no UTF-8 text.") from error
    if path.endswith(".json"):
        return tuple(_json(path, where, text))
    return tuple(
        Top(block.type, block.labels, block.body, path, block.line)
        for block in Parser(text, where).file().blocks
        if _wanted(block.type, len(block.labels), where)
    )


def _wanted(kind: str, labels: int, where: str) -> bool:
    wanted = LABELS.get(kind, 0 if kind in PLAIN else None)
    if wanted is not None and labels != wanted:
        raise ConfigurationError(f"{where}: a {kind} block has {labels} labels, not {wanted}.")
    return wanted is not None


def _json(path: str, where: str, text: str) -> list[Top]:
    tops: list[Top] = []
    for kind, node in json_text.parse(text, where).properties:
        wanted = LABELS.get(kind, 0 if kind in PLAIN else None)
        if wanted is None:
            continue
        for labels, item in _labelled(node, wanted, where):
            if kind == "variable":
                body = _variable(item, where)
            elif kind == "removed":
                body = _removed(item, where)
            else:
                body = json_text.body(item)
            tops.append(Top(kind, labels, body, path, _line(text, (kind, *labels))))
    return tops


def _labelled(node: Json, wanted: int, where: str) -> Iterable[tuple[tuple[str, ...], JsonObject]]:
    found: list[tuple[tuple[str, ...], Json]] = [((), node)]
    for _ in range(wanted):
        found = [
            ((*labels, name), value)
            for labels, inner in found
            for item in json_text.bodies(inner, where)
            for name, value in item.properties
            if name != "//"
        ]
    return [(labels, item) for labels, inner in found for item in json_text.bodies(inner, where)]


def _variable(item: JsonObject, where: str) -> Body:
    """Return a variable's body; its default is a plain value, its type an expression."""
    attributes: dict[str, Expression] = {}
    for name, value in item.properties:
        if name == "default":
            attributes[name] = json_text.literal(value, where)
        elif name == "type":
            attributes[name] = json_text.source(value, where)
        elif name == "nullable":
            attributes[name] = json_text.expression(value, where)
    return Body(attributes, json=item)


def _removed(item: JsonObject, where: str) -> Body:
    attributes: dict[str, Expression] = {}
    for value in item.all("from"):
        attributes["from"] = json_text.source(value, where)
    return Body(attributes, json=item)


def _line(text: str, names: Sequence[str]) -> int:
    at = 0
    for name in names:
        quoted = re.escape(name)
        found = re.compile(rf'"{quoted}"\s*:').search(text, at)
        at = found.start() + 1 if found else at
    return text.count("\n", 0, at) + 1


def nested(body: Body, name: str, where: str) -> list[Body]:
    """Return the nested blocks of that type, in either syntax.

    Raises:
        ConfigurationError: In JSON syntax it is written as no block.
    """
    if body.json is None:
        return [block.body for block in body.blocks if block.type == name]
    return [
        json_text.body(item)
        for node in body.json.all(name)
        for item in json_text.bodies(node, where)
    ]


def without_meta(body: Body) -> Body:
    """Return a resource's body without what is Terraform's own (`META`)."""
    properties = None
    if body.json is not None:
        kept = tuple(pair for pair in body.json.properties if pair[0] not in META)
        properties = JsonObject(kept, body.json.path)
    return replace(
        body,
        attributes={name: value for name, value in body.attributes.items() if name not in META},
        blocks=tuple(block for block in body.blocks if block.type not in META),
        json=properties,
    )


def address(expression: Expression | None) -> str:
    """Return a reference as text, `module.a.aws_b.c["d"]`; empty where it is none."""
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        return expression.value
    steps: list[str] = []
    while expression is not None:
        match expression:
            case Name(names):
                return ".".join(names) + "".join(reversed(steps))
            case Index(source, Literal(value)) if isinstance(value, str | int):
                steps.append(f'["{value}"]' if isinstance(value, str) else f"[{value}]")
                expression = source
            case _:
                name = getattr(expression, "name", "")
                steps.append(f".{name}")
                expression = getattr(expression, "source", None)
    return ""
