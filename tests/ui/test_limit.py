"""How long a text may be: what is safe for the model, in the characters that people count."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.node import call

LIMIT = "ui/app/text/limit.js"
PROMPT = "ui/app/translation/prompt.js"
LANGUAGES = "ui/app/translation/languages.js"
TOKENS = "ui/app/text/tokens.js"

ENGLISH = (
    "The meeting about the new house of our friends will be at nine in the morning, as it was. "
)
CHINESE = "我们明天早上九点在办公室开会,讨论今年的工作计划。"
FAMILY = "👨\u200d👩\u200d👧\u200d👦"


def measured(text: str, source: str, context: int = 4096, **more: Any) -> dict[str, Any]:
    overhead = call(PROMPT, "overheadTokens", {"source": source, "target": "de", "text": text})
    room = {"source": source, "contextLength": context, "overheadTokens": overhead}
    return call(LIMIT, "measure", text, {**room, **more})


@pytest.mark.parametrize(
    ("source", "limit"), [("en", 9_400), ("auto", 9_400), ("zh-Hans", 2_300), ("de", 6_800)]
)
def test_what_may_be_written_is_known_before_a_word_is(source: str, limit: int) -> None:
    """The English and the Chinese one as measured, at a context of 4096 tokens."""
    assert measured("", source) == {"count": 0, "limit": limit, "level": "empty", "tokens": 0}


@pytest.mark.parametrize(
    ("text", "source", "safe"),
    [(ENGLISH, "en", 9_300), (ENGLISH, "auto", 9_300), (CHINESE, "zh-Hans", 2_250)],
)
def test_a_writer_is_warned_from_four_fifths_of_it(text: str, source: str, safe: int) -> None:
    long = text * 200

    assert measured(long[: safe * 7 // 10], source)["level"] == "fine"
    assert measured(long[: safe * 17 // 20], source)["level"] == "near"
    assert measured(long[:safe], source)["level"] == "near"
    assert measured(long[: safe + 400], source)["level"] == "over"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (CHINESE * 110, "en"),
        (CHINESE * 110, "auto"),
        (ENGLISH * 60 + CHINESE * 60, "en"),
        ("😀" * 2_500, "en"),
        (FAMILY * 500, "en"),
        ("e\u0301\u0300\u0302\u0303" * 1_000, "en"),
        ("ᚠᛇᚻ᛫ᛒᛦᚦ" * 100, "auto"),
        ("4711, " * 1_000, "en"),
        ("\ud83d" * 3_000, "en"),
        ("𐌰𐌱𐌲" * 200, "en"),
    ],
)
def test_a_text_is_judged_by_what_it_holds_and_not_by_what_it_is_called(
    text: str, source: str
) -> None:
    done = measured(text, source)

    assert done["level"] == "over"
    assert done["limit"] < done["count"] < 9_400


@pytest.mark.parametrize("source", ["en", "auto"])
def test_the_limit_stands_still_while_an_ordinary_text_is_written(source: str) -> None:
    letter = (
        "We have received your order of 14 March and would like to confirm it. Our agent will call "
        "you at +44 20 7946 0958 on Friday; see https://www.example.com/orders?a=1 for details. "
    ) * 60

    limits = [measured(letter[:length], source)["limit"] for length in range(1, 10_000, 70)]

    assert all(limit % 100 == 0 for limit in limits)
    assert len(set(limits[: 3_000 // 70])) == 1
    changes = sum(a != b for a, b in pairwise(limits))
    assert changes <= 6


def test_a_text_of_a_recognised_language_has_that_languages_limit() -> None:
    german = "Wir haben Ihre Bestellung erhalten und möchten sie hiermit bestätigen. " * 20

    assert measured(german, "auto")["limit"] == measured(german, "de")["limit"] == 6_800


def test_what_it_takes_is_told_in_the_characters_that_people_count() -> None:
    done = measured(FAMILY * 100, "en")

    assert done["count"] == 100
    assert done["tokens"] > 500
    assert done["level"] == "fine"


def test_a_language_that_takes_more_room_than_its_text_leaves_less() -> None:
    short = measured("", "en", target="my")["limit"]

    assert measured("", "en", target="de")["limit"] == measured("", "en")["limit"] == 9_400
    assert 4_500 < short < 6_000
    assert measured(ENGLISH * 80, "en", target="my")["level"] == "over"


@pytest.mark.parametrize("target", ["de", "zh-Hans", "my", "ar"])
@pytest.mark.parametrize("context", [1024, 2048, 4096, 8192, 32768])
def test_text_and_translation_fit_the_context(context: int, target: str) -> None:
    """By what each takes on average: the text at its limit, and as much again as a tenth more."""
    limit = measured("", "en", context, target=target)["limit"]
    tokens = limit / call(TOKENS, "charactersPerToken", "en")
    share = call(TOKENS, "expansion", "en", target)

    assert tokens * (1 + 1.1 * share) + 80 < context


@given(
    st.text(max_size=60),
    st.integers(1, 400),
    st.sampled_from(["en", "auto", "hi", "zh-Hans", "vi"]),
    st.sampled_from([1024, 4096]),
)
@settings(max_examples=150, deadline=None)
def test_what_may_be_sent_passes_the_guard(
    block: str, times: int, source: str, context: int
) -> None:
    """Which takes no more than three characters for a token of the context."""
    text = block * times
    done = measured(text, source, context)
    assert (done["level"] == "over") == (done["count"] > done["limit"])
    if done["level"] == "over" or not text.strip():
        return
    wanted = {"source": source, "target": "de", "text": text, "model": "m"}
    prompt = call(PROMPT, "request", wanted)["prompt"]
    assert len(prompt.encode("utf-16-le", "surrogatepass")) // 2 <= 3 * context


def test_beside_a_long_glossary_too() -> None:
    """Whose tokens are up to four and a half characters long, as the prompt's tests show."""
    room = {"source": "en", "contextLength": 4096, "overheadTokens": 2_300}
    limit = call(LIMIT, "measure", ENGLISH * 100, room)["limit"]

    assert 1_000 < limit <= 3 * 4096 - 4.5 * 2_300


def test_without_room_nothing_may_be_sent() -> None:
    assert measured("a", "en", context=60) == {
        "count": 1,
        "limit": 0,
        "level": "over",
        "tokens": 1,
    }


@pytest.mark.parametrize("text", [" ", "\n\n", "\u3000"])
def test_white_space_is_nothing_to_translate(text: str) -> None:
    assert measured(text, "en")["level"] == "empty"


def test_every_language_is_measured() -> None:
    """One that were not would count as English, the least dense of all."""
    languages = call(LANGUAGES, "LANGUAGES")
    per_token = {code: call(TOKENS, "charactersPerToken", code) for code in languages}
    longer = {code: call(TOKENS, "expansion", "en", code) for code in languages}

    assert [code for code in languages if code != "en" and per_token[code] == 5.9] == []
    assert [code for code in languages if code != "en" and longer[code] == 1] == []
    assert all(1 < each <= 5.9 for each in per_token.values())
    assert all(0.9 < each < 4 for each in longer.values())
    assert call(TOKENS, "charactersPerToken", "auto") == 5.9


@pytest.mark.parametrize(
    ("text", "source", "tokens"),
    [
        ("Hello world, this is a test of 12,345.67 €.", "en", 19),
        ("Alle Menschen sind frei und gleich an Würde und Rechten geboren.", "de", 14),
        ("人人生而自由,在尊严和权利上一律平等。", "zh-Hans", 14),
        ("ᚠᛇᚻ᛫ᛒᛦᚦ᛫ᚠᚱᚩᚠᚢᚱ", "auto", 42),
        ("1234567890" * 50, "en", 500),
        (FAMILY, "en", 7),
    ],
)
def test_an_estimate_is_near_what_gemmas_tokenizer_counts(
    text: str, source: str, tokens: int
) -> None:
    """Each number is what llama.cpp counted with Gemma 3's vocabulary."""
    assert 0.75 * tokens < call(TOKENS, "estimateTokens", text, source) < 1.25 * tokens
