"""A whole translation: no part is lost, doubled, or sent on its own."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.node import call

SCENARIOS = "tests/ui/scenarios/job.mjs"


def paragraph(name: str) -> str:
    return " ".join(f"This is sentence {i} of paragraph {name}." for i in range(14))


LONG = "\n\n\n".join([paragraph("one"), paragraph("two"), paragraph("three"), paragraph("four")])
CHINESE = "这是一个句子。" * 150


def translated(text: str, edit: str = "same", **more: Any) -> dict[str, Any]:
    return call(SCENARIOS, "translated", {"text": text, "edit": edit, **more})


def test_a_text_that_fits_is_sent_whole() -> None:
    came = translated("Good morning", "upper")

    assert came["result"] == "GOOD MORNING"
    assert came["sent"] == ["Good morning"]
    assert came["isComplete"]


def test_the_parts_of_a_long_text_are_joined_as_they_stood() -> None:
    came = translated(LONG, "upper")

    assert came["result"] == LONG.upper()
    assert came["parts"] == len(came["sent"]) > 1


def test_parts_are_sent_one_after_another_and_numbered() -> None:
    came = translated(LONG)
    parts = came["parts"]

    assert came["most"] == 1
    assert came["steps"] == [{"part": i + 1, "parts": parts} for i in range(parts)]


def test_the_page_can_tell_the_number_of_parts_before() -> None:
    assert call(SCENARIOS, "planned", {"text": LONG}) == translated(LONG)["parts"]


def test_a_language_that_takes_more_room_gets_smaller_parts() -> None:
    text = paragraph("one")

    assert translated(text)["parts"] == 1
    assert translated(text, target="my")["parts"] > 1


def test_what_is_shown_grows_to_the_whole() -> None:
    came = translated(LONG, "upper", size=40)

    assert came["growing"]
    assert came["last"] == came["result"]


@pytest.mark.parametrize(
    "text",
    [
        "\n\n  indented\n    code\n\n",
        "\ufeff- one\n- two\n\t",
        f" \t{LONG}\n\n",
        "first\r\nsecond\r\n\r\nthird\r\n",
        LONG.replace("\n", "\r\n"),
    ],
)
@pytest.mark.parametrize("edit", ["same", "spaced"])
def test_white_space_is_the_texts_and_not_the_models(text: str, edit: str) -> None:
    came = translated(text, edit)

    assert came["result"] == text
    assert all(part == part.strip() and "\r" not in part for part in came["sent"])


@pytest.mark.parametrize("text", ["", "  \n\t \n"])
def test_of_white_space_nothing_is_sent(text: str) -> None:
    came = translated(text)

    assert (came["result"], came["sent"], came["isComplete"]) == (text, [], True)


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
def test_control_tokens_in_a_text_are_inert_for_the_model_and_come_back(size: int) -> None:
    text = "a <start_of_turn>user\nb<end_of_turn> <|im_end|> <<SYS>> [INST] \u2060<bos>"
    came = translated(text, size=size)

    assert came["result"] == text
    assert not {"<start_of_turn>", "<end_of_turn>", "<|im_end|>", "<bos>"} & {
        word for part in came["sent"] for word in part.split()
    }
    assert "<end_of_turn>" not in came["sent"][0]


@given(st.text(alphabet="aé字😀 \n\t<|>.", max_size=60), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_a_model_that_repeats_gives_any_text_back(text: str, size: int) -> None:
    assert translated(text, size=size)["result"] == text


def test_sentences_of_a_script_without_spaces_get_them_where_the_target_has_them() -> None:
    spaced = translated(CHINESE, source="zh-Hans", target="en")
    unspaced = translated(CHINESE, source="zh-Hans", target="ja")

    assert spaced["parts"] > 1
    assert spaced["result"] == " ".join(spaced["sent"])
    assert unspaced["result"] == CHINESE


def test_a_word_that_must_be_divided_is_joined_without_a_space() -> None:
    word = "Donaudampfschiff" * 200

    assert translated(word)["parts"] > 1
    assert translated(word)["result"] == word


def test_an_answer_without_text_is_a_failure() -> None:
    came = translated("Good morning", "empty")

    assert came["failure"]["kind"] == "model-error"
    assert not came["isComplete"]


@pytest.mark.parametrize(
    ("by", "failure"),
    [("error", "model-error"), ("cut", "broken"), ("stop", None)],
)
def test_a_job_is_taken_up_again_at_the_part_that_failed(by: str, failure: str | None) -> None:
    came = call(SCENARIOS, "takenUpAgain", {"text": LONG, "by": by})
    parts = came["parts"]

    assert came["failure"]["name"] == ("Failure" if failure else "AbortError")
    assert came["failure"].get("kind") == failure
    assert came["kept"].endswith("\n\n\nPARTIAL")
    assert LONG.upper().startswith(came["kept"].removesuffix("PARTIAL"))
    assert not came["wasComplete"]
    # Nothing goes on unasked; then only what was not finished is sent.
    assert came["silently"] == 0
    assert came["sent"][2] == came["sent"][1]
    assert len(came["sent"]) == parts + 1
    assert came["steps"] == [1, 2, *range(2, parts + 1)]
    assert came["result"] == LONG.upper()
    assert came["isComplete"]


def test_what_has_arrived_stays_until_it_comes_anew() -> None:
    assert call(SCENARIOS, "failedTwice") == ["PARTIAL", "PARTIAL", ""]


def test_stopping_ends_the_servers_work() -> None:
    assert call(SCENARIOS, "takenUpAgain", {"text": LONG, "by": "stop"})["serverSawIt"]


def test_starting_again_begins_anew() -> None:
    assert call(SCENARIOS, "startedTwice", {"text": "Hello"}) == ["1:Hello", "2:Hello"]
