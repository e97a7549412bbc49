"""The resources of a plan or of a state, and which of them an attribute speaks of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NAMING = ("id", "arn", "name", "bucket", "bucket_regional_domain_name", "certificate_arn")
"""Attributes by whose value another resource speaks of one."""

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Resource:
    """One resource.

    Attributes:
        address: With its module and its key: `module.network.aws_subnet.public["eu-west-1a"]`.
        type: `aws_subnet`.
        values: What is known of it.
        stands: Whether it is there already, as far as the document tells.
    """

    address: str
    type: str
    values: Json
    stands: bool

    @property
    def written(self) -> str:
        """The address without keys, as the configuration has it."""
        return re.sub(r"\[[^\]]*\]", "", self.address)

    @property
    def key(self) -> str:
        """Its own key of `for_each` or `count`, in brackets; "" without one."""
        return self.address[self.address.rindex("[") :] if self.address.endswith("]") else ""

    def at(self, path: str) -> list[Any]:
        """The values at a path such as `origin.domain_name`, of every block on the way."""
        found: list[Any] = [self.values]
        for name in path.split("."):
            inner = (each.get(name) for each in found if isinstance(each, Mapping))
            found = [value for each in inner for value in _flat(each)]
        return found


class Stack:
    """All resources of a root.

    Args:
        resources: They.
        configuration: The plan's `configuration`, which tells what refers to what where a value
            is known only after the apply; empty for a state, where every value is known.
    """

    def __init__(self, resources: Iterable[Resource], configuration: Json) -> None:
        self._resources = tuple(resources)
        self._root: Json = configuration.get("root_module", {})

    @classmethod
    def planned(cls, document: Json) -> Stack:
        """What a plan leaves standing, from `terraform show -json` of it."""
        changes: list[Json] = document.get("resource_changes", [])
        untouched = {each["address"] for each in changes if each["change"]["actions"] == ["no-op"]}
        module = document.get("planned_values", {}).get("root_module", {})
        return cls(
            (
                Resource(
                    each["address"],
                    each["type"],
                    each.get("values", {}),
                    each["address"] in untouched,
                )
                for each in _walk(module)
            ),
            document.get("configuration", {}),
        )

    @classmethod
    def standing(cls, state: Json) -> Stack:
        """What a state holds, from the state itself."""
        return cls(
            (
                Resource(
                    _address(each, instance), each["type"], instance["attributes"], stands=True
                )
                for each in state["resources"]
                if each["mode"] == "managed"
                for instance in each["instances"]
            ),
            {},
        )

    def of(self, *types: str) -> list[Resource]:
        """The resources of these types."""
        return [each for each in self._resources if each.type in types]

    def linked(self, resource: Resource, path: str, *types: str) -> list[Resource]:
        """The resources of these types that an attribute speaks of.

        By its value; where that is known only after the apply, by what the configuration
        refers to.
        """
        values = {value for value in resource.at(path) if isinstance(value, str)}
        named = [
            each for each in self.of(*types) if values & {*map(str, map(each.values.get, NAMING))}
        ]
        return named or self._referred(resource, path, types)

    def _referred(self, resource: Resource, path: str, types: tuple[str, ...]) -> list[Resource]:
        modules, name = _place(resource.written)
        written = next(
            (
                each["expressions"]
                for each in self._module(modules).get("resources", [])
                if each["address"] == name
            ),
            {},
        )
        expressions: list[Any] = [written]
        for step in path.split("."):
            expressions = [
                found
                for each in expressions
                for block in _flat(each)
                if isinstance(block, Mapping)
                for found in _flat(block.get(step))
            ]
        addresses = {
            address
            for expression in expressions
            for address in self._addresses(modules, expression.get("references", []))
        }
        found = [each for each in self.of(*types) if each.written in addresses]
        same = [each for each in found if each.key and each.key == resource.key]
        return same or found

    def _addresses(self, modules: tuple[str, ...], references: list[str]) -> Iterator[str]:
        """What references come to, through variables and outputs of modules."""
        module = self._module(modules)
        for reference in references:
            head, _, rest = reference.partition(".")
            name, _, output = rest.partition(".")
            name = name.partition("[")[0]
            if head == "var" and modules:
                caller = modules[:-1]
                call = self._module(caller).get("module_calls", {}).get(modules[-1], {})
                given = call.get("expressions", {}).get(name, {})
                yield from self._addresses(caller, given.get("references", []))
            elif head == "module" and output:
                inner = (*modules, name)
                outputs = self._module(inner).get("outputs", {})
                said = outputs.get(output.partition(".")[0], {}).get("expression", {})
                yield from self._addresses(inner, said.get("references", []))
            elif any(each["address"] == f"{head}.{name}" for each in module.get("resources", [])):
                yield "".join(f"module.{each}." for each in modules) + f"{head}.{name}"

    def _module(self, modules: tuple[str, ...]) -> Json:
        module = self._root
        for name in modules:
            module = module.get("module_calls", {}).get(name, {}).get("module", {})
        return module


def _walk(module: Json) -> Iterator[Any]:
    for each in module.get("resources", []):
        if each["mode"] == "managed":
            yield each
    for child in module.get("child_modules", []):
        yield from _walk(child)


def _address(resource: Json, instance: Json) -> str:
    """As Terraform writes it, from a state's parts."""
    module = f"{resource['module']}." if "module" in resource else ""
    key = f"[{json.dumps(instance['index_key'])}]" if "index_key" in instance else ""
    return f"{module}{resource['type']}.{resource['name']}{key}"


def _place(written: str) -> tuple[tuple[str, ...], str]:
    """The modules on the way to a resource, and its own two words."""
    *way, kind, name = written.split(".")
    return tuple(way[1::2]), f"{kind}.{name}"


def _flat(value: Any) -> list[Any]:
    if value is None:
        return []
    return [part for each in value for part in _flat(each)] if isinstance(value, list) else [value]
