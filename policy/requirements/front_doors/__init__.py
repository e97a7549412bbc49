"""Nothing else carries the protected groups, fronts the load balancer or reaches the instances."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from policy.requirements.front_doors import balancers, carriers, neighbours, pointers
from policy.requirements.requirement import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "front-doors"


def check(case: Case) -> Iterator[Finding]:
    """Find every other way in."""
    for door in chain(
        carriers.doors(case), balancers.doors(case), pointers.doors(case), neighbours.doors(case)
    ):
        yield case.finding(
            ID,
            door.resource,
            door.message,
            door.mend,
            attribute=door.attribute,
            packet=door.packet,
        )


def applies(case: Case) -> str:
    """Say that there is nothing to protect."""
    network = case.network
    return "" if network.fronts or network.inference else "the plan has nothing to protect"


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Nothing else carries the load balancer's group or forwards to it or to the instances",
    check=check,
    applies=applies,
)
