"""Nothing makes or changes resources behind Terraform's back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Encoded, Reference, Text, Unknown, Value
from policy.network.holders import at_path
from policy.requirements.requirement import Requirement
from policy.types import conditions, entry

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "hidden-resources"


def check(case: Case) -> Iterator[Finding]:
    """Find provisioners, and types and values that make other resources or run code."""
    provisioned = _provisioned(case)
    for resource in case.plan.resources:
        place = (resource.written_type, resource.name, tuple(name for name, _ in resource.module))
        if place in provisioned:
            yield case.finding(
                ID,
                resource,
                f"{resource.address} runs a provisioner, which can do anything the plan does not "
                f"show.",
                "Remove the provisioner; start-up work belongs in user data.",
                attribute="provisioner",
            )
        if not resource.remains:
            continue  # only a provisioner still runs when a resource goes
        known = entry(resource.written_type, resource.mode)
        if known is not None and known.kind == "refused":
            yield case.finding(ID, resource, f"{resource.written_type}: {known.reason}", known.mend)
        if resource.mode == "managed":
            yield from _conditions(case, resource)
    yield from _apart(case)
    if case.plan.document.get("action_invocations"):
        yield case.finding(
            ID,
            None,
            "The plan invokes provider actions, which change things that it does not show.",
            "Remove the action triggers.",
        )


def _apart(case: Case) -> Iterator[Finding]:
    """Find what stands in the configuration alone: ephemeral resources, and removed blocks."""
    configuration = case.plan.configuration
    for module in configuration.modules.values() if configuration else ():
        for mode, kind, name in module.resources:
            known = entry(kind, "ephemeral") if mode == "ephemeral" else None
            if mode == "ephemeral" and (known is None or known.kind == "refused"):
                yield case.finding(
                    ID,
                    None,
                    f"The ephemeral resource {kind}.{name} runs or opens what no plan shows.",
                    known.mend if known and known.mend else "Remove it.",
                )
        for removed in module.removed:
            if removed.provisioners:
                yield case.finding(
                    ID,
                    None,
                    f"The removed block of {removed.address} runs a provisioner.",
                    "Remove the provisioner.",
                )


def _conditions(case: Case, resource: Resource) -> Iterator[Finding]:
    for condition in conditions(resource.written_type):
        first, *rest = condition.attribute.split(".")
        for value in at_path(case.plan.value(resource, first), rest):
            if _denied(value, condition.denied):
                yield case.finding(
                    ID,
                    resource,
                    condition.reason,
                    condition.mend,
                    attribute=condition.attribute,
                )
                break


def _denied(value: Any, pattern: re.Pattern[str]) -> bool:
    if isinstance(value, Reference):
        # An ARN of a resource of this plan; any pattern but "whatever" speaks of AWS's own.
        return bool(pattern.search("")) or bool(pattern.search(str(value)))
    return bool(pattern.search(_text(value)))


def _text(value: Value) -> str:  # noqa: PLR0911 (a case, a return)
    match value:
        case bool():
            return str(value).lower()
        case Text(parts):
            return "".join(map(_text, parts))
        case Encoded(content=content):
            return _text(content)
        case Unknown() | None:
            return ""
        case dict():
            return " ".join(f"{key} {_text(one)}" for key, one in value.items())
        case list():
            return " ".join(map(_text, value))
        case _:
            return str(value)


def _provisioned(case: Case) -> set[tuple[str, str, tuple[str, ...]]]:
    """Return which resources of the configuration have provisioners."""
    found: set[tuple[str, str, tuple[str, ...]]] = set()
    root = case.plan.document.get("configuration", {}).get("root_module", {})
    waiting: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    while waiting:
        module, path = waiting.pop()
        if not isinstance(module, dict):
            continue
        for resource in module.get("resources", []):
            if isinstance(resource, dict) and resource.get("provisioners"):
                found.add((str(resource.get("type")), str(resource.get("name")), path))
        calls = module.get("module_calls", {})
        for name, call in calls.items() if isinstance(calls, dict) else ():
            if isinstance(call, dict):
                waiting.append((call.get("module"), (*path, name)))
    return found


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Nothing makes or changes resources behind Terraform's back",
    check=check,
)
