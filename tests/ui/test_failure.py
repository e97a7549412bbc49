"""Each way in which a translation fails is of one kind, with what the other side said."""

import pytest

from tests.ui.node import Thrown, call

FAILURE = "ui/app/translation/failure.js"
PROBES = "tests/ui/probes.mjs"


def test_a_failure_says_its_kind_and_whether_to_try_again() -> None:
    assert call(PROBES, "failure", "busy", {"detail": "limit", "retryAfter": 7}) == {
        "isError": True,
        "name": "Failure",
        "message": "busy: limit",
        "kind": "busy",
        "detail": "limit",
        "retryAfter": 7,
        "retryable": True,
    }


def test_only_what_another_try_can_mend_is_tried_again() -> None:
    kinds = call(FAILURE, "KINDS")
    final = {kind for kind in kinds if not call(PROBES, "failure", kind, {})["retryable"]}

    assert final == {"refused", "too-long", "cut-off", "unknown-language"}
    assert len(kinds) == 15


def test_there_is_no_failure_of_another_kind() -> None:
    with pytest.raises(Thrown, match="nonsense") as caught:
        call(PROBES, "failure", "nonsense", {})
    assert caught.value.name == "TypeError"
