"""Every resource that takes tags says whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.requirements.requirement import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "stack-tags"
_WANTED: Final = ("project", "environment", "owner", "module")


def check(case: Case) -> Iterator[Finding]:
    """Find resources without the stack's tags, or with another environment's."""
    for resource in case.plan.remaining:
        if "tags_all" not in resource.after and "tags_all" not in resource.unknown:
            continue
        tags = case.plan.value(resource, "tags_all")
        known = tags if isinstance(tags, dict) else {}
        missing = [name for name in _WANTED if not known.get(name)]
        environment = known.get("environment")
        wrong = environment not in (None, case.intent.environment) and not isinstance(
            environment, Unknown
        )
        if missing or wrong:
            told = (
                f"lacks the tags {', '.join(missing)}"
                if missing
                else f"is tagged with the environment {environment}"
            )
            yield case.finding(
                ID,
                resource,
                f"{resource.address} {told}.",
                "Leave the tags to the base class of the modules and the provider's default_tags.",
                attribute="tags",
            )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Every resource that takes tags names project, environment, owner and module",
    check=check,
    own=True,
)
