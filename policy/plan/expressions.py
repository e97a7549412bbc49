"""Follows a plan's expressions through variables, locals, outputs, count and for_each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from policy.hcl.evaluate import evaluate, evaluate_body
from policy.hcl.json_text import JsonObject
from policy.hcl.scope import Scope
from policy.hcl.types import convert
from policy.hcl.values import Lazy, Unknown, Value
from policy.types import nested_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policy.hcl.configuration import Configuration, Module, ResourceBlock
    from policy.hcl.syntax import Block, Body, Expression
    from policy.plan.document import Document
    from policy.plan.resources import Key, Mode, ModulePath, Resource

Objects: TypeAlias = "Mapping[tuple[ModulePath, str, str, str], list[tuple[Resource, Lazy]]]"

# A chain of references longer than this is made to tire a reader, not to configure anything.
_DEEPEST: Final = 150
_CIRCLE: Final = Unknown("refers to itself")
_TOO_LONG: Final = Unknown(f"is reached through more than {_DEEPEST} references")


class Expressions:
    """The expressions of one plan's configuration and what they are worth."""

    def __init__(self, document: Document, configuration: Configuration, objects: Objects) -> None:
        self.document = document
        self.configuration = configuration
        self.objects = objects
        self._memory: dict[object, Value] = {}
        self._names: dict[object, set[str]] = {}
        self._depth = 0

    def block(self, resource: Resource) -> ResourceBlock | None:
        """Return the resource's block, None where the configuration has none."""
        module = self.module(resource.module)
        if module is None:
            return None
        return module.resources.get((resource.mode, resource.written_type, resource.name))

    def module(self, path: ModulePath) -> Module | None:
        """Return the module that a path of calls leads to."""
        return self.configuration.modules.get(".".join(name for name, _ in path))

    def sets(self, resource: Resource, name: str) -> bool:
        """Tell whether the configuration writes an attribute or block of the resource."""
        block = self.block(resource)
        return block is not None and name in self._written_names(resource, block)

    def _written_names(self, resource: Resource, block: ResourceBlock) -> set[str]:
        place = (resource.module, resource.mode, resource.written_type, resource.name)
        if place not in self._names:
            self._names[place] = _names(block.body)
        return self._names[place]

    def value(self, resource: Resource, name: str) -> Value:
        """Return what the written attribute or block is worth, in the resource's own scope."""
        block = self.block(resource)
        if block is None:
            return Unknown("has no block in the configuration")

        def work_out() -> Value:
            scope = self._instance_scope(resource.module, block.count, block.for_each, resource.key)
            nested = _nested(resource.written_type, resource.mode)
            return dict(evaluate_body(block.body, scope, nested))

        body = self.remembered(("body", resource.address), work_out)
        return body.get(name) if isinstance(body, dict) else body

    def remembered(self, key: object, work_out: Callable[[], Value]) -> Value:
        """Work something out once; a value that needs itself is unknown."""
        if key in self._memory:
            return self._memory[key]
        if self._depth >= _DEEPEST:
            return _TOO_LONG
        self._memory[key] = _CIRCLE
        self._depth += 1
        try:
            value = work_out()
        finally:
            self._depth -= 1
            del self._memory[key]
        self._memory[key] = value
        return value

    def scope(self, path: ModulePath) -> ModuleScope:
        """Return the scope of a module instance."""
        return ModuleScope(self, path)

    def call_scope(self, path: ModulePath) -> ModuleScope:
        """Return the scope in which the arguments of the path's last call are written."""
        parent, (name, key) = path[:-1], path[-1]
        module = self.module(parent)
        call = None if module is None else module.calls.get(name)
        if call is None:
            return ModuleScope(self, parent)
        return self._instance_scope(parent, call.count, call.for_each, key)

    def _instance_scope(
        self, path: ModulePath, count: Expression | None, for_each: Expression | None, key: Key
    ) -> ModuleScope:
        if count is not None:
            return ModuleScope(self, path, count_index=key if isinstance(key, int) else None)
        if for_each is None or not isinstance(key, str):
            return ModuleScope(self, path)
        collection = self.remembered(
            ("for_each", id(for_each), path), lambda: evaluate(for_each, ModuleScope(self, path))
        )
        if isinstance(collection, dict):
            value = collection.get(key, Unknown(f"has no element {key!r}"))
        elif isinstance(collection, list):
            value = key  # a set of strings: key and value are one
        else:
            value = Unknown("loops over what is known only after the apply")
        return ModuleScope(self, path, each=(key, value))


class ModuleScope(Scope):
    """What names mean inside one module instance."""

    def __init__(
        self,
        expressions: Expressions,
        path: ModulePath,
        *,
        each: tuple[Value, Value] | None = None,
        count_index: int | None = None,
    ) -> None:
        self._expressions = expressions
        self._path = path
        self._module = expressions.module(path)
        self.each = each
        self.count_index = count_index

    def variable(self, name: str) -> Value:
        """Return `var.name`, as the caller or its default sets it."""
        key = ("variable", self._path, name)
        return self._expressions.remembered(key, lambda: self._variable(name))

    def local(self, name: str) -> Value:
        """Return `local.name`."""
        written = None if self._module is None else self._module.locals.get(name)
        if written is None:
            return Unknown(f"local.{name} is not declared")
        key = ("local", self._path, name)
        scope = ModuleScope(self._expressions, self._path)
        return self._expressions.remembered(key, lambda: evaluate(written, scope))

    def resource(self, mode: str, type: str, name: str) -> Value:  # noqa: A002 # Terraform's
        """Return a resource's instances as `count` or `for_each` arranges them."""
        block = None if self._module is None else self._module.resources.get((mode, type, name))
        if block is None:
            return Unknown(f"{type}.{name} is not declared")
        found = self._expressions.objects.get((self._path, mode, type, name), [])
        if block.for_each is not None:
            return {str(resource.key): lazy for resource, lazy in found}
        if block.count is not None:
            ordered = sorted(found, key=lambda pair: int(pair[0].key or 0))
            return [lazy for _, lazy in ordered]
        if not found:
            return Unknown(f"{type}.{name} is not in the plan")
        return found[0][1]

    def module(self, name: str) -> Value:
        """Return a module call's instances as `count` or `for_each` arranges them."""
        call = None if self._module is None else self._module.calls.get(name)
        if call is None:
            return Unknown(f"module.{name} is not called")
        if call.count is None and call.for_each is None:
            return _Outputs(self._expressions, (*self._path, (name, None)))
        repeat = call.count or call.for_each
        assert repeat is not None  # noqa: S101 (for the type checker)
        scope = ModuleScope(self._expressions, self._path)
        number = self._expressions.remembered(
            ("instances", self._path, name), lambda: evaluate(repeat, scope)
        )
        if call.count is not None and isinstance(number, int):
            return [
                _Outputs(self._expressions, (*self._path, (name, index)))
                for index in range(min(number, 10_000))
            ]
        if call.for_each is not None and isinstance(number, dict | list):
            return {
                str(key): _Outputs(self._expressions, (*self._path, (name, str(key))))
                for key in number
            }
        return Unknown(f"the instances of module.{name} are known only after the apply")

    def _variable(self, name: str) -> Value:
        variable = None if self._module is None else self._module.variables.get(name)
        if variable is None:
            return Unknown(f"var.{name} is not declared")
        value = self._given(name)
        if value is _NOT_GIVEN or (value is None and not variable.nullable):
            if variable.default is None:
                return Unknown(f"var.{name} has no value in the plan")
            value = evaluate(variable.default, ModuleScope(self._expressions, ()))
        return convert(value, variable.type)

    def _given(self, name: str) -> Any:
        if not self._path:
            given = self._expressions.document.get("variables", {}).get(name)
            return given.get("value") if isinstance(given, dict) else _NOT_GIVEN
        parent = self._expressions.module(self._path[:-1])
        call = None if parent is None else parent.calls.get(self._path[-1][0])
        written = None if call is None else call.body.attributes.get(name)
        if written is None:
            return _NOT_GIVEN
        return evaluate(written, self._expressions.call_scope(self._path))


_NOT_GIVEN: Final = object()


class _Outputs(Lazy):
    """A module instance as an expression sees it."""

    def __init__(self, expressions: Expressions, path: ModulePath) -> None:
        self._expressions = expressions
        self._path = path

    def get(self, name: str) -> Value:
        module = self._expressions.module(self._path)
        written = None if module is None else module.outputs.get(name)
        if written is None:
            return Unknown(f"the module has no output {name}")
        key = ("output", self._path, name)
        scope = ModuleScope(self._expressions, self._path)
        return self._expressions.remembered(key, lambda: evaluate(written, scope))

    def whole(self) -> Value:
        return Unknown(f"is the whole of module.{self._path[-1][0]}")


def _names(body: Body) -> set[str]:
    """Return which attributes and nested blocks a body sets, dynamic ones too."""
    if body.layers:
        return {name for layer in body.layers for name in _names(layer)}
    if body.json is None:
        return {*body.attributes, *(_kind(block) for block in body.blocks)}
    names = {name for name, _ in body.json.properties}
    for dynamic in body.json.all("dynamic"):
        for one in dynamic if isinstance(dynamic, list) else [dynamic]:
            if isinstance(one, JsonObject):
                names |= {name for name, _ in one.properties}
    return names


def _kind(block: Block) -> str:
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


@cache
def _nested(type_: str, mode: Mode) -> frozenset[str]:
    """Return the names of a type's nested blocks at any depth."""
    return frozenset(path.rpartition(".")[2] for path in nested_blocks(type_, mode))
