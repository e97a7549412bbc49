"""How each form of expression is worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from policy.hcl import conversion, functions, operators, traversal
from policy.hcl.conversion import (
    DoubtError,
    Failed,
    RejectedError,
    Unsorted,
    to_bool,
    to_text,
)
from policy.hcl.size import Budget
from policy.hcl.syntax import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    Index,
    Literal,
    Name,
    Object,
    Splat,
    SplatItem,
    Template,
    TemplateFor,
    Tuple,
    Unary,
)
from policy.hcl.template import normal
from policy.hcl.values import Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policy.hcl.scope import Scope

Names: TypeAlias = "Mapping[str, Value]"
ITEM = "*"
"""The name under which a splat's element is bound; no identifier looks like it."""


class Evaluation:
    """One expression's evaluation within its budget."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._budget = Budget()
        self._forms: dict[type, Callable[..., Value]] = {
            Template: self._template,
            TemplateFor: self._template_for,
            Name: self._name,
            Attribute: self._attribute,
            Index: self._index,
            Splat: self._splat,
            Call: self._call,
            Unary: self._unary,
            Binary: self._binary,
            Conditional: self._conditional,
            Tuple: self._tuple,
            Object: self._object,
            ForTuple: self._for_tuple,
            ForObject: self._for_object,
        }

    def value(self, expression: Expression, names: Names) -> Value:
        """Return what the expression is worth, `Failed` where Terraform rejects it."""
        self._budget.spend(1)
        if isinstance(expression, Literal):
            return expression.value
        if isinstance(expression, SplatItem):
            return names[ITEM]
        try:
            return self._forms[type(expression)](expression, names)
        except DoubtError as error:
            return Unknown(str(error))
        except RejectedError as error:
            return Failed(str(error))

    def _template(self, node: Template, names: Names) -> Value:
        joined = traversal.join_texts([self.value(part, names) for part in node.parts])
        self._budget.spend_on(joined)
        return normal(joined) if isinstance(joined, str) else joined

    def _template_for(self, node: TemplateFor, names: Names) -> Value:
        texts = self._for_tuple(node.loop, names)
        if isinstance(texts, Unsorted) and len(texts) > 1:
            return Unknown("the order of a loop is known only after the apply")
        return traversal.join_texts(texts) if isinstance(texts, list) else texts

    def _name(self, node: Name, names: Names) -> Value:
        if node.names[0] in names:
            value, rest = names[node.names[0]], node.names[1:]
        else:
            value, rest = self._rooted(node.names)
        for name in rest:
            value = traversal.attribute(value, name)
        return value

    def _rooted(self, names: tuple[str, ...]) -> tuple[Value, tuple[str, ...]]:
        root, rest = names[0], names[1:]
        unknown = Unknown(f"`{root}` is not known in a plan file", ".".join(names))
        if root in {"path", "self", "ephemeral"} or not rest:
            return unknown, ()
        if root in {"var", "local", "module"}:
            scope = self._scope
            find = {"var": scope.variable, "local": scope.local, "module": scope.module}[root]
            return find(rest[0]), rest[1:]
        if root == "each":
            pair = self._scope.each
            found = unknown if pair is None else {"key": pair[0], "value": pair[1]}
            return found, rest
        if root == "count":
            at = self._scope.count_index
            return (unknown, ()) if at is None else ({"index": at}, rest)
        if root == "terraform":
            workspace = self._scope.workspace
            return (unknown, ()) if workspace is None else ({"workspace": workspace}, rest)
        return self._resource(names) if root in {"data", "resource"} else self._managed(names)

    def _resource(self, names: tuple[str, ...]) -> tuple[Value, tuple[str, ...]]:
        if len(names) < 3:
            return Unknown("a resource needs a type and a name", ".".join(names)), ()
        mode = "data" if names[0] == "data" else "managed"
        return self._scope.resource(mode, names[1], names[2]), names[3:]

    def _managed(self, names: tuple[str, ...]) -> tuple[Value, tuple[str, ...]]:
        return self._scope.resource("managed", names[0], names[1]), names[2:]

    def _attribute(self, node: Attribute, names: Names) -> Value:
        return traversal.attribute(self.value(node.source, names), node.name)

    def _index(self, node: Index, names: Names) -> Value:
        return traversal.index(self.value(node.source, names), self.value(node.key, names))

    def _splat(self, node: Splat, names: Names) -> Value:
        source = traversal.splat_source(self.value(node.source, names))
        if isinstance(source, Unknown):
            return source
        values = [self.value(node.each, {**names, ITEM: item}) for item in source]
        return _failure(values) or _like(source, values)

    def _call(self, node: Call, names: Names) -> Value:
        arguments = [self.value(argument, names) for argument in node.arguments]
        if node.expand and arguments:
            last = arguments.pop()
            found = traversal.pairs(last)
            if isinstance(found, Unknown) or isinstance(last, Unsorted | dict):
                return found if isinstance(found, Unknown) else Unknown("arguments without order")
            arguments.extend(item for _, item in found)
        for argument in arguments:
            self._budget.spend_on(argument)
        result = functions.call(node.name, arguments)
        self._budget.spend_on(result)
        return result

    def _unary(self, node: Unary, names: Names) -> Value:
        return operators.unary(node.operator, self.value(node.operand, names))

    def _binary(self, node: Binary, names: Names) -> Value:
        left, right = self.value(node.left, names), self.value(node.right, names)
        if node.operator in {"==", "!="}:
            self._budget.spend_on(left)
            self._budget.spend_on(right)
        return operators.binary(node.operator, left, right)

    def _conditional(self, node: Conditional, names: Names) -> Value:
        yes, no = self.value(node.yes, names), self.value(node.no, names)
        condition = to_bool(self.value(node.condition, names))
        self._budget.spend_on(yes)
        self._budget.spend_on(no)
        if isinstance(condition, bool):
            return operators.chosen(*((yes, no) if condition else (no, yes)))
        if condition is None:
            return Failed("a condition is null")
        if operators.same(yes, no):
            return yes
        return conversion.pending([condition]) or Unknown("a condition is not known")

    def _tuple(self, node: Tuple, names: Names) -> Value:
        values = [self.value(item, names) for item in node.items]
        return _failure(values) or values

    def _object(self, node: Object, names: Names) -> Value:
        built: dict[str, Value] = {}
        for key_node, value_node in node.items:
            key = to_text(self.value(key_node, names))
            value = self.value(value_node, names)
            if isinstance(value, Failed):
                return value
            if not isinstance(key, str):
                return conversion.pending([key]) or Failed("a key is null")
            built[key] = value
        return built

    def _for_tuple(self, node: ForTuple, names: Names) -> Value:
        source = self.value(node.source, names)
        rounds = self._rounds(node, source, names)
        if isinstance(rounds, Unknown):
            return rounds
        values = [self.value(node.value, inner) for inner in rounds]
        return _failure(values) or _like(source, values)

    def _for_object(self, node: ForObject, names: Names) -> Value:
        source = self.value(node.source, names)
        rounds = self._rounds(node, source, names)
        if isinstance(rounds, Unknown):
            return rounds
        groups: dict[str, list[Value]] = {}
        for inner in rounds:
            key = to_text(self.value(node.name, inner))
            value = self.value(node.value, inner)
            if isinstance(value, Failed):
                return value
            if not isinstance(key, str):
                return conversion.pending([key]) or Failed("a key is null")
            groups.setdefault(key, []).append(value)
        if node.grouped:
            return {key: _like(source, values) for key, values in groups.items()}
        if any(len(values) > 1 for values in groups.values()):
            return Failed("a `for` yields a key twice")
        return {key: values[0] for key, values in groups.items()}

    def _rounds(
        self, node: ForTuple | ForObject, source: Value, names: Names
    ) -> list[Names] | Unknown:
        """Return the names of each round that the condition lets through."""
        found = traversal.pairs(source)
        if isinstance(found, Unknown):
            return found
        rounds: list[Names] = []
        for key, item in found:
            inner: dict[str, Value] = {**names, node.item: item}
            if node.key is not None:
                inner[node.key] = key
            if node.condition is not None:
                kept = to_bool(self.value(node.condition, inner))
                if not isinstance(kept, bool):
                    return conversion.pending([kept]) or Failed("a condition is null")
                if not kept:
                    continue
            rounds.append(inner)
        return rounds


def _failure(values: list[Value]) -> Failed | None:
    return next((value for value in values if isinstance(value, Failed)), None)


def _like(source: Value, values: list[Value]) -> list[Value]:
    """Return the values in a list that is as unsorted as what they were made from."""
    return Unsorted(values) if isinstance(source, Unsorted) else values
