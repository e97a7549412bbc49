"""The oracle's own way through a plan: attributes of resources, known or by their expression."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.policy.mutation.expressions import OPAQUE, Scope, evaluate

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Ref:
    """An attribute of a resource that only the apply will know."""

    address: str
    attribute: str


@dataclass(frozen=True)
class Resource:
    """A resource instance as the plan leaves it."""

    address: str
    module: str
    type: str
    name: str
    index: Any
    after: Mapping[str, Any]
    unknown: Mapping[str, Any]


class Reading:
    """What a plan's resources are worth.

    Args:
        document: `terraform show -json`.
        files: The configuration's files by their names in the plan, or None where all is known.
    """

    def __init__(self, document: Mapping[str, Any], files: Mapping[str, bytes] | None) -> None:
        self._files = files or {}
        self._texts: dict[str, dict[str, Any]] = {}
        self._variables = {n: v.get("value") for n, v in document.get("variables", {}).items()}
        self.resources: dict[str, Resource] = {}
        for entry in document["resource_changes"]:
            change = entry["change"]
            if entry["mode"] == "managed" and change["after"] is not None:
                # One that is called under a condition is `image[0]`, and its text `image`.
                called = entry.get("module_address", "").removeprefix("module.")
                module = called.partition("[")[0]
                self.resources[entry["address"]] = Resource(
                    entry["address"],
                    module,
                    entry["type"].replace("aws_alb", "aws_lb"),
                    entry["name"],
                    entry.get("index"),
                    change["after"],
                    change.get("after_unknown") or {},
                )
        self._owners = {
            resource.after[name]: address
            for address, resource in self.resources.items()
            for name in ("arn", "id")
            if isinstance(resource.after.get(name), str)
        }

    def of_type(self, *kinds: str) -> list[Resource]:
        """All resources of some types, in the plan's order."""
        return [r for r in self.resources.values() if r.type in kinds]

    def value(self, resource: Resource, *path: str | int) -> Any:
        """An attribute's worth: plain data, a `Ref`, `OPAQUE`, lists of these; None if not set."""
        after: Any = resource.after
        unknown: Any = resource.unknown
        for step in path:
            unknown = _step(unknown, step)
            if unknown is True:
                return self._by_text(resource, path)
            after = _step(after, step)
        if _any_unknown(unknown) and not isinstance(after, list | dict):
            return self._by_text(resource, path)
        return after

    def many(self, resource: Resource, *path: str | int) -> list[Any]:
        """A list's members; what is no list is one opaque member."""
        value = self.value(resource, *path)
        return [] if value is None else value if isinstance(value, list) else [OPAQUE]

    def owner(self, value: Any) -> str:
        """The address of the resource that an id, ARN or `Ref` names; "" for nothing."""
        if value is None or value == "":
            return ""
        if isinstance(value, Ref):
            return value.address
        return self._owners.get(value, f"foreign {value}")

    def blocks(self, resource: Resource, *path: str | int) -> list[tuple[str | int, ...]]:
        """The paths of a nested block's repetitions."""
        value = self.value(resource, *path)
        return [(*path, at) for at in range(len(value))] if isinstance(value, list) else []

    def variable(self, module: str, name: str) -> Any:
        """A module's input, as its caller gives it."""
        if not module:
            return self._variables.get(name)
        call = self._text("")["module"][module]
        if name in call:
            return evaluate(call[name], Scope(""), self)
        return self._text(module)["variable"].get(name, {}).get("default", OPAQUE)

    def local(self, module: str, name: str) -> Any:
        """A module's local value."""
        return evaluate(self._text(module)["locals"].get(name, OPAQUE), Scope(module), self)

    def output(self, module: str, name: str) -> Any:
        """A module's output."""
        text = self._text(module)["output"].get(name)
        return OPAQUE if text is None else evaluate(text["value"], Scope(module), self)

    def instance(self, module: str, kind: str, name: str, index: Any) -> Any:
        """One instance of a resource."""
        found = self._named(module, kind, name)
        return next((r for r in found if r.index == index), OPAQUE)

    def instances(self, module: str, kind: str, name: str) -> list[Any]:
        """All instances of a resource."""
        return self._named(module, kind, name)

    def attribute(self, instance: Any, name: str) -> Any:
        """An attribute of an instance."""
        return self.value(instance, name) if isinstance(instance, Resource) else OPAQUE

    def _named(self, module: str, kind: str, name: str) -> list[Any]:
        wanted = (module, kind, name)
        return [r for r in self.resources.values() if (r.module, r.type, r.name) == wanted]

    def _text(self, module: str) -> dict[str, Any]:
        if module not in self._texts:
            self._texts[module] = json.loads(self._files[f"m-{module}/cdk.tf.json"])
        return self._texts[module]

    def _by_text(self, resource: Resource, path: Path) -> Any:
        if not self._files:
            return OPAQUE
        node: Any = self._text(resource.module)["resource"][resource.type][resource.name]
        for step in path:
            node = _written(node, step)
        if node is None:
            return Ref(resource.address, str(path[0])) if len(path) == 1 else None
        return evaluate(node, Scope(resource.module, resource.index), self)


def _step(node: Any, step: str | int) -> Any:
    if isinstance(node, list) and isinstance(step, int):
        return node[step] if step < len(node) else None
    return node.get(step) if isinstance(node, dict) and isinstance(step, str) else None


def _written(node: Any, step: str | int) -> Any:
    """A step into configuration text, where a block may be an object, a list or dynamic."""
    if isinstance(step, int):
        if isinstance(node, list):
            return node[step] if step < len(node) else None
        return node
    if not isinstance(node, dict):
        return None
    if step not in node and step in node.get("dynamic", {}):
        return node["dynamic"][step]["content"]
    return node.get(step)


def _any_unknown(node: Any) -> bool:
    if isinstance(node, dict):
        return any(map(_any_unknown, node.values()))
    return any(map(_any_unknown, node)) if isinstance(node, list) else node is True
