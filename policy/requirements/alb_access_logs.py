"""The load balancer writes access logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policy.requirements.requirement import Requirement, without_balancer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "alb-access-logs"


def check(case: Case) -> Iterator[Finding]:
    """Find load balancers without access logs."""
    for front in case.network.fronts:
        planned = case.plan.blocks(front.resource, "access_logs")
        if not _on(planned, planned) and not _on(planned, _written(case, front.resource)):
            yield case.finding(
                ID,
                front.resource,
                f"{front.address} writes no access logs.",
                "Set access_logs with a bucket and enabled = true.",
                attribute="access_logs",
            )


def _on(enabled: Any, named: Any) -> bool:
    """Tell whether some block is switched on, and one names a bucket."""
    return any(str(one.get("enabled")).lower() == "true" for one in _blocks(enabled)) and any(
        one.get("bucket") not in (None, "") for one in _blocks(named)
    )


def _written(case: Case, resource: Resource) -> Any:
    """Return the blocks as written: the provider plans no bucket while its name is unknown."""
    return case.plan.expression(resource, "access_logs")


def _blocks(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The load balancer writes access logs",
    check=check,
    applies=without_balancer,
)
