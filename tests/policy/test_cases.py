"""The gate's verdict on real plans: what it refuses, and what it must let pass."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout

import pytest

from policy.__main__ import main
from policy.requirements import REQUIREMENTS
from tests.policy.corpus import Case, cases
from tests.policy.planning import Planned

INTENT = (
    *("--vpn-cidr", "10.8.0.0/16", "--vpn-cidr", "203.0.113.0/24"),
    *("--vpn-cidr", "2001:db8:8::/48", "--domain", "translate.corp.example"),
)

ALL = cases()


def verdict_of(planned: Planned) -> tuple[bool, set[str]]:
    """Whether the gate allows a plan, and the ids of the requirements that it finds broken."""
    said = io.StringIO()
    words = [str(planned.plan), "--json", str(planned.json), *INTENT, "--format", "json"]
    with redirect_stdout(said):
        status = main(words)
    assert status in {0, 1}, f"the gate could not judge {planned.plan}"
    findings = json.loads(said.getvalue())["findings"]
    return status == 0, {each["requirement"] for each in findings if each["level"] == "refused"}


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_gate_decides_as_the_folder_says(case: Case, planned: Callable[[Case], Planned]) -> None:
    allowed, refused = verdict_of(planned(case))

    if case.allowed:
        assert allowed, f"refused for {', '.join(sorted(refused))}, though: {case.why}"
        assert not refused, case.why
    else:
        assert not allowed, f"allowed, though: {case.why}"
        assert case.requirement in refused, f"refused for {sorted(refused)} alone: {case.why}"


def test_every_requirement_has_a_case_that_passes_and_one_that_fails() -> None:
    """Those that hold for our own environments alone are tested on their own plans."""
    ids = {requirement.id for requirement in REQUIREMENTS if not requirement.own}

    assert {case.requirement for case in ALL if case.allowed} == ids
    assert {case.requirement for case in ALL if not case.allowed} == ids


def test_corpus_is_large_and_a_third_of_it_passes() -> None:
    assert len(ALL) >= 120
    assert sum(case.allowed for case in ALL) * 3 >= len(ALL)


@pytest.mark.parametrize("case", ALL, ids=[case.name for case in ALL])
def test_case_says_why(case: Case) -> None:
    assert case.why
