"""The number of characters on the page, and the limit that depends on the language."""

import re

import pytest
from playwright.sync_api import expect

from tests.ui.browser.translator import Translator, said

REFERENCE = {
    "Good morning": 12,
    "👨‍👩‍👧‍👦": 1,  # a family of four, seven code points
    "👩🏽‍🚀👍🏿": 2,  # skin tones
    "🇩🇪🇫🇷🇪🇸🇸🇦": 4,  # flags, two code points each
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿": 1,  # Scotland, by tags
    "1️⃣#️⃣": 2,  # keycaps
    "e\u0301a\u0308\u0323": 2,  # combining marks
    "한국어": 3,  # Hangul, composed
    "\u1112\u1161\u11ab\u1100\u116e\u11a8": 2,  # Hangul, by its letters
    "नमस्ते": 3,
    "ｶﾞ漢字": 3,  # a mark of half width belongs to its letter
    "مرحبًا": 5,
    "a\r\nb": 3,
}
"""Texts and what Unicode's annex 29 counts in them, extended grapheme clusters."""


def number(translator: Translator) -> int:
    return int(re.sub(r"\D", "", translator.by_id("count").inner_text().partition(" of ")[0]))


def limit(translator: Translator) -> int:
    expect(translator.by_id("count")).to_contain_text(" of ")
    return int(re.sub(r"\D", "", translator.by_id("count").inner_text().partition(" of ")[2]))


def test_what_people_see_as_one_character_counts_as_one(translator: Translator) -> None:
    counted: dict[str, int] = {}
    for text in REFERENCE:
        # As it was typed: a field turns CR LF into one line break.
        translator.write(text)
        expect(translator.by_id("count")).to_contain_text(" of ")
        counted[text] = number(translator)

    assert counted == REFERENCE


@pytest.mark.parametrize(
    ("language", "sentence", "least", "most"),
    [
        ("English", "The house by the sea is sold tomorrow. ", 7000, 9400),
        ("Simplified Chinese", "海边的房子明天就要卖掉了。", 1500, 2400),
    ],
)
def test_the_limit_is_the_languages(
    translator: Translator, language: str, sentence: str, least: int, most: int
) -> None:
    translator.choose("source", language)
    expect(translator.by_id("source-language")).to_have_value(re.compile(language))
    translator.write(sentence)
    assert least <= limit(translator) <= most

    near = sentence * (limit(translator) * 9 // 10 // len(sentence))
    translator.write(near)
    expect(translator.by_id("advice")).to_have_text(str(said("count.near")))
    expect(translator.by_id("translate")).to_have_text(str(said("translate")))
    translator.write(near + near)
    expect(translator.by_id("translate")).to_have_text("Translate in 2 parts")


def test_a_text_is_judged_by_what_it_holds_whatever_its_language_is_called(
    translator: Translator,
) -> None:
    translator.choose("source", "English")
    translator.write("海边的房子明天就要卖掉了。" * 300)

    expect(translator.by_id("translate")).to_contain_text("parts")


def test_numbers_are_written_as_the_interface_language_writes_them(translator: Translator) -> None:
    translator.write("a" * 1234)
    expect(translator.by_id("count")).to_contain_text("1,234 of")
    translator.by_id("settings").click()
    translator.by_id("interface-language").select_option("de")
    expect(translator.by_id("count")).to_contain_text("1.234 von")
