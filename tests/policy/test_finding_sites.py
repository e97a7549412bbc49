"""Each requirement speaks wherever it can, on production's real plan with one thing changed."""

import pytest

from policy.hcl.configuration import read
from policy.intent import Intent
from policy.plan.plan import Plan
from policy.requirements import REQUIREMENTS
from policy.requirements.requirement import Case
from policy.verdict import Finding
from tests.environment_plans import pickled
from tests.policy.finding_sites import BREAKING, HARMLESS
from tests.policy.mutation.draft import Draft

BY_ID = {requirement.id: requirement for requirement in REQUIREMENTS}


@pytest.fixture(scope="module")
def plan() -> bytes:
    return pickled("prod")


def found(requirement: str, draft: Draft) -> list[Finding]:
    values = draft.document["variables"]
    intent = Intent(tuple(values["vpn_cidrs"]["value"]), values["domain_name"]["value"])
    case = Case(Plan(draft.document, read(draft.files())), intent)
    assert not BY_ID[requirement].applies(case)
    return list(BY_ID[requirement].check(case))


@pytest.mark.parametrize(
    ("requirement", "sentence"),
    [(requirement, sentence) for requirement in BREAKING for sentence in BREAKING[requirement]],
)
def test_what_breaks_it_is_refused_in_its_own_words(
    requirement: str, sentence: str, plan: bytes
) -> None:
    draft = Draft(plan)
    BREAKING[requirement][sentence](draft)
    refused = [one.message for one in found(requirement, draft) if one.level == "refused"]
    assert any(sentence in message for message in refused), refused


@pytest.mark.parametrize(
    ("requirement", "name"),
    [(requirement, name) for requirement in HARMLESS for name in HARMLESS[requirement]],
)
def test_what_looks_alike_passes(requirement: str, name: str, plan: bytes) -> None:
    draft = Draft(plan)
    HARMLESS[requirement][name](draft)
    assert found(requirement, draft) == []


@pytest.mark.parametrize("requirement", BREAKING)
def test_production_itself_passes(requirement: str, plan: bytes) -> None:
    assert found(requirement, Draft(plan)) == []
