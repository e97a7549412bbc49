"""What holds for our environments alone, on production's real plan: it passes, and can fail."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from policy.__main__ import for_environment
from policy.checkov_run.exceptions import EXCEPTIONS, load_exceptions
from policy.checkov_run.judgement import findings
from policy.checkov_run.process import Checkov
from policy.checkov_run.selection import load_selection
from policy.hcl.configuration import read
from policy.plan.plan import Plan
from policy.requirements import REQUIREMENTS
from policy.requirements.requirement import Case
from policy.verdict import Finding
from tests.environment_plans import pickled
from tests.policy.mutation.draft import Draft
from tests.policy.stack_edits import BREAKING, HARMLESS, Edit

OWN = {requirement.id: requirement for requirement in REQUIREMENTS if requirement.own}


@pytest.fixture(scope="module")
def plan() -> bytes:
    return pickled("prod")


def found(requirement: str, draft: Draft) -> list[Finding]:
    case = Case(Plan(draft.document, read(draft.files())), for_environment("prod"))
    assert not OWN[requirement].applies(case)
    return list(OWN[requirement].check(case))


def edits(table: Mapping[str, Mapping[str, Edit]]) -> list[tuple[str, str]]:
    return [(requirement, name) for requirement in table for name in table[requirement]]


def test_every_requirement_of_our_own_has_passing_and_failing_cases() -> None:
    assert OWN.keys() == BREAKING.keys() == HARMLESS.keys()
    assert all(len(cases) >= 5 for cases in BREAKING.values())


@pytest.mark.parametrize("requirement", OWN)
def test_production_passes(requirement: str, plan: bytes) -> None:
    assert found(requirement, Draft(plan)) == []


@pytest.mark.parametrize(("requirement", "name"), edits(HARMLESS))
def test_what_changes_nothing_passes(requirement: str, name: str, plan: bytes) -> None:
    draft = Draft(plan)
    HARMLESS[requirement][name](draft)
    assert found(requirement, draft) == []


@pytest.mark.parametrize(("requirement", "name"), edits(BREAKING))
def test_what_breaks_it_is_refused(requirement: str, name: str, plan: bytes) -> None:
    draft = Draft(plan)
    BREAKING[requirement][name](draft)
    said = found(requirement, draft)
    assert said
    assert {(one.requirement, one.level) for one in said} == {(requirement, "refused")}
    assert all(one.message.endswith(".") and one.mend.endswith(".") for one in said)


def test_a_stranger_to_the_page_is_named(plan: bytes) -> None:
    draft = Draft(plan)
    BREAKING["stack-allow-list"]["wider-set"](draft)
    (said,) = found("stack-allow-list", draft)
    assert said.packet is not None
    assert said.packet.source == "11.0.0.0 (the internet)"


def test_a_range_that_is_shut_out_is_named(plan: bytes) -> None:
    draft = Draft(plan)
    BREAKING["stack-vpn-ranges"]["half-a-range"](draft)
    (said,) = found("stack-vpn-ranges", draft)
    assert "does not let 203.0.113.128/25 in" in said.message


def test_an_environment_of_another_name_owns_none_of_the_tags(plan: bytes) -> None:
    draft = Draft(plan)
    case = Case(Plan(draft.document, read(draft.files())), for_environment("dev"))
    said = list(OWN["stack-tags"].check(case))
    assert len(said) > 50
    assert all("tagged with the environment prod" in one.message for one in said)


def test_each_exception_is_needed_by_production_and_enough(plan: bytes, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(Draft(plan).document), encoding="utf-8")
    with Checkov().start() as checkov:
        answer = checkov.judge(path)
    selection, today = load_selection(), dt.datetime.now(dt.UTC).date()
    names = {requirement.id for requirement in REQUIREMENTS}
    exceptions = load_exceptions(EXCEPTIONS, selection, today=today, requirements=names)
    assert exceptions
    assert findings(answer, exceptions, today, selection) == ()
    for one in exceptions:
        others = [other for other in exceptions if other is not one]
        (said,) = findings(answer, others, today, selection)
        assert said.address == one.address
        assert said.message.startswith(f"{one.check}: ")
