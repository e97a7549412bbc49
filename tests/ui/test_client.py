"""A request comes to its end, whatever the API does, and the server's work ends with it."""

import json
from typing import Any

import pytest

from tests.ui.node import call

SCENARIOS = "tests/ui/scenarios/client.mjs"


def failure(kind: str, detail: str = "", retry_after: int | None = None) -> dict[str, Any]:
    return {"name": "Failure", "kind": kind, "detail": detail, "retryAfter": retry_after}


def test_a_translation_arrives_piece_by_piece() -> None:
    came = call(SCENARIOS, "complete")

    assert came["pieces"] == ["Guten ", "Tag"]
    assert came["failure"] is None


def test_the_api_is_sent_nothing_but_the_body() -> None:
    sent = call(SCENARIOS, "complete")["sent"]

    assert (sent["method"], sent["path"]) == ("POST", "/api/generate")
    assert sent["headers"]["content-type"] == "application/json"
    assert {"cookie", "authorization"}.isdisjoint(sent["headers"])
    assert sent["body"] == {"model": "m", "prompt": "p", "stream": True}


def error(sentence: str) -> str:
    return json.dumps({"error": sentence})


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        # As modules/host/files/guard.js and nginx.conf.tftpl say them.
        (400, error("the text must have no more than 12288 characters"), "too-long"),
        (400, error("model must be gemma3n:e4b"), "settings"),
        (400, error("options may hold temperature, but not num_ctx"), "server"),
        (403, error("this page may not use the translator"), "refused"),
        (404, error("there is nothing here"), "server"),
        (405, error("this method is not allowed here"), "server"),
        (413, error("the text is too long"), "too-long"),
        (502, error("the model does not answer"), "loading"),
        (504, error("the model did not answer in time"), "loading"),
        # As Ollama says them.
        (400, error("input length exceeds the context length"), "too-long"),
        (404, error('model "gemma3n:e4b" not found, try pulling it first'), "loading"),
        (404, error("model 'gemma3n:e4b' not found"), "loading"),
        (500, error("llama runner process has terminated"), "server"),
    ],
)
def test_a_refusal_is_told_by_its_status_and_sentence(
    status: int, text: str, expected: str
) -> None:
    reply = {"status": status, "headers": {"Content-Type": "application/json"}, "text": text}

    assert call(SCENARIOS, "answered", reply) == failure(expected, json.loads(text)["error"])


@pytest.mark.parametrize(
    ("status", "sentence", "kind"),
    [
        (429, "too many requests at once from this address; try again in some seconds", "busy"),
        (503, "the translator is busy; try again in some seconds", "busy"),
        (503, "server busy, please try again.  maximum pending requests exceeded", "busy"),
        (503, "the instance is starting", "loading"),
        (503, "the model is loading", "loading"),
    ],
)
def test_a_wait_is_as_long_as_the_api_says(status: int, sentence: str, kind: str) -> None:
    reply = {"status": status, "headers": {"Retry-After": "17"}, "text": error(sentence)}

    assert call(SCENARIOS, "answered", reply) == failure(kind, sentence, 17)


@pytest.mark.parametrize(("status", "seconds"), [(429, 5), (503, 10)])
def test_a_busy_api_that_does_not_say_how_long_is_waited_for_too(status: int, seconds: int) -> None:
    reply = {"status": status, "headers": {}, "text": ""}

    assert call(SCENARIOS, "answered", reply) == failure("busy", str(status), seconds)


def test_an_error_in_html_is_told_by_its_status() -> None:
    page = "<html><head><title>504 Gateway Time-out</title></head></html>"
    reply = {"status": 504, "headers": {"Content-Type": "text/html"}, "text": page}

    assert call(SCENARIOS, "answered", reply) == failure("loading", "504")


def test_an_error_that_never_ends_is_not_read_to_its_end() -> None:
    came = call(SCENARIOS, "endlessError")

    assert came["failure"] == failure("server", "500")
    assert came["megabytes"] < 50


NOW = 1_445_412_470_000
"""Wed, 21 Oct 2015 07:27:50 GMT, in milliseconds."""


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17),
        (" 17 ", 17),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 10),
        # Bounded.
        ("0", 1),
        ("Wed, 21 Oct 2015 07:00:00 GMT", 1),
        ("86400", 300),
        ("9" * 400, 300),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 300),
        # Neither seconds nor a date.
        (None, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("5; 2015", None),
        ("no day at all GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: int | None) -> None:
    assert call(SCENARIOS, "waits", {"headers": [header], "now": NOW}) == [seconds]


def test_what_came_before_an_error_in_the_stream_is_given() -> None:
    lines = '{"response":"Guten "}\n{"error":"out of memory"}\n'

    assert call(SCENARIOS, "streamed", {"lines": lines}) == {
        "pieces": ["Guten "],
        "failure": failure("model-error", "out of memory"),
    }


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ('{"response":"Guten "}\n', "broken"),
        ('{"response":"Guten "}\n{"response":"","done":true,"done_reason":"length"}\n', "cut-off"),
        ("<!DOCTYPE html><title>Please log in</title>", "unreadable"),
    ],
)
def test_a_stream_without_the_models_own_end_is_a_failure(lines: str, kind: str) -> None:
    came = call(SCENARIOS, "streamed", {"lines": lines})

    assert came["failure"]["kind"] == kind


def test_what_came_before_the_connection_was_cut_is_given() -> None:
    assert call(SCENARIOS, "cut") == {"pieces": ["Guten "], "failure": failure("broken")}


def test_a_slow_dribble_is_a_stream_too() -> None:
    assert call(SCENARIOS, "dribble") == {"pieces": ["ü"], "failure": None}


@pytest.mark.parametrize(("when", "pieces"), [("before", []), ("within", ["Guten "])])
def test_an_abort_ends_the_servers_work(when: str, pieces: list[str]) -> None:
    came = call(SCENARIOS, "aborted", {"when": when})

    assert came["pieces"] == pieces
    assert came["failure"]["name"] == "AbortError"
    assert came["serverSawIt"]


def test_leaving_the_loop_ends_the_servers_work() -> None:
    assert call(SCENARIOS, "abandoned")["serverSawIt"]


def test_what_is_aborted_before_is_never_sent() -> None:
    came = call(SCENARIOS, "abortedBefore")

    assert came["failure"]["name"] == "AbortError"
    assert came["calls"] == 0


def test_a_model_may_take_long_where_its_api_still_answers() -> None:
    assert call(SCENARIOS, "slowToBegin") == {"pieces": ["Tag"], "failure": None}


def test_nothing_is_asked_once_a_translation_has_ended() -> None:
    assert call(SCENARIOS, "quietAfterwards") == 0


def test_an_api_behind_a_firewall_that_drops_packets_is_not_waited_for() -> None:
    assert call(SCENARIOS, "silenced", {"pieces": []}) == {
        "pieces": [],
        "failure": failure("unreachable"),
        "serverSawIt": True,
    }


def test_a_connection_that_died_without_a_word_is_broken() -> None:
    assert call(SCENARIOS, "silenced", {"pieces": ["Guten "]}) == {
        "pieces": ["Guten "],
        "failure": failure("broken"),
        "serverSawIt": True,
    }


def test_where_nobody_listens_the_api_is_unreachable() -> None:
    assert call(SCENARIOS, "nobody") == failure("unreachable")


def test_a_text_does_not_follow_a_redirect() -> None:
    came = call(SCENARIOS, "redirected")

    assert came["seen"] == 0
    assert came["pieces"] == []
    assert came["failure"]["name"] == "Failure"
