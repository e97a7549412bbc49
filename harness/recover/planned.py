"""What a plan would make, as far as its values are known."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
"""What `count` and `for_each` add to an address."""


class NotKnownYetError(Exception):
    """A value depends on something that is not adopted yet: a later round knows it."""


@dataclass(frozen=True)
class Planned:
    """A resource that the plan would make.

    Attributes:
        address: Where Terraform keeps it.
        type: Its type.
        region: The region of its provider.
        values: What it would be given.
        unknown: Which of that only an apply could tell, in the plan's `after_unknown` form.
    """

    address: str
    type: str
    region: str
    values: Mapping[str, Any]
    unknown: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """An argument's value; None where it has none.

        Raises:
            NotKnownYetError: It is known after apply only.
        """
        if self.unknown.get(name) is True:
            raise NotKnownYetError(f"{self.address}: {name}")
        return self.values.get(name)

    @property
    def tags(self) -> dict[str, str]:
        """All its tags, the provider's default ones included.

        Raises:
            NotKnownYetError: Not all are known.
        """
        tags = self["tags_all"] or {}
        unknown: Any = self.unknown.get("tags_all") or {}
        if any(unknown.values()):
            raise NotKnownYetError(f"{self.address}: tags_all")
        return tags


def missing(plan: Mapping[str, Any]) -> list[Planned]:
    """The resources that the plan would make and that no import of it covers."""
    region_of = _regions(plan)
    providers = dict(_providers(plan["configuration"]["root_module"], ""))
    return [
        Planned(
            address=change["address"],
            type=change["type"],
            region=region_of.get(providers[INDEX.sub("", change["address"])], ""),
            values=change["change"]["after"] or {},
            unknown=change["change"]["after_unknown"],
        )
        for change in plan["resource_changes"]
        if change["change"]["actions"] == ["create"] and change["mode"] == "managed"
    ]


def regions(plan: Mapping[str, Any]) -> set[str]:
    """The regions of the plan's providers."""
    return set(_regions(plan).values()) - {""}


def standing(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The type and id, and type and ARN, of all that the state holds or that the plan adopts.

    A VPC's own table and group belong to it, taken over by Terraform or not.
    """
    for change in plan["resource_changes"]:
        for side in ("before", "after"):
            values: Any = change["change"].get(side) or {}
            for name in ("id", "arn", "default_route_table_id", "default_security_group_id"):
                if isinstance(values.get(name), str):
                    yield change["type"], values[name]


def _providers(module: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    """The provider of each resource block, by its address without indexes."""
    for block in module.get("resources", []):
        yield prefix + block["address"], block["provider_config_key"]
    for name, call in module.get("module_calls", {}).items():
        yield from _providers(call["module"], f"{prefix}module.{name}.")


def _regions(plan: Mapping[str, Any]) -> dict[str, str]:
    """Each provider's region: written out, or one variable's value; "" where it has none."""
    regions: dict[str, str] = {}
    for key, provider in plan["configuration"].get("provider_config", {}).items():
        region: Any = provider.get("expressions", {}).get("region", {})
        references: list[str] = region.get("references", [])
        regions[key] = str(region.get("constant_value", ""))
        if references:
            regions[key] = str(plan["variables"][references[0].removeprefix("var.")]["value"])
    return regions
