"""A long text is cut where a reader would cut it, and nothing of it is lost."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.ui.node import call

SPLIT = "ui/app/text/split.js"
PROBES = "tests/ui/probes.mjs"

pieces = st.sampled_from(
    [
        *("word", "a", "Dr. No.", "x@example.com", "https://example.com/a?b=c", "今日は。", "สวัสดี"),
        *(" ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\t", "\u00a0", "\u2029", "\ufeff", "."),
        *(
            "👨\u200d👩\u200d👧",
            "e\u0301\u0301\u0301",
            "\ud83d",
            "\udc69",
            "🇩🇪",
            "क्ष",
            "각",
            "\x00",
        ),
    ]
)
WHITE_SPACE = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""JavaScript's; Python's is another."""

texts = st.lists(pieces | st.text(max_size=3), max_size=60).map("".join)


def splitting(text: str, by: str, limit: Any, locale: str = "en") -> dict[str, Any]:
    return call(PROBES, "splitting", text, locale, by, limit)


def cut(text: str, limit: int, locale: str = "en") -> list[tuple[str, str]]:
    found = splitting(text, "characters", limit, locale)["parts"]
    return [(part["text"], part["gap"]) for part in found]


@given(texts, st.integers(1, 40), st.sampled_from(["units", "characters", "erratic"]))
@example("  \n" * 30, 5, "units")
@example("e" + "\u0301" * 50, 7, "units")
@example("👩" * 20, 1, "units")
@example("\ud83d \udc69", 1, "units")
@settings(max_examples=400, deadline=None)
def test_no_character_is_lost_and_every_part_fits(text: str, limit: int, by: str) -> None:
    done = splitting(text, by, limit)

    assert done["isWhole"]
    # A single code point may take more than there is; nothing smaller can be sent.
    assert all(len(part.encode("utf-16-le", "surrogatepass")) <= 4 for part in done["tooLong"])
    assert all(part["gap"].strip(WHITE_SPACE) == "" for part in done["parts"])
    assert all(part["text"] == part["text"].lstrip(WHITE_SPACE) for part in done["parts"][1:])
    assert all(part["text"] for part in done["parts"][1:])
    assert not any(
        before["gap"] == ""
        and "\ud800" <= before["text"][-1:] <= "\udbff"
        and "\udc00" <= after["text"][:1] <= "\udfff"
        for before, after in pairwise(done["parts"])
    )


@given(texts, st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_translations_of_the_parts_stand_where_their_texts_stood(text: str, limit: int) -> None:
    parts = splitting(text, "characters", limit)["parts"]
    translated = [{**part, "text": f"<{number}>"} for number, part in enumerate(parts)]

    assert call(SPLIT, "join", translated) == "".join(
        f"<{number}>{part['gap']}" for number, part in enumerate(parts)
    )


def test_what_fits_stays_whole() -> None:
    assert cut("One. Two.\n\nThree. \n", 100) == [("One. Two.\n\nThree.", " \n")]
    assert cut("", 5) == []


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n"])
def test_a_paragraphs_end_comes_first(end: str) -> None:
    assert cut(f"One. Two\nthree.{end}Four. Five.", 20) == [
        ("One. Two\nthree.", end),
        ("Four. Five.", ""),
    ]


def test_then_a_lines() -> None:
    assert cut("One.\n\nTwo.\nThree three", 16) == [("One.", "\n\n"), ("Two.\nThree three", "")]
    assert cut("- one. Two\n- three. Four five", 22) == [
        ("- one. Two", "\n"),
        ("- three. Four five", ""),
    ]


@pytest.mark.parametrize(
    ("locale", "text", "limit", "expected"),
    [
        ("en", "It is one. It is two. It is three.", 25, ["It is one. It is two.", "It is three."]),
        ("zh-Hans", "今天很好。明天也好。后天呢?", 7, ["今天很好。", "明天也好。", "后天呢?"]),
        ("ja", "今日は晴れ。明日は雨。", 8, ["今日は晴れ。", "明日は雨。"]),
        ("hi", "यह एक है। यह दो है।", 8, ["यह एक है।", "यह दो है।"]),
        ("ar", "كيف حالك؟ أنا بخير.", 13, ["كيف حالك؟", "أنا بخير."]),
    ],
)
def test_then_a_sentences(locale: str, text: str, limit: int, expected: list[str]) -> None:
    done = splitting(text, "characters", limit, locale)["parts"]

    assert [part["text"] for part in done] == expected
    assert all(part["isSentence"] for part in done)


def test_then_a_words_and_an_address_is_none() -> None:
    assert cut("see jane.doe@example.com or https://example.com/a-b", 25) == [
        ("see jane.doe@example.com", " "),
        ("or", " "),
        ("https://example.com/a-b", ""),
    ]
    assert cut("10\u00a0000 euros", 6) == [("10\u00a0000", " "), ("euros", "")]
    assert [text for text, _ in cut("ภาษาไทยง่ายนิดเดียว", 8, "th")] == ["ภาษาไทย", "ง่ายนิด", "เดียว"]


def test_in_the_end_between_two_characters() -> None:
    family = "👨\u200d👩\u200d👧\u200d👦"
    done = splitting(family * 5, "characters", 2)["parts"]

    assert [part["text"] for part in done] == [family * 2, family * 2, family]
    assert [part["isSentence"] for part in done] == [False, False, True]


def test_white_space_that_is_too_long_is_sent_to_nobody() -> None:
    assert cut(" " * 50 + "word", 10) == [("", " " * 50), ("word", "")]
    assert cut("\n word", 10) == [("\n word", "")]
    assert cut("\n" * 50, 10) == [("", "\n" * 50)]


@pytest.mark.parametrize(
    "block",
    [
        "A sentence of some words. Another one follows it here, and it is longer.\n\n",
        "no end of words ",
        "x",
        "\n",
        "a\n\n",
        "👨\u200d👩\u200d👧\u200d👦",
        "今天很好。",
        "Title\n" + "word " * 400 + "\n",
    ],
)
@pytest.mark.parametrize("limit", [60, 900])
def test_work_grows_with_the_text_and_no_faster(block: str, limit: int) -> None:
    """Counted in characters that the limit was asked about, not in time."""
    small = call(PROBES, "splittingRepeated", block, 40_000 // len(block), limit)
    large = call(PROBES, "splittingRepeated", block, 160_000 // len(block), limit)

    for done in (small, large):
        assert done["isWhole"]
        assert done["tooLong"] == 0
        assert done["asked"] < 16 * done["length"]
    assert large["asked"] < 5 * small["asked"]


@pytest.mark.parametrize("source", ["en", "auto", "zh-Hans"])
def test_a_text_of_30000_characters_is_cut_into_parts_that_the_model_takes(source: str) -> None:
    paragraph = (
        "Das ist ein Satz. Is this one, too? 这也是一个句子。 Straße 😀 ok!\n\n- 1,000.00 €\n"
    )
    text = paragraph * (30_000 // len(paragraph) + 1)
    room = {"source": source, "contextLength": 4096, "overheadTokens": 100}
    done = splitting(text, "model", room)

    assert done["isWhole"]
    assert done["tooLong"] == []
    assert 4 < len(done["parts"]) < 30
