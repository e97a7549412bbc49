"""Terraform's JSON syntax: the text's tree, and the expressions in it.

Source: `json/spec.md` of hashicorp/hcl. A property can be an argument or a nested block, and only
the provider's schema knows which, so objects keep their properties as they are written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from policy.hcl.native import Parser
from policy.hcl.scanner import number
from policy.hcl.syntax import DEPTH, Body, ConfigurationError, Expression, Literal, Object, Tuple
from policy.hcl.template import normal

Json: TypeAlias = "bool | int | float | str | list[Json] | JsonObject | None"


@dataclass(frozen=True)
class JsonObject:
    """An object with its properties in order; a name can come more than once.

    Attributes:
        properties: Name and value; comments (`"//"`) are left out where it becomes a body.
        path: The file it stands in.
    """

    properties: tuple[tuple[str, Json], ...]
    path: str

    def all(self, name: str) -> list[Json]:
        """Return every value of that name."""
        return [value for key, value in self.properties if key == name]


def parse(text: str, path: str) -> JsonObject:
    """Return the object a file holds, or the objects of its list as one.

    Raises:
        ConfigurationError: It is no JSON, no object, or nested too deeply.
    """

    def exact(digits: str) -> int | float:
        value = number(digits)
        if value is None:
            raise ConfigurationError(f"{path}: the number {digits[:20]} is too long to be exact.")
        return value

    def reject(word: str) -> Any:
        raise ConfigurationError(f"{path}: {word} is no JSON.")

    def build(pairs: list[tuple[str, Json]]) -> JsonObject:
        return JsonObject(tuple(pairs), path)

    try:
        found = json.loads(
            text,
            object_pairs_hook=build,
            parse_float=exact,
            parse_int=exact,
            parse_constant=reject,
        )
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path}: the file is no JSON that can be read.") from error
    return JsonObject(tuple(pair for item in bodies(found, path) for pair in item.properties), path)


def expression(node: Json, path: str, depth: int = 0) -> Expression:
    """Return what an argument's JSON value says, its strings read as templates.

    Raises:
        ConfigurationError: A template in it cannot be read, or it is nested too deeply.
    """
    if depth > DEPTH:
        raise ConfigurationError(f"{path}: a value is nested too deeply to be read.")
    if isinstance(node, str):
        return template(node, path)
    if isinstance(node, list):
        return Tuple(tuple(expression(item, path, depth + 1) for item in node))
    if isinstance(node, JsonObject):
        names = [name for name, _ in node.properties]
        if len(set(names)) != len(names):
            raise ConfigurationError(f"{path}: an object has a property twice.")
        return Object(
            tuple(
                (template(name, path), expression(value, path, depth + 1))
                for name, value in node.properties
            )
        )
    return Literal(node)


def literal(node: Json, path: str, depth: int = 0) -> Expression:
    """Return a JSON value whose strings are no templates, as a variable's default is.

    Raises:
        ConfigurationError: It is nested too deeply.
    """
    if depth > DEPTH:
        raise ConfigurationError(f"{path}: a value is nested too deeply to be read.")
    if isinstance(node, str):
        return Literal(text(node, path))
    if isinstance(node, list):
        return Tuple(tuple(literal(item, path, depth + 1) for item in node))
    if isinstance(node, JsonObject):
        return Object(
            tuple(
                (Literal(text(name, path)), literal(value, path, depth + 1))
                for name, value in node.properties
            )
        )
    return Literal(node)


def text(value: str, path: str) -> str:
    """Return a string as Terraform holds it.

    Raises:
        ConfigurationError: It holds half of a surrogate pair.
    """
    if any(0xD800 <= ord(char) <= 0xDFFF for char in value):
        raise ConfigurationError(f"{path}: a string holds half a character.")
    return normal(value)


def template(value: str, path: str) -> Expression:
    """Return the expression a JSON string stands for.

    Raises:
        ConfigurationError: Its interpolation cannot be read.
    """
    value = text(value, path)
    if "${" not in value and "%{" not in value:
        return Literal(value)
    return Parser(value, path).whole_template()


def source(node: Json, path: str) -> Expression:
    """Return the expression that a string holds without `${}`: a type, an address.

    Raises:
        ConfigurationError: It is no string, or no expression.
    """
    if not isinstance(node, str):
        raise ConfigurationError(f"{path}: an expression is not written as a string.")
    if node.startswith("${") and node.endswith("}"):
        node = node[2:-1]
    return Parser(text(node, path), path).whole_expression()


def body(node: JsonObject) -> Body:
    """Return an object as a body: each property an argument, nested blocks included.

    Raises:
        ConfigurationError: A template in it cannot be read.
    """
    properties = tuple((name, value) for name, value in node.properties if name != "//")
    return Body(
        {name: expression(value, node.path) for name, value in properties},
        json=JsonObject(properties, node.path),
    )


def bodies(node: Json, path: str) -> list[JsonObject]:
    """Return the objects of a block property: one object, or a list of them.

    Raises:
        ConfigurationError: It is neither.
    """
    if node is None:
        return []
    items = cast("list[Json]", node) if isinstance(node, list) else [node]
    found = [item for item in items if isinstance(item, JsonObject)]
    if len(found) != len(items):
        raise ConfigurationError(f"{path}: a block is neither an object nor a list of objects.")
    return found
