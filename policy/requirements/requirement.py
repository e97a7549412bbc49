"""What a requirement is: an id, a claim, and a check that finds what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policy.network.delivery import Delivery
from policy.network.holders import Holders
from policy.network.network import Network
from policy.verdict import Finding, Level, Packet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from policy.intent import Intent
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource


class Case:
    """One plan before the gate: the plan, its network, and what it is judged against.

    Attributes:
        plan: The plan.
        intent: Who may come in.
    """

    def __init__(self, plan: Plan, intent: Intent) -> None:
        self.plan = plan
        self.intent = intent

    @cached_property
    def network(self) -> Network:
        """The network that the plan leaves behind."""
        return Network(self.plan)

    @cached_property
    def delivery(self) -> Delivery:
        """The page's distributions and buckets."""
        return Delivery(self.plan, self.intent.domain)

    @cached_property
    def holders(self) -> Holders:
        """Who carries which security group."""
        return Holders(self.network)

    def finding(
        self,
        requirement: str,
        resource: Resource | None,
        message: str,
        mend: str,
        *,
        attribute: str = "",
        packet: Packet | None = None,
        level: Level = "refused",
    ) -> Finding:
        """Make a finding at a resource of the plan."""
        return Finding(
            requirement=requirement,
            level=level,
            address="plan" if resource is None else resource.address,
            message=message,
            mend=mend,
            packet=packet,
            attribute=attribute,
            location=None if resource is None else self.plan.location(resource),
        )


@dataclass(frozen=True)
class Requirement:
    """One row of the table that the README shows.

    Attributes:
        id: Its name in reports and in the tests' folders.
        title: The claim in one line, without a full stop.
        check: Finds what speaks against the claim.
        applies: Says why the claim has nothing to speak of in a plan, or nothing.
        own: Whether it holds only for this repository's environments.
    """

    id: str
    title: str
    check: Callable[[Case], Iterable[Finding]]
    applies: Callable[[Case], str] = lambda _: ""
    own: bool = False


def without_page(case: Case) -> str:
    """Say that a plan delivers no page."""
    return "" if case.delivery.page else "the plan has no CloudFront distribution"


def without_balancer(case: Case) -> str:
    """Say that a plan has no application load balancer."""
    return "" if case.network.fronts else "the plan has no application load balancer"


def without_instances(case: Case) -> str:
    """Say that a plan starts no instances."""
    return "" if case.network.inference else "the plan starts no instances"
