"""Every resource type is in the table: modelled, or known to open no path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.requirements.requirement import Requirement
from policy.types import PROVIDERS, entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "known-types"
_REGISTRIES: Final = ("registry.terraform.io/", "registry.opentofu.org/")


def check(case: Case) -> Iterator[Finding]:
    """Find types outside the table, and types that another provider than the table's makes."""
    for resource in case.plan.resources:
        if not resource.remains:
            continue
        kind = resource.written_type
        if entry(kind, resource.mode) is None:
            yield case.finding(
                ID,
                resource,
                f"{'data source ' if resource.mode == 'data' else ''}{kind} is not in the gate's "
                f"table of types, so nobody can tell whether it opens a path.",
                "Leave it out of this plan, or add it to policy/types with its reason.",
            )
            continue
        expected = PROVIDERS.get(kind.partition("_")[0], "")
        if not expected or _bare(resource.provider) != _bare(expected):
            yield case.finding(
                ID,
                resource,
                f"{resource.address} is made by the provider {resource.provider}; the gate's table "
                f"speaks of {expected or 'none'}.",
                f"Use the provider {expected}." if expected else "Leave it out of this plan.",
            )


def _bare(provider: str) -> str:
    for registry in _REGISTRIES:
        provider = provider.removeprefix(registry)
    return provider


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Every resource type is known to the gate's table",
    check=check,
)
