"""The exceptions file, and the findings that it takes away or adds."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from policy.checkov_run.answers import Answer, CheckovResult, Outcome
from policy.checkov_run.exceptions import (
    EXCEPTIONS,
    CheckException,
    ExceptionsError,
    load_exceptions,
)
from policy.checkov_run.judgement import findings
from policy.checkov_run.selection import Selection

TODAY = dt.date(2026, 3, 1)
ENTRY = """
[[exception]]
check = "CKV_AWS_7"
address = "aws_kms_key.a"
reason = "An asymmetric key cannot rotate."
owner = "platform"
expires = 2026-06-30
"""
ROTATION = CheckException(
    "CKV_AWS_7",
    "aws_kms_key.a",
    "An asymmetric key cannot rotate.",
    "platform",
    dt.date(2026, 6, 30),
)


def load(tmp_path: Path, text: str, selection: Selection) -> tuple[CheckException, ...]:
    path = tmp_path / "exceptions.toml"
    path.write_text(text)
    return load_exceptions(path, selection, today=TODAY, requirements={"alb-ingress"})


def result(outcome: Outcome, check: str = "CKV_AWS_7") -> CheckovResult:
    return CheckovResult((Answer(check, "Ensure it", "aws_kms_key.a", outcome),), 1, "3")


def test_an_entry_is_read(tmp_path: Path, selection: Selection) -> None:
    assert load(tmp_path, ENTRY, selection) == (ROTATION,)


def test_an_absent_file_holds_none(tmp_path: Path, selection: Selection) -> None:
    assert load_exceptions(tmp_path / "none.toml", selection, today=TODAY) == ()


def test_the_project_s_own_file_is_read(selection: Selection) -> None:
    own = load_exceptions(EXCEPTIONS, selection, today=dt.date(2026, 11, 1))
    assert all(len(one.reason) > 30 for one in own)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("CKV_AWS_7", "CKV_AWS_9999", "CKV_AWS_9999 at aws_kms_key.a .* is not chosen"),
        ("CKV_AWS_7", "CKV_AWS_144", "is not chosen"),
        ("CKV_AWS_7", "alb-ingress", "alb-ingress .* knows no exception"),
        ("CKV_AWS_7", "CKV_TRANSLATOR_1", "knows no exception"),
        ("An asymmetric key cannot rotate.", "  ", "must give its reason"),
        ('"platform"', '""', "must give its owner"),
        ('"platform"', "7", "must give its owner"),
        ("aws_kms_key.a", "", "must give its address"),
        ("2026-06-30", '"2026-06-30"', "expires as a date"),
        ("2026-06-30", "2026-06-30T00:00:00", "expires as a date"),
        ("2026-06-30", "2027-03-03", "a year ahead is the most"),
        ('owner = "platform"', "", "CKV_AWS_7 at aws_kms_key.a. lacks owner"),
        ("owner", "ticket", "(lacks owner|does not take ticket)"),
        ("[[exception]]", "[[exceptions]]", "entries alone"),
        ("[[exception]]", "[exception]", "entries alone"),
        ("[[exception]]", "[[exception]", "cannot be read as TOML"),
    ],
)
def test_a_wrong_entry_is_told_by_name(
    tmp_path: Path, selection: Selection, old: str, new: str, told: str
) -> None:
    with pytest.raises(ExceptionsError, match=told):
        load(tmp_path, ENTRY.replace(old, new), selection)


def test_the_same_exception_twice_is_refused(tmp_path: Path, selection: Selection) -> None:
    with pytest.raises(ExceptionsError, match="stands there twice"):
        load(tmp_path, ENTRY + ENTRY.replace("cannot", "can't"), selection)


def test_a_failed_check_refuses_with_its_mend(selection: Selection) -> None:
    (finding,) = findings(result("failed"), (), TODAY, selection)
    assert (finding.level, finding.address) == ("refused", "aws_kms_key.a")
    assert finding.message == "CKV_AWS_7: Ensure it."
    assert finding.mend == "Set enable_key_rotation = true."


def test_an_exception_excuses_its_check_at_its_address_alone(selection: Selection) -> None:
    assert findings(result("failed"), (ROTATION,), TODAY, selection) == ()
    elsewhere = replace(ROTATION, address="aws_kms_key.b")
    messages = [f.message for f in findings(result("failed"), (elsewhere,), TODAY, selection)]
    assert len(messages) == 2
    assert "is not needed" in messages[1]


def test_an_exception_holds_on_its_last_day_and_not_after(selection: Selection) -> None:
    last = ROTATION.expires
    assert findings(result("failed"), (ROTATION,), last, selection) == ()
    after = findings(result("failed"), (ROTATION,), last + dt.timedelta(days=1), selection)
    assert [f.message for f in after] == [
        "CKV_AWS_7: Ensure it.",
        "The exception for CKV_AWS_7 expired on 2026-06-30.",
    ]


def test_an_exception_that_nothing_needs_refuses(selection: Selection) -> None:
    (finding,) = findings(result("passed"), (ROTATION,), TODAY, selection)
    assert finding.level == "refused"
    assert "is not needed" in finding.message


def test_no_answer_refuses(selection: Selection) -> None:
    (finding,) = findings(result("unknown"), (), TODAY, selection)
    assert finding.message == "CKV_AWS_7: Ensure it (the plan does not show it)."
    assert findings(result("unknown"), (ROTATION,), TODAY, selection) == ()


def test_no_answer_is_accepted_where_the_check_says_why(selection: Selection) -> None:
    assert selection.chosen["CKV_AWS_286"].unknown
    assert findings(result("unknown", "CKV_AWS_286"), (), TODAY, selection) == ()
    assert len(findings(result("failed", "CKV_AWS_286"), (), TODAY, selection)) == 1
