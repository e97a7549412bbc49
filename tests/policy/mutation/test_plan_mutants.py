"""Our own plans, broken one change at a time: the gate and the packet simulator must agree.

A mutant that opens a path is refused by one of the requirements about who comes in; one that cuts
all users off by `user-path`; one that does neither passes both. Where some users are cut off and
others not, `user-path` may say so or not, and nothing else may.
"""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from policy.intent import Intent
from policy.judge import judge
from tests.environment_plans import pickled
from tests.policy.mutation import (
    attachment_operators,
    harmless_operators,
    network_operators,
    rule_operators,
)
from tests.policy.mutation.draft import Draft
from tests.policy.mutation.mutants import Mutant
from tests.policy.mutation.reading import Reading
from tests.policy.mutation.simulation import Outcome, simulate

OPERATORS = (
    *rule_operators.OPERATORS,
    *network_operators.OPERATORS,
    *attachment_operators.OPERATORS,
    *harmless_operators.OPERATORS,
)

CLOSED = frozenset(
    {"alb-ingress", "alb-listener", "instance-ingress", "instance-private", "front-doors"}
)
USERS = "user-path"

ELSEWHERE = {"dev": 9, "staging": 11}
"""Of the environments with an internal load balancer, every so many-th mutant."""

plan = cache(pickled)


def _mutants(environment: str, operator: Callable[[Draft], Iterator[Mutant]]) -> list[Mutant]:
    return list(operator(Draft(plan(environment))))


def _wrong(environment: str, mutant: Mutant) -> str | None:
    """How gate and simulator disagree on a mutant; None where they agree."""
    draft = Draft(plan(environment))
    mutant.edit(draft)
    values = draft.document["variables"]
    vpn = values["vpn_cidrs"]["value"]
    files = draft.files()
    outcome = simulate(Reading(draft.document, files), vpn)
    judgement = judge(draft.document, files, Intent(tuple(vpn), values["domain_name"]["value"]))
    refused = {f.requirement: f.message for f in judgement.findings if f.level == "refused"}
    about_paths = {name: why for name, why in refused.items() if name in CLOSED | {USERS}}
    if agree(outcome, set(about_paths)):
        return None
    return f"{environment}: {mutant}: simulated {outcome}, but the gate refused {about_paths}"


def agree(outcome: Outcome, refused: set[str]) -> bool:
    """Whether the refused requirements are those that the simulation calls for."""
    if outcome.opened:
        return bool(refused & CLOSED)
    if outcome.blocked:
        return refused == {USERS}
    return refused <= ({USERS} if outcome.narrowed else set())


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda o: f"{o.__module__[22:]}.{o.__name__}")
def test_production_broken_in_one_place(operator: Callable[[Draft], Iterator[Mutant]]) -> None:
    wrong = [_wrong("prod", mutant) for mutant in _mutants("prod", operator)]
    assert not [*filter(None, wrong)], "\n".join(filter(None, wrong))


@pytest.mark.parametrize("environment", ELSEWHERE)
def test_another_environment_broken_in_one_place(environment: str) -> None:
    mutants = [m for operator in OPERATORS for m in _mutants(environment, operator)]
    wrong = [_wrong(environment, mutant) for mutant in mutants[:: ELSEWHERE[environment]]]
    assert not [*filter(None, wrong)], "\n".join(filter(None, wrong))


def test_there_are_at_least_three_hundred_mutants_of_production_each_with_its_name() -> None:
    names = [str(mutant) for operator in OPERATORS for mutant in _mutants("prod", operator)]
    assert len(names) == len(set(names))
    assert len(names) >= 300
