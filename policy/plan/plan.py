"""A plan whose every attribute can be asked for, unknown ones followed to what they refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from policy.hcl.conversion import UnsortedSet
from policy.hcl.values import Lazy, Reference, Unknown, Value
from policy.plan import resources as reading
from policy.plan.expressions import Expressions
from policy.plan.merge import any_unknown, fill
from policy.verdict import Location

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from policy.hcl.configuration import Configuration, ResourceBlock
    from policy.plan.document import Document
    from policy.plan.resources import ModulePath, Resource

_TEXT_NEEDED: Final = Unknown("is written as an expression, which only the plan file's text shows")


@dataclass(frozen=True)
class Foreign:
    """Something named by a literal that no resource of the plan is known to have.

    Attributes:
        name: The literal: "sg-0123456789abcdef0".
    """

    name: str


class Plan:
    """One plan: its document and, where the plan file was given, its configuration.

    Attributes:
        document: `terraform show -json` of the plan.
        configuration: The configuration inside the plan file; None when JSON alone was given.
        resources: Every resource instance, data sources included.
    """

    def __init__(self, document: Document, configuration: Configuration | None) -> None:
        self.document = document
        self.configuration = configuration
        self.resources = reading.read(document)
        self._by_address = {resource.address: resource for resource in self.resources}
        self._by_type: dict[str, list[Resource]] = {}
        for resource in self.resources:
            if resource.mode == "managed" and resource.remains:
                self._by_type.setdefault(resource.type, []).append(resource)
        self._values: dict[tuple[str, str], Value] = {}
        self._identities: dict[tuple[str, str], dict[str, Resource]] = {}
        self._expressions = (
            None if configuration is None else Expressions(document, configuration, self._objects())
        )

    def of_type(self, *types: str) -> tuple[Resource, ...]:
        """Return the managed resources of these types that exist after the apply."""
        return tuple(one for kind in types for one in self._by_type.get(kind, ()))

    @property
    def remaining(self) -> tuple[Resource, ...]:
        """Every managed resource that exists after the apply."""
        return tuple(one for one in self.resources if one.mode == "managed" and one.remains)

    def at(self, address: str) -> Resource | None:
        """Return the resource instance of that address."""
        return self._by_address.get(address)

    def value(self, resource: Resource, name: str) -> Value:
        """Return what an attribute or nested block will be worth after the apply.

        A computed attribute that the configuration leaves to AWS is a `Reference` to itself.
        """
        key = (resource.address, name)
        if key not in self._values:
            self._values[key] = self._value(resource, name)
        return self._values[key]

    def blocks(self, resource: Resource, name: str) -> list[dict[str, Value]] | Unknown:
        """Return a nested block's occurrences, `Unknown` where their number cannot be told."""
        value = self.value(resource, name)
        if value is None:
            return []
        if isinstance(value, dict):
            return [value]
        if isinstance(value, list):
            if all(isinstance(one, dict) for one in value):
                return [one for one in value if isinstance(one, dict)]
            return next((one for one in value if isinstance(one, Unknown)), _shapeless(name))
        # A block that the provider fills in and nobody wrote.
        if isinstance(value, Reference) and value.address == resource.address:
            return []
        return value if isinstance(value, Unknown) else _shapeless(name)

    def expression(self, resource: Resource, name: str) -> Value:
        """Return what the configuration writes, where the provider plans something else of it."""
        if self._expressions is None:
            return _TEXT_NEEDED
        return self._expressions.value(resource, name)

    def written(self, resource: Resource, name: str) -> bool:
        """Tell whether the configuration sets an attribute or block, wherever it is known."""
        if self._expressions is not None:
            return self._expressions.sets(resource, name)
        return name in _json_expressions(self.document, resource)

    def provider_of(self, resource: Resource) -> str:
        """Return which provider configuration makes a resource: its account and region."""
        place = ".".join(name for name, _ in resource.module)
        return str(_json_entry(self.document, resource).get("provider_config_key") or place)

    def block(self, resource: Resource) -> ResourceBlock | None:
        """Return the resource's block in the configuration."""
        return None if self._expressions is None else self._expressions.block(resource)

    def location(self, resource: Resource) -> Location | None:
        """Return where the resource is written, None where the plan file does not show it."""
        block = self.block(resource)
        return None if block is None else Location(block.path, block.line)

    def identify(  # noqa: PLR0911 (a form of the value, a return)
        self, value: Value, types: Collection[str], by: tuple[str, ...] = ("id", "arn")
    ) -> Resource | Foreign | Unknown:
        """Tell which resource an id, ARN or name speaks of.

        Args:
            value: What the referring attribute is worth.
            types: The types it may be.
            by: The attributes whose value names the resource.

        Returns:
            The resource; `Foreign` where the value is known and no such resource has it;
            `Unknown` where that cannot be told.
        """
        if isinstance(value, Reference):
            resource = self._by_address.get(value.address)
            if resource is not None and resource.mode == "data":
                # It may have looked up a resource of this very plan.
                return Unknown(f"is read by {resource.address} only at the apply")
            if resource is not None and resource.type in types and value.attribute in by:
                return resource
            return Unknown(f"refers to {value}, which names no {' or '.join(sorted(types))}")
        if isinstance(value, Unknown):
            return value
        if not isinstance(value, str):
            return Unknown("is not known to be one resource")
        for kind in types:
            for attribute in by:
                resource = self._identity(kind, attribute).get(value)
                if resource is not None:
                    return resource
        return Foreign(value)

    def _identity(self, kind: str, attribute: str) -> Mapping[str, Resource]:
        index = self._identities.get((kind, attribute))
        if index is None:
            index = {}
            for resource in self._by_type.get(kind, ()):
                known = resource.after.get(attribute)
                if isinstance(known, str) and known:
                    index.setdefault(known, resource)
            self._identities[kind, attribute] = index
        return index

    def _value(self, resource: Resource, name: str) -> Value:
        planned, mark = resource.after.get(name), resource.unknown.get(name)
        if not any_unknown(mark):
            return planned
        if self._expressions is None:
            if name in _json_expressions(self.document, resource):
                return fill(planned, mark, _TEXT_NEEDED)
            return Reference(resource.address, (name,)) if mark is True else fill(planned, mark)
        if not self._expressions.sets(resource, name):
            return Reference(resource.address, (name,)) if mark is True else fill(planned, mark)
        written = self._expressions.value(resource, name)
        if written is None and mark is True:
            # Written as null is as good as not written: AWS fills it in.
            return Reference(resource.address, (name,))
        return fill(planned, mark, written)

    def _objects(self) -> dict[tuple[ModulePath, str, str, str], list[tuple[Resource, Lazy]]]:
        objects: dict[tuple[ModulePath, str, str, str], list[tuple[Resource, Lazy]]] = {}
        for resource in self.resources:
            if resource.remains:
                place = (resource.module, resource.mode, resource.written_type, resource.name)
                objects.setdefault(place, []).append((resource, _Object(self, resource)))
        return objects


class _Object(Lazy):
    """A resource instance as an expression sees it."""

    def __init__(self, plan: Plan, resource: Resource) -> None:
        self._plan = plan
        self._resource = resource

    def get(self, name: str) -> Value:
        value = self._plan.value(self._resource, name)
        if not isinstance(value, list) or self._resource.mode != "managed":
            return value
        # The JSON shows sets as lists. Where only an index tells them apart, nothing is certain.
        nested = any(isinstance(one, dict | list) for one in value)
        return value if nested else UnsortedSet(value)

    def whole(self) -> Value:
        return Unknown(f"is the whole of {self._resource.address}")


def _json_expressions(document: Document, resource: Resource) -> Mapping[str, Any]:
    """Return what the JSON shows of a resource's expressions, which lacks their text."""
    return _json_entry(document, resource).get("expressions", {})


def _json_entry(document: Document, resource: Resource) -> Mapping[str, Any]:
    module = document.get("configuration", {}).get("root_module", {})
    for name, _ in resource.module:
        module = module.get("module_calls", {}).get(name, {}).get("module", {})
    for entry in module.get("resources", []):
        if (entry.get("type"), entry.get("name")) == (resource.written_type, resource.name):
            return entry
    return {}


def _shapeless(name: str) -> Unknown:
    return Unknown(f"holds {name} in a form that is no block")
