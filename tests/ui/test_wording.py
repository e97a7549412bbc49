"""The interface's five languages say the same things, each in its own grammar."""

import re
from functools import cache
from typing import Any

import pytest

from tests.checkout import ROOT
from tests.ui.node import call

UI = ROOT / "ui"
LANGUAGES = ["en", "de", "fr", "es", "ar"]
TRANSLATED = LANGUAGES[1:]

FORMS = {
    "en": {"one", "other"},
    "de": {"one", "other"},
    "fr": {"one", "other"},
    "es": {"one", "other"},
    "ar": {"zero", "one", "two", "few", "many", "other"},
}
"""Forms that counts below a million take (unicode.org, CLDR, Language Plural Rules)."""

MILLIONS = {"fr": {"many"}, "es": {"many"}}
"""Forms of whole millions, needed by nothing that is counted in hundreds."""

FORM = re.compile(r"\.(zero|one|two|few|many|other)$")
HOLE = re.compile(r"\{(\w+)\}")
WORDLESS = {"zero", "one", "two"}
"""Forms that say a number without its digits, in Arabic."""


@cache
def words(language: str) -> dict[str, str]:
    return call(f"ui/app/wording/{language}.js", "default")


def plurals(language: str) -> dict[str, set[str]]:
    """The forms of each key that has some."""
    keys = words(language)
    found: dict[str, set[str]] = {}
    for key in keys:
        base = FORM.sub("", key)
        if base != key and f"{base}.other" in keys:
            found.setdefault(base, set()).add(key[len(base) + 1 :])
    return found


def bases(language: str) -> set[str]:
    """Keys as the page names them, without the forms."""
    return {
        FORM.sub("", key) if FORM.sub("", key) in plurals(language) else key
        for key in words(language)
    }


@cache
def page() -> str:
    """All that may name a key: markup and code, but not the wordings themselves."""
    files = [*UI.glob("*.html"), *UI.glob("app/*.js"), *UI.glob("app/*/*.js")]
    return "\n".join(file.read_text() for file in files if file.parent.name != "wording")


def strings() -> set[str]:
    return set(re.findall(r'"([^"\n]*)"', page()))


def patterns() -> list[re.Pattern[str]]:
    """Of keys that the page puts together."""
    templates: list[str] = re.findall(r"\bt\(`([^`]+)`", page())
    return [
        re.compile(r"([\w-]+)".join(map(re.escape, re.split(r"\$\{[^}]+\}", template))))
        for template in templates
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_the_same_keys(language: str) -> None:
    assert bases(language) == bases("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_the_forms_of_its_language(language: str) -> None:
    wrong = {
        key: forms
        for key, forms in plurals(language).items()
        if not FORMS[language] <= forms <= FORMS[language] | MILLIONS.get(language, set())
    }

    assert plurals(language)
    assert wrong == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_the_same_holes(language: str) -> None:
    english = words("en")
    wrong: dict[str, str] = {}
    for key, text in words(language).items():
        base, form = FORM.sub("", key), key.rpartition(".")[2]
        wanted = set(HOLE.findall(english.get(key) or english[f"{base}.other"]))
        spelled = {"count"} if language == "ar" and form in WORDLESS else set[str]()
        if not wanted - spelled <= set(HOLE.findall(text)) <= wanted:
            wrong[key] = text

    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_padded(language: str) -> None:
    assert [key for key, text in words(language).items() if text != text.strip() or not text] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_was_left_in_english(language: str) -> None:
    same = {key for key, text in words(language).items() if words("en").get(key) == text}

    assert not {key for key in same if " " in words("en")[key]}


def test_french_spaces_do_not_break() -> None:
    assert [text for text in words("fr").values() if re.search(r" [:;?!»]|« ", text)] == []


def test_arabic_keeps_what_runs_from_left_to_right_apart() -> None:
    foreign = {"detail", "name", "origin", "keys", "term", "typed"}
    wrong = [
        text
        for text in words("ar").values()
        for hole in foreign.intersection(HOLE.findall(text))
        if f"\u2068{{{hole}}}\u2069" not in text
    ]

    assert wrong == []


def test_the_page_names_no_key_that_is_missing() -> None:
    named = set(re.findall(r'(?:\bt\(|\bkey: |\bdata-t(?:-\w+)?=)"([^"]+)"', page()))
    topics = {key.partition(".")[0] for key in bases("en") if "." in key}
    dotted = {text for text in strings() if re.fullmatch(r"[a-z-]+(\.[a-z-]+)+", text)}
    of_a_topic = {text for text in dotted if text.partition(".")[0] in topics}

    assert len(named) > 80
    assert named | of_a_topic - {"glossary.csv"} <= bases("en")


def test_every_kind_of_failure_has_its_sentence_and_a_way_on() -> None:
    kinds: list[str] = call("ui/app/translation/failure.js", "KINDS")
    wanted = {f"failure.{kind}{end}" for kind in kinds for end in ("", ".way")}

    assert wanted - bases("en") == set()


def test_the_page_uses_every_key() -> None:
    known = strings()

    def is_used(key: str) -> bool:
        matches = (pattern.fullmatch(key) for pattern in patterns())
        return key in known or any(match and match[1] in known for match in matches)

    assert {key for key in bases("en") if not is_used(key)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 11, 100, 1_000_000])
def test_a_number_stands_in_its_form(language: str, count: int) -> None:
    def said(key: str, **values: Any) -> str:
        return call("ui/app/wording/wording.js", "t", key, {"count": count, **values})

    call("ui/app/wording/wording.js", "speak", language)
    try:
        texts = [said(key) for key in plurals(language)]
        number: str = call("ui/app/wording/wording.js", "number", count)
    finally:
        call("ui/app/wording/wording.js", "speak", "en")

    assert not [text for text in texts if "{" in text]
    if language != "ar" or count > 2:
        assert all(number in text for text in texts)
