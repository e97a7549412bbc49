"""A lock is taken for a dead run's only if nobody else can have taken it."""

import datetime as dt
import json

import pytest

from harness.problem import Problem
from harness.runs import Run
from harness.state_lock import Lock, held, of_error, of_object

STARTED, CHANGED = "2026-03-01T10:00:00.000000+00:00", "2026-03-01T10:00:20.000000+00:00"
OURS = Run("apply", STARTED, "here", CHANGED)


def lock(created: str = "2026-03-01T10:00:05+00:00", who: str = "ada@here") -> Lock:
    return Lock("6f3b", who, "OperationTypeApply", dt.datetime.fromisoformat(created))


def test_the_lock_of_a_run_that_changed_something_is_its_own() -> None:
    assert lock().is_of(OURS, "here")


@pytest.mark.parametrize(
    ("taken", "run"),
    [
        (lock("2026-03-01T09:59:59+00:00"), OURS),  # it was there before the run began
        (lock("2026-03-01T10:00:21+00:00"), OURS),  # it was taken when the run held another
        (lock(who="ada@elsewhere"), OURS),
        (lock(), Run("apply", STARTED, "elsewhere", CHANGED)),
        (lock(), Run("apply", STARTED, "here")),  # it may still have waited for the lock
    ],
    ids=["older", "younger", "another machine's", "a copied record", "never changed anything"],
)
def test_any_other_lock_is_not(taken: Lock, run: Run) -> None:
    assert not taken.is_of(run, "here")


def test_a_lock_is_read_as_the_backend_writes_it() -> None:
    written = {
        "ID": "6f3b",
        "Operation": "OperationTypeApply",
        "Info": "",
        "Who": "ada@here",
        "Version": "1.11.4",
        "Created": "2026-03-01T10:00:05.123456789Z",
        "Path": "bucket/key",
    }
    found = of_object(json.dumps(written).encode())

    assert found.holder == "ada@here holds the state's lock since 2026-03-01 10:00:05 UTC (apply)"
    assert found.is_of(OURS, "here")
    with pytest.raises(Problem, match="is none"):
        of_object(b"<html>")


def test_a_lock_is_read_from_what_terraform_says() -> None:
    said = (
        "Error acquiring the state lock: ... Lock Info: ID: 6f3b Path: bucket/key Operation:"
        " OperationTypeApply Who: ada@here Version: 1.11.4 Created: 2026-03-01 10:00:05.1 +0000 UTC"
    )
    found = of_error(said)
    assert found is not None
    told = held(found, "ENV=prod")

    assert told.exit_code == 3
    assert str(told).startswith("ada@here holds the state's lock since 2026-03-01 10:00:05 UTC")
    assert "make recover ENV=prod UNLOCK=6f3b" in str(told)
    assert of_error("Error: no such host") is None
