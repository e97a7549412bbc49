"""The resource instances of a plan: what each will hold after the apply, and what it held."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from policy.problem import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy.plan.document import Document

Mode = Literal["managed", "data"]
Key = str | int | None
ModulePath = tuple[tuple[str, Key], ...]

_STEP: Final = re.compile(r'module\.([^.\[\]]+)(?:\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\])?(?:\.|$)')

# Two spellings of one resource type, by the provider's own aliases.
_ALIASES: Final = {
    "aws_alb": "aws_lb",
    "aws_alb_listener": "aws_lb_listener",
    "aws_alb_listener_certificate": "aws_lb_listener_certificate",
    "aws_alb_listener_rule": "aws_lb_listener_rule",
    "aws_alb_target_group": "aws_lb_target_group",
    "aws_alb_target_group_attachment": "aws_lb_target_group_attachment",
}


@dataclass(frozen=True, eq=False)
class Resource:
    """One resource instance.

    Attributes:
        address: Terraform's full address.
        module: The path of module calls with their instance keys.
        mode: "managed" or "data".
        type: The type, with `aws_alb*` read as `aws_lb*`.
        written_type: The type as the configuration writes it.
        name: The name in the configuration.
        key: The `count` index or `for_each` key, None without either.
        provider: The provider's source: "registry.terraform.io/hashicorp/aws".
        actions: Terraform's: ("create",), ("no-op",), ("delete", "create"), …
        after: The planned values; where the resource is forgotten, what it holds and keeps.
        unknown: The shape of `after` with true where only the apply will tell.
        before: The values it held, empty where it is new.
    """

    address: str
    module: ModulePath
    mode: Mode
    type: str
    written_type: str
    name: str
    key: Key
    provider: str
    actions: tuple[str, ...]
    after: Mapping[str, Any] = field(repr=False)
    unknown: Mapping[str, Any] = field(repr=False)
    before: Mapping[str, Any] = field(repr=False)

    @property
    def remains(self) -> bool:
        """Whether it exists after the apply, in Terraform's hands or forgotten by it."""
        return self.actions != ("delete",)

    @property
    def forgotten(self) -> bool:
        """Whether Terraform lets go of it and leaves it in place."""
        return "forget" in self.actions

    @property
    def changes(self) -> bool:
        """Whether what it held before is removed, replaced or updated by this plan."""
        return bool({"delete", "update"} & set(self.actions))


def read(document: Document) -> tuple[Resource, ...]:
    """Read every resource instance of a plan, data sources included.

    Raises:
        CannotJudgeError: An entry lacks what every plan's entries have, an address stands twice,
            or something is planned of which no change is told.
    """
    found = [
        resource
        for entry in document.get("resource_changes", [])
        if (resource := _changed(entry)) is not None
    ]
    known: set[str] = set()
    for resource in found:
        if resource.address in known:
            raise CannotJudgeError(f"The plan tells two changes of {resource.address[:200]}.")
        known.add(resource.address)
    planned = document.get("planned_values", {})
    for entry in _state_entries(planned.get("root_module", {})):
        if entry.get("mode") == "managed" and entry.get("address") not in known:
            raise CannotJudgeError(
                f"The plan's planned_values hold {str(entry.get('address'))[:200]}, of which its "
                f"resource_changes tell nothing."
            )
    prior = document.get("prior_state", {}).get("values", {})
    found.extend(
        _data(entry)
        for entry in _state_entries(prior.get("root_module", {}) if isinstance(prior, dict) else {})
        if entry.get("mode") == "data" and entry.get("address") not in known
    )
    return tuple(found)


def module_path(address: str) -> ModulePath:
    """Read `module.a["x"].module.b[0]` into its steps.

    Raises:
        CannotJudgeError: It is no module address.
    """
    steps: list[tuple[str, Key]] = []
    position = 0
    while position < len(address):
        step = _STEP.match(address, position)
        if step is None:
            raise CannotJudgeError(f"The plan holds the module address {address[:80]!r}.")
        name, index, text = step.groups()
        key = int(index) if index is not None else text
        if isinstance(key, str):
            key = re.sub(r'\\(["\\])', r"\1", key)
        steps.append((name, key))
        position = step.end()
    return tuple(steps)


def _changed(entry: object) -> Resource | None:
    try:
        assert isinstance(entry, dict)  # noqa: S101 (caught below)
        change = entry["change"]
        actions = tuple(map(_word, change["actions"]))
        # A deposed object is a leftover that Terraform only ever deletes.
        if "deposed" in entry and actions == ("delete",):
            return None
        forgotten = "forget" in actions
        before = _object(change.get("before"))
        return Resource(
            address=_word(entry["address"]),
            module=module_path(entry.get("module_address", "")),
            mode="data" if entry["mode"] == "data" else "managed",
            type=_ALIASES.get(entry["type"], _word(entry["type"])),
            written_type=entry["type"],
            name=_word(entry["name"]),
            key=_key(entry.get("index")),
            provider=_word(entry.get("provider_name", "")),
            actions=actions,
            after=before if forgotten else _object(change.get("after")),
            unknown={} if forgotten else _object(change.get("after_unknown")),
            before=before,
        )
    except (AssertionError, KeyError, TypeError, AttributeError):
        raise CannotJudgeError(
            "The plan's resource_changes hold an entry that is no change of a resource."
        ) from None


def _data(entry: dict[str, Any]) -> Resource:
    try:
        address = _word(entry["address"])
        own = address.split("data.", 1)[0].rstrip(".")
        return Resource(
            address=address,
            module=module_path(own),
            mode="data",
            type=_word(entry["type"]),
            written_type=entry["type"],
            name=_word(entry["name"]),
            key=_key(entry.get("index")),
            provider=_word(entry.get("provider_name", "")),
            actions=("read",),
            after=_object(entry.get("values")),
            unknown={},
            before={},
        )
    except (KeyError, TypeError, AttributeError):
        raise CannotJudgeError(
            "The plan's prior_state holds an entry that is no resource."
        ) from None


def _state_entries(module: object) -> Iterator[dict[str, Any]]:
    waiting = [module]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, dict):
            continue
        yield from (entry for entry in one.get("resources", []) if isinstance(entry, dict))
        waiting.extend(one.get("child_modules", []))


def _object(value: object) -> dict[str, Any]:
    # after_unknown is `false` where a resource is deleted, before is null where it is created.
    return value if isinstance(value, dict) else {}


def _key(value: object) -> Key:
    if value is not None and not isinstance(value, int | str):
        raise TypeError
    return value


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
