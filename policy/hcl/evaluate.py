"""What an expression or a body is certainly worth, or why that cannot be told.

Every result is exactly what Terraform 1.11 would compute; whatever is not certain is `Unknown`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.hcl import json_text, traversal
from policy.hcl.conversion import Failed, TooLargeError
from policy.hcl.evaluation import Evaluation, Names
from policy.hcl.json_text import Json, JsonObject
from policy.hcl.scope import Scope
from policy.hcl.size import Budget
from policy.hcl.syntax import DEPTH, Block, Body, ConfigurationError, Expression, Name
from policy.hcl.values import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Scope", "evaluate", "evaluate_body"]


def evaluate(expression: Expression, scope: Scope, names: Names | None = None) -> Value:
    """Return what an expression is worth.

    Args:
        expression: From `policy.hcl.configuration`.
        scope: What the names in it stand for.
        names: More names, as a `dynamic` block's iterator.
    """
    try:
        value = Evaluation(scope).value(expression, names or {})
        Budget().spend_on(value)
    except RecursionError:
        return Unknown("it is nested too deeply")
    except TooLargeError:
        return Unknown("it is too large to be worked out")
    return Unknown(value.why, value.about) if isinstance(value, Failed) else value


def evaluate_body(body: Body, scope: Scope, nested: Collection[str]) -> dict[str, Value]:
    """Return what a block's arguments and nested blocks are worth.

    Args:
        body: A resource's or a nested block's.
        scope: What the names in it stand for.
        nested: Which properties of JSON syntax are nested blocks, at any depth.

    Returns:
        Arguments by name; nested blocks by type as lists of such objects, in order, `dynamic`
        ones expanded. Where a `dynamic` block's `for_each` is not known, or the budget ends, the
        type is `Unknown` as a whole.
    """
    return _Bodies(scope, frozenset(nested)).values(body, {}, 0)


class _Bodies:
    """One body's evaluation; the blocks that it yields are counted."""

    def __init__(self, scope: Scope, nested: frozenset[str]) -> None:
        self._scope = scope
        self._nested = nested
        self._budget = Budget()

    def values(self, body: Body, names: Names, depth: int) -> dict[str, Value]:
        if body.layers:
            return self._layered(body, names, depth)
        if body.json is not None:
            return self._json(body, body.json, names, depth)
        found = {
            name: evaluate(expression, self._scope, names)
            for name, expression in body.attributes.items()
        }
        blocks: dict[str, list[Value] | Unknown] = {}
        for block in body.blocks:
            self._add(blocks, block, names, depth)
        return {**found, **blocks}

    def _layered(self, body: Body, names: Names, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for layer in body.layers:
            for name, value in self.values(layer, names, depth).items():
                # An empty list of blocks in JSON overrides an argument, but no nested blocks.
                json = layer.json is not None and name in self._nested
                empty = json and not value and bool(found.get(name))
                found[name] = Unknown("an override without blocks") if empty else value
        return found

    def _json(self, body: Body, node: JsonObject, names: Names, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        blocks: dict[str, list[Value] | Unknown] = {}
        counts = {name: len(node.all(name)) for name, _ in node.properties}
        for name, value in node.properties:
            try:
                if name == "dynamic":
                    for dynamic in _dynamic(value, node.path):
                        self._add(blocks, dynamic, names, depth)
                elif name in self._nested and _holds_blocks(value):
                    for item in json_text.bodies(value, node.path):
                        self._add(blocks, Block(name, (), json_text.body(item), 0), names, depth)
                    blocks.setdefault(name, [])
                elif counts[name] > 1:
                    found[name] = Unknown("it is set twice")
                else:
                    found[name] = evaluate(body.attributes[name], self._scope, names)
            except ConfigurationError as error:
                found[name] = Unknown(str(error).removesuffix("."))
        return {**found, **blocks}

    def _add(
        self, blocks: dict[str, list[Value] | Unknown], block: Block, names: Names, depth: int
    ) -> None:
        kind = block.type
        if kind == "dynamic" and len(block.labels) == 1:
            kind = block.labels[0]
        known = blocks.setdefault(kind, [])
        if isinstance(known, Unknown):
            return
        try:
            self._budget.spend(100)
        except TooLargeError:
            blocks[kind] = Unknown("there are too many blocks")
            return
        if depth >= DEPTH:
            blocks[kind] = Unknown("it is nested too deeply")
        elif block.type == "dynamic":
            self._expand(blocks, kind, block.body, names, depth)
        else:
            known.append(self.values(block.body, names, depth + 1))

    def _expand(
        self,
        blocks: dict[str, list[Value] | Unknown],
        kind: str,
        body: Body,
        names: Names,
        depth: int,
    ) -> None:
        each = body.attributes.get("for_each")
        source = Unknown("a dynamic block has no `for_each`")
        pairs = traversal.pairs(source if each is None else evaluate(each, self._scope, names))
        content = _content(body)
        iterator = body.attributes.get("iterator", Name((kind,)))
        if isinstance(pairs, Unknown) or content is None:
            blocks[kind] = pairs if isinstance(pairs, Unknown) else Unknown("it has no content")
            return
        if not isinstance(iterator, Name) or len(iterator.names) != 1:
            blocks[kind] = Unknown("the iterator of a dynamic block is no name")
            return
        for key, value in pairs:
            inner = {**names, iterator.names[0]: {"key": key, "value": value}}
            self._add(blocks, Block(kind, (), content, 0), inner, depth)


def _content(body: Body) -> Body | None:
    if body.json is None:
        found = [block.body for block in body.blocks if block.type == "content"]
    else:
        nodes = body.json.all("content")
        found = [
            json_text.body(item)
            for node in nodes
            for item in json_text.bodies(node, body.json.path)
        ]
    return found[0] if len(found) == 1 else None


def _dynamic(node: Json, path: str) -> list[Block]:
    """Return JSON's `dynamic` blocks as native syntax would hold them."""
    found: list[Block] = []
    for labelled in json_text.bodies(node, path):
        for kind, value in labelled.properties:
            for item in json_text.bodies(value, path):
                attributes = {
                    name: (json_text.source if name == "iterator" else json_text.expression)(
                        inner, path
                    )
                    for name, inner in item.properties
                    if name in {"for_each", "iterator"}
                }
                found.append(Block("dynamic", (kind,), Body(attributes, json=item), 0))
    return found


def _holds_blocks(node: Json) -> bool:
    """Tell whether a property is written as blocks, and not as one expression for all."""
    if isinstance(node, list):
        return all(isinstance(item, JsonObject) for item in node)
    return node is None or isinstance(node, JsonObject)
