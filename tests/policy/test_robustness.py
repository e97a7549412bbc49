"""Whatever a plan is made of, judging it ends in a judgement or in one sentence."""

import copy
import json
import pickle
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from policy.intent import Intent
from policy.judge import Judgement, judge
from policy.problem import CannotJudgeError
from tests.policy.corpus import CASES, Case
from tests.policy.planning import Planned
from tests.policy.small_plan import GROUP, balancer, files, group, plan, resource, rule

INTENT = Intent(("10.8.0.0/16", "203.0.113.0/24"), environment="prod")
VPN = Intent(("10.0.0.0/8",))

Place = tuple[Any, Any]
"""A dictionary or list, and the key or index of something in it."""


@pytest.fixture(scope="module")
def good(planned: Callable[[Case], Planned]) -> bytes:
    """A plan's document and files, by `pickle`: the fastest copy."""
    made = planned(Case(CASES / "alb-ingress" / "allow-inline-blocks"))
    with zipfile.ZipFile(made.plan) as archive:
        found = {
            name.removeprefix("tfconfig/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("tfconfig/")
        }
    return pickle.dumps((json.loads(made.json.read_text()), found))


def judged(
    document: Any, found: dict[str, bytes] | None, intent: Intent = INTENT
) -> Judgement | str:
    """A judgement, or the sentence that says why there is none; every other exception fails."""
    try:
        return judge(document, found, intent)
    except CannotJudgeError as error:
        said = str(error)
        assert said.endswith(".")
        assert "\n" not in said
        return said


def _places(top: Any) -> list[Place]:
    found: list[Place] = []
    waiting = [top]
    while waiting:
        one = waiting.pop()
        for key, value in one.items() if isinstance(one, dict) else enumerate(one):
            found.append((one, key))
            if isinstance(value, dict | list):
                waiting.append(value)
    return found


JSON = st.one_of(
    st.sampled_from(["", "x", "10.0.0.0/8", "tcp", "-1", "${a}", "[", "\ud800", 443, -1, 10**40]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
        ),
        max_leaves=4,
    ),
)
EDITS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), JSON), min_size=1, max_size=8)
FUZZED = settings(
    derandomize=True,
    max_examples=150,
    deadline=None,  # the time of one example says more of the machine than of the code
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def _where(document: dict[str, Any], part: str) -> Any:
    if part == "document":
        return document
    entries = document["resource_changes"]
    return entries if part == "entries" else [entry["change"] for entry in entries]


@FUZZED
@given(edits=EDITS, part=st.sampled_from(["document", "entries", "values"]), alone=st.booleans())
def test_random_json_anywhere_in_a_plan(
    good: bytes, edits: list[tuple[float, Any]], part: str, *, alone: bool
) -> None:
    document, found = pickle.loads(good)  # noqa: S301 # made by this test
    for share, value in edits:
        places = _places(_where(document, part))
        holder, key = places[int(share * len(places))]
        holder[key] = copy.deepcopy(value)
    event("refused" if isinstance(judged(document, None if alone else found), str) else "judged")


@FUZZED
@given(shares=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=8))
def test_keys_missing_anywhere_in_a_plan(good: bytes, shares: list[float]) -> None:
    document, found = pickle.loads(good)  # noqa: S301 # made by this test
    for share in shares:
        places = _places(document)
        holder, key = places[int(share * len(places))]
        del holder[key]
    event("refused" if isinstance(judged(document, found), str) else "judged")


ENTRY = resource("aws_lb.a", {"id": "x"})
SHAPES: dict[str, list[Any]] = {
    "no-entry": [1],
    "no-change": [{**ENTRY, "change": None}],
    "no-actions": [{**ENTRY, "change": {"after": {}}}],
    "nested-actions": [{**ENTRY, "change": {"actions": [["create"]]}}],
    "no-module": [{**ENTRY, "module_address": "modul.a"}],
    "open-index": [{**ENTRY, "module_address": 'module.a["x'}],
    "module-list": [{**ENTRY, "module_address": ["module.a"]}],
    "index-object": [{**ENTRY, "index": {"a": 1}}],
    "no-type": [{**ENTRY, "type": None}],
    "twice": [ENTRY, ENTRY],
}


@pytest.mark.parametrize("name", SHAPES)
def test_an_entry_of_no_known_shape(name: str) -> None:
    assert isinstance(judged(plan(ENTRY), None), Judgement)
    said = judged(plan(*SHAPES[name]), None)
    assert isinstance(said, str)
    assert not said.startswith("The plan is malformed"), "it is not said which part of it"


def test_what_is_planned_without_a_change_is_not_passed_over() -> None:
    """Without its entry a resource would be nothing that the gate looks at."""
    root = {"resources": [ENTRY], "child_modules": [{"resources": [{**ENTRY, "address": "b"}]}]}
    document = plan(ENTRY, planned_values={"root_module": root})
    said = judged(document, None)
    assert isinstance(said, str)
    assert "planned_values hold b" in said


def test_memory_that_runs_out_is_not_taken_for_a_malformed_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("policy.judge.Plan", exhausted)
    with pytest.raises(MemoryError):
        judge(plan(), None, VPN)


def test_what_is_malformed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbling(*_: object) -> None:
        raise TypeError("unhashable\ntype")

    monkeypatch.setattr("policy.judge.Plan", stumbling)
    said = judged(plan(), None)
    assert isinstance(said, str)
    assert said.startswith("The plan is malformed: what stumbling reads has no shape that")
    assert "(TypeError: unhashable type)" in said


LB = 'resource "aws_lb" "front" {\n  security_groups = [aws_security_group.g.id]\n}\n'
GOOD = files(LB + 'resource "aws_security_group" "g" {}\n')
BROKEN: dict[str, dict[str, bytes]] = {
    "not-utf-8": {**GOOD, "m-/main.tf": b'resource "aws_lb" "\xff" {}'},
    "no-hcl": {**GOOD, "m-/main.tf": b"resource {{{"},
    "no-labels": {**GOOD, "m-/main.tf": b"resource {}\n"},
    "json-list": {**GOOD, "m-/main.tf.json": b"[1]"},
    "json-deep": {**GOOD, "m-/main.tf.json": b'{"locals":' + b"[" * 99_999 + b"]" * 99_999 + b"}"},
    "no-modules-json": {"m-/main.tf": GOOD["m-/main.tf"]},
    "modules-object": {**GOOD, "modules.json": b'{"Key": ""}'},
    "modules-number": {**GOOD, "modules.json": b"1"},
    "modules-no-key": {**GOOD, "modules.json": b'[{"Dir": "."}]'},
    "modules-deep": {**GOOD, "modules.json": b"[" * 100_000},
    "stray-module": {**GOOD, "m-x/main.tf": b""},
    "deep-brackets": {**GOOD, "m-/a.tf": b"locals {\n a = " + b"[" * 5_000 + b"]" * 5_000 + b"\n}"},
}


def test_the_configuration_before_it_is_broken_is_read() -> None:
    document = plan(balancer(None), group("g"), rule(0, "10.0.0.0/8"))
    said = judged(document, GOOD, VPN)
    assert isinstance(said, Judgement)
    assert "alb-ingress" not in {one.requirement for one in said.findings}


@pytest.mark.parametrize("name", BROKEN)
def test_a_configuration_that_cannot_be_read(name: str) -> None:
    said = judged(plan(balancer(None), group("g")), BROKEN[name], VPN)
    assert isinstance(said, str)
    assert "configuration cannot be read" in said


def test_a_configuration_that_lacks_a_module_proves_nothing() -> None:
    """The called module's files are not there, so what it hands out is worth nothing."""
    root = 'resource "aws_lb" "front" {\n  security_groups = [module.m.id]\n}\nmodule "m" {}\n'
    said = judged(plan(balancer(None), group("g")), files(root), VPN)
    assert isinstance(said, Judgement)
    assert "alb-ingress" in {one.requirement for one in said.findings}


NAMES = (
    "r\u202e",
    "r\x1b[2J",
    "r\n",
    "\ud800",
    "r" * 100_000,
    "",
    "\uff41ws",
    "r\u0000",
    "r\u200b",
)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:12])
def test_a_name_that_plays_tricks_hides_no_rule(name: str) -> None:
    open_rule = rule(0, "0.0.0.0/0")
    open_rule |= {"address": f"aws_vpc_security_group_ingress_rule.{name}", "name": name}
    said = judged(plan(balancer([GROUP]), group("g"), open_rule), None, VPN)
    assert isinstance(said, Judgement)
    assert "alb-ingress" in {one.requirement for one in said.findings}
