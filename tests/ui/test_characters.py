"""Characters are counted as people see them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.node import call

CHARACTERS = "ui/app/text/characters.js"

UNICODE = [
    line
    for line in Path(__file__).with_name("grapheme_break.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def clusters(line: str) -> list[str]:
    return [
        "".join(chr(int(code, 16)) for code in cluster.split() if code != "\u00d7")
        for cluster in line.strip("÷ ").split("÷")
    ]


@pytest.mark.parametrize("line", UNICODE)
def test_characters_end_where_unicode_says(line: str) -> None:
    expected = clusters(line)

    assert call(CHARACTERS, "graphemes", "".join(expected), "en") == expected
    assert call(CHARACTERS, "countCharacters", "".join(expected), "en") == len(expected)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Hello, world.\n\tA\x00", 17),
        ("one\r\ntwo\r\n", 8),
        ("👨\u200d👩\u200d👧\u200d👦", 1),
        ("🏳️\u200d🌈🏴󠁧󠁢󠁳󠁣󠁴󠁿", 2),
        ("🇩🇪🇫🇷🇪🇸", 3),
        ("👩🏽\u200d💻❤️1️⃣", 3),
        ("e\u0301e\u0302\u0323", 2),
        ("한국어", 3),
        ("\u1112\u1161\u11ab", 1),
        ("नमस्ते", 3),
        ("สวัสดี", 4),
        ("שָׁלוֹם", 4),
        ("\ud83d", 1),
    ],
)
def test_what_people_see_as_one_is_one(text: str, count: int) -> None:
    assert call(CHARACTERS, "countCharacters", text, "en") == count


@given(st.text(st.characters(codec=None) | st.sampled_from("\r\n\u0301\u200d👩👧🇩🇪क्त가각ᆨ")))
@settings(max_examples=100, deadline=None)
def test_characters_join_to_the_text_and_their_number_is_the_count(text: str) -> None:
    found = call(CHARACTERS, "graphemes", text, "auto")

    assert "".join(found).encode("utf-16", "surrogatepass") == text.encode(
        "utf-16", "surrogatepass"
    )
    assert call(CHARACTERS, "countCharacters", text, "auto") == len(found)


@pytest.mark.parametrize("locale", ["auto", "", "zh-Hans", "no such locale", "sr-Latn"])
def test_any_locale_will_do(locale: str) -> None:
    assert call(CHARACTERS, "countCharacters", "né\u0301e", locale) == 3
