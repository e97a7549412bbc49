"""What can be translated, and how each language is named."""

import unicodedata
from functools import cache

import pytest

from tests.ui.node import call

LANGUAGES = "ui/app/translation/languages.js"
INTERFACE = ["en", "de", "fr", "es", "ar"]


@cache
def codes() -> tuple[str, ...]:
    return tuple(call(LANGUAGES, "LANGUAGES"))


def name(code: str, locale: str) -> str:
    return call(LANGUAGES, "languageName", code, locale)


def test_there_are_many_and_each_stands_once_in_order() -> None:
    assert len(codes()) > 90
    assert tuple(sorted(set(codes()))) == codes()
    assert {"en", "de", "ar", "zh-Hans", "zh-Hant", "pt-BR", "pt-PT", "sr", "sr-Latn"} <= {*codes()}
    assert call(LANGUAGES, "AUTO") not in codes()


def test_english_names_tell_each_from_all_others() -> None:
    """Prompts have nothing else to go by."""
    names = [call(LANGUAGES, "englishName", code) for code in codes()]

    assert len(set(names)) == len(names)
    assert all(each.replace(" ", "").replace("-", "").isalpha() for each in names)
    assert call(LANGUAGES, "englishName", "zh-Hant") == "Traditional Chinese"
    assert call(LANGUAGES, "englishName", "tlh") is None


@pytest.mark.parametrize("locale", INTERFACE)
def test_each_has_a_name_of_its_own_in_the_interfaces_languages(locale: str) -> None:
    names = [name(code, locale) for code in codes()]

    assert len(set(names)) == len(names)
    assert not set(names) & set(codes())


def test_each_names_itself() -> None:
    assert [name(code, code) for code in ("de", "ar", "ja", "pt-BR")] == [
        *("Deutsch", "العربية", "日本語"),
        "português (Brasil)",
    ]


def test_a_name_that_nobody_knows_is_told_in_english_or_as_its_code() -> None:
    assert name("ceb", "ceb") == "Cebuano"
    assert name("de", "tlh") == "German"
    assert name("x-none", "tlh") == "x-none"


def test_the_direction_is_that_of_the_script() -> None:
    """As the letters of the language's own name have it."""
    unnamed = {"ckb", "sd"} & {code for code in codes() if name(code, code).isascii()}
    for code in sorted({*codes()} - unnamed):
        letters = {unicodedata.bidirectional(letter) for letter in name(code, code)}
        assert call(LANGUAGES, "isRightToLeft", code) == bool(letters & {"R", "AL"}), code
    assert call(LANGUAGES, "isRightToLeft", "auto") is False
