"""The answer's lines are read however they arrive, and only the model's own end is an end."""

import base64
import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.node import call

PROBES = "tests/ui/probes.mjs"

WORDS = ["Grüße", " 👩🏽\u200d💻", "\n\n- 世界", '\t"quoted\\" {name}', "e\u0301", "\r\n", "שלום"]


def line(response: str, **more: Any) -> bytes:
    document = {"model": "m", "response": response, "done": False, **more}
    return json.dumps(document, ensure_ascii=False).encode() + b"\n"


DONE = line("", done=True, done_reason="stop")
ANSWER = b"".join(line(word) for word in WORDS) + DONE


def read(*chunks: bytes, broken: bool = False) -> dict[str, Any]:
    return call(PROBES, "reading", [base64.b64encode(chunk).decode() for chunk in chunks], broken)


@pytest.mark.parametrize(
    "answer",
    [
        ANSWER,
        ANSWER.replace(b"\n", b"\r\n"),
        ANSWER.replace(b"\n", b"\n\n \n"),
        ANSWER.rstrip(b"\n"),
        b"\xef\xbb\xbf" + ANSWER,
    ],
    ids=["as it is", "CRLF", "blank lines", "no last end", "with a byte order mark"],
)
def test_a_chunk_may_end_at_any_byte(answer: bytes) -> None:
    outcomes = call(PROBES, "readingCutAnywhere", base64.b64encode(answer).decode())

    assert outcomes == [{"pieces": WORDS, "failure": None, "detail": None}]


def test_escaped_surrogates_may_be_cut_too() -> None:
    answer = json.dumps({"response": "👩 \ud83d"}).encode() + b"\n" + DONE
    outcomes = call(PROBES, "readingCutAnywhere", base64.b64encode(answer).decode())

    assert outcomes == [{"pieces": ["👩 \ud83d"], "failure": None, "detail": None}]


@given(
    words=st.lists(st.text(min_size=1), max_size=6),
    cuts=st.lists(st.integers(0, 400), max_size=8),
    is_complete=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_any_text_in_any_chunks_is_what_was_sent(
    *, words: list[str], cuts: list[int], is_complete: bool
) -> None:
    body = b"".join(line(word) for word in words) + (DONE if is_complete else b"")
    places = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    done = read(*(body[a:b] for a, b in pairwise(places)))

    assert done["pieces"] == words
    assert done["failure"] == (None if is_complete else "broken")


@pytest.mark.parametrize("kept", range(0, len(ANSWER) - 1, 7))
def test_an_end_that_the_model_did_not_say_is_none(kept: int) -> None:
    """Where it ends between lines, within one, or within a character."""
    done = read(ANSWER[:kept])

    assert done["failure"] == "broken"
    assert done["pieces"] == WORDS[: len(done["pieces"])]


def test_a_connection_that_breaks_is_told_and_what_came_is_kept() -> None:
    assert read(line("Guten "), line("Tag"), broken=True) == {
        "pieces": ["Guten ", "Tag"],
        "failure": "broken",
        "detail": "",
    }


@pytest.mark.parametrize(
    ("last", "failure", "detail"),
    [
        (b'{"error":"CUDA out of memory"}\n', "model-error", "CUDA out of memory"),
        (b'{"error":{"message":"no","code":1}}', "model-error", "no"),
        (b'{"error":""}\n', "model-error", ""),
        (line("", done=True, done_reason="length"), "cut-off", ""),
        (b"<html>\n", "unreadable", "<html>"),
        (b"[]\n", "unreadable", "[]"),
        (b"null\n", "unreadable", "null"),
        (b'{"response":1}\n', "unreadable", '{"response":1}'),
        (b"\xff\xfe\n", "unreadable", ""),
        (b'{"response":"\xc3', "broken", ""),
        (b'{"response":"a', "broken", ""),
        (b"<html>", "unreadable", "<html>"),
        (b"1", "unreadable", "1"),
        (b'{"done":"true"}\n', "broken", ""),
        (b"", "broken", ""),
    ],
)
def test_each_fault_in_a_stream_has_its_kind(last: bytes, failure: str, detail: str) -> None:
    assert read(line("Guten "), last) == {
        "pieces": ["Guten "],
        "failure": failure,
        "detail": detail,
    }


def test_the_last_line_may_carry_text_and_nothing_after_it_counts() -> None:
    assert read(line("a"), line("b", done=True), line("c"), b"nonsense")["pieces"] == ["a", "b"]


def test_whoever_leaves_early_cancels_the_stream() -> None:
    assert call(PROBES, "leaving", base64.b64encode(line("a")).decode()) is True
