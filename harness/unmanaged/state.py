"""The state as a plan's JSON holds it: what Terraform manages, and by which ids AWS knows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Managed:
    """A resource in the state.

    Attributes:
        address: Where Terraform keeps it.
        type: Its type.
        values: Its attributes, as they were last read.
    """

    address: str
    type: str
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        """What Terraform knows it by: AWS's id, its name, or its ARN."""
        return str(self.values["id"])

    @property
    def region(self) -> str:
        """The region it lives in; only buckets' ARNs do not tell it."""
        return str(self.values.get("region") or self.values["arn"].split(":")[3])


class State:
    """All that is in the state of one root."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        values: Any = plan.get("prior_state", {}).get("values", {})
        self._all = list(_resources(values.get("root_module", {})))

    @property
    def is_in_aws(self) -> bool:
        """Whether there is anything that AWS could be asked about."""
        return any(each.type.startswith("aws_") for each in self._all)

    def of(self, *types: str) -> list[Managed]:
        """Those of some types."""
        return [each for each in self._all if each.type in types]

    def ids(self, *types: str) -> set[str]:
        """The ids and ARNs of those of some types."""
        found = self.of(*types)
        return {
            str(each.values[name])
            for each in found
            for name in ("id", "arn")
            if each.values.get(name)
        }

    def by_region(self, *types: str) -> Mapping[str, dict[str, str]]:
        """Those of some types by their region: the address of each id."""
        found: dict[str, dict[str, str]] = {}
        for each in self.of(*types):
            found.setdefault(each.region, {})[each.id] = each.address
        return found


def _resources(module: Mapping[str, Any]) -> Iterator[Managed]:
    for each in module.get("resources", []):
        if each["mode"] == "managed":
            yield Managed(each["address"], each["type"], each["values"])
    for child in module.get("child_modules", []):
        yield from _resources(child)
