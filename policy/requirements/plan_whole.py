"""The plan is whole: complete, without errors, nothing put off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.requirements.requirement import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "plan-whole"


def check(case: Case) -> Iterator[Finding]:
    """Find what the plan leaves out."""
    document = case.plan.document
    if document.get("errored") is not False:
        yield case.finding(
            ID,
            None,
            "The plan is errored, so it shows only part of what the configuration asks for."
            if document.get("errored")
            else "The plan does not say whether it is errored.",
            "Plan again with Terraform 1.8 or newer until there is no error.",
        )
    if document.get("complete") is not True:
        yield case.finding(
            ID,
            None,
            "The plan is partial: with -target or deferred changes it does not show everything."
            if document.get("complete") is False
            else "The plan does not say whether it is complete.",
            "Plan again with Terraform 1.8 or newer, without -target.",
        )
    if document.get("deferred_changes"):
        yield case.finding(
            ID, None, "The plan defers changes to a later run.", "Plan all of it at once."
        )
    for resource in case.plan.remaining:
        if case.plan.configuration is None or resource.forgotten:
            continue
        if case.plan.block(resource) is None:
            yield case.finding(
                ID,
                resource,
                f"{resource.address} is in the plan but not in the configuration beside it.",
                "Judge the plan file as `terraform plan -out` wrote it.",
            )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The plan is whole: not errored, not partial, nothing deferred",
    check=check,
)
