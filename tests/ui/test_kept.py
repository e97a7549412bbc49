"""What stays on a device: only what the user wants, wherever the browser allows it."""

import json
import re
from typing import Any

import pytest

from tests.ui.node import call

KEPT = "tests/ui/scenarios/kept.mjs"
LINK = "ui/app/kept/link.js"
PAGE = "https://translator.example/"

INITIAL = {
    "language": None,
    "theme": "auto",
    "source": "auto",
    "target": None,
    "recent": [],
    "keepHistory": False,
    "translateAsTyped": False,
}


def read_from(name: str, written: str) -> dict[str, Any]:
    return call(KEPT, "readFrom", {"items": {f"translator.{name}": written}})


def stored(value: Any, version: int = 1) -> str:
    return json.dumps({"v": version, "value": value})


def test_without_a_choice_nothing_is_kept_of_a_text() -> None:
    assert read_from("other", "1")["preferences"] == INITIAL


def test_what_is_kept_is_there_next_time() -> None:
    kept = call(KEPT, "keptForNextTime")

    assert all(kept["stays"])
    assert kept["preferences"] == INITIAL | {
        "theme": "dark",
        "source": "en",
        "target": "de",
        "recent": ["de", "en", "fr"],
        "keepHistory": True,
    }
    assert [entry["text"] for entry in kept["history"]] == ["one"]
    assert [entry["term"] for entry in kept["glossary"]] == ["bank"]
    assert kept["keys"] == ["translator.glossary", "translator.history", "translator.preferences"]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "nonsense",
        "null",
        "1",
        '"text"',
        "[]",
        "{}",
        '{"v":1}',
        *(stored(value) for value in (None, 7, "text", [None, 7, {}], {"theme": {}})),
    ],
)
def test_what_cannot_be_understood_is_as_if_it_was_not_there(written: str) -> None:
    assert read_from("preferences", written)["preferences"] == INITIAL
    assert read_from("history", written)["history"] == []
    assert read_from("glossary", written)["glossary"] == []


def test_what_another_release_wrote_in_its_own_shape_is_not_read() -> None:
    good = {"theme": "dark"}

    assert read_from("preferences", stored(good))["preferences"]["theme"] == "dark"
    assert read_from("preferences", stored(good, version=2))["preferences"]["theme"] == "auto"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "../en"),
        ("theme", "pink"),
        ("source", "klingon"),
        ("target", "auto"),
        ("recent", ["de", "klingon"]),
        ("recent", ["de"] * 9),
        ("keepHistory", "yes"),
        ("translateAsTyped", 1),
    ],
)
def test_one_bad_preference_does_not_spoil_the_others(name: str, value: Any) -> None:
    good = {"language": "fr", "theme": "dark", "source": "en", "target": "de", "recent": ["de"]}
    kept = read_from("preferences", stored(good | {name: value}))["preferences"]

    assert kept == INITIAL | good | {name: INITIAL[name]}


def test_entries_that_no_glossary_takes_are_left_out() -> None:
    good = {"source": "en", "target": "de", "term": "bank", "translation": "Ufer"}
    bad = [{**good, "term": ""}, {**good, "source": "xx"}, {**good, "term": "x" * 101}]

    assert read_from("glossary", stored([*bad, good]))["glossary"] == [good]


def test_the_languages_used_last_come_first() -> None:
    pairs = [["auto", "fr"], ["en", "de"], ["fr", "en"], ["it", "nl"], ["auto", "de"]]

    assert call(KEPT, "recent", {"used": pairs}) == {
        "source": "auto",
        "target": "de",
        "languages": ["de", "nl", "it", "en", "fr"],
    }


def test_where_storing_is_forbidden_the_page_works_until_it_is_left() -> None:
    assert call(KEPT, "forbidden") == {
        "stays": [False, False],
        "here": {"theme": "dark", "texts": ["one"]},
        "erased": {"theme": "auto", "texts": []},
        "next": "auto",
    }


def test_the_history_holds_the_last_fifty() -> None:
    texts = [entry["text"] for entry in call(KEPT, "historyOf", {"count": 60})]

    assert texts == [f"text {i}" for i in range(60, 10, -1)]


def test_the_same_text_translated_again_takes_the_place_of_the_first() -> None:
    entries = call(KEPT, "historyOf", {"count": 3, "repeat": "text 1"})

    assert [entry["text"] for entry in entries] == ["text 1", "text 3", "text 2"]
    assert entries[0]["translation"] == "anew"


def test_a_history_is_kept_only_while_the_user_wants_it() -> None:
    kept = call(KEPT, "historyOnAndOff")

    assert kept["steps"] == [[False, []], [True, ["while"]], [False, []]]
    assert not kept["hasText"]


def test_one_translation_can_be_removed() -> None:
    assert call(KEPT, "historyRemoval") == ["three", "one"]


def test_where_there_is_little_room_the_oldest_translations_go() -> None:
    kept = call(KEPT, "historyWithoutRoom", {"room": 700, "long": 200})

    assert kept["stays"]
    assert kept["next"] == kept["here"]
    assert kept["here"][0] == "xxxxxx"
    assert 1 < len(kept["here"]) < 9


def test_where_one_translation_does_not_fit_the_kept_ones_stay() -> None:
    kept = call(KEPT, "historyWithoutRoom", {"room": 700, "long": 1200})

    assert not kept["stays"]
    assert kept["here"] == ["xxxxxx", *kept["next"]]
    assert kept["next"][0] == "text 8"


def test_a_tab_hears_of_what_another_changed_and_of_nothing_else() -> None:
    assert call(KEPT, "otherTabs") == ["dark", "auto", "auto", "history"]


def test_what_was_not_stored_here_gives_way_to_what_another_tab_stored() -> None:
    assert call(KEPT, "otherTabAfterFullStorage") == {
        "stays": False,
        "before": "dark",
        "after": "light",
    }


def test_one_click_erases_all_that_is_this_pages() -> None:
    assert call(KEPT, "erased") == {
        "told": 1,
        "left": ["another page's"],
        "keepsHistory": False,
    }


def read_link(fragment: str) -> dict[str, Any]:
    return call(LINK, "readLink", fragment)


@pytest.mark.parametrize("text", [None, "Grüße & +1 #tag = 100%\n\t{name} 👩🏽\u200d💻 \u202eabc"])
def test_a_link_says_what_was_shared(text: str | None) -> None:
    shared = {"source": "auto", "target": "zh-Hant"} | ({"text": text} if text else {})
    link = call(LINK, "shareLink", PAGE + "?a=b#old", shared)
    before, _, fragment = link.partition("#")

    assert before == PAGE
    assert fragment.isascii()
    assert read_link(f"#{fragment}") == {"source": "auto", "target": "zh-Hant", "text": text}


def test_a_link_holds_no_text_unless_asked() -> None:
    link = call(LINK, "shareLink", PAGE, {"source": "en", "target": "de"})

    assert link == f"{PAGE}#from=en&to=de"


def test_a_text_that_is_too_long_for_a_link_is_not_cut() -> None:
    shared = {"source": "en", "target": "de"}

    assert call(LINK, "shareLink", PAGE, {**shared, "text": "x" * 7900})
    assert call(LINK, "shareLink", PAGE, {**shared, "text": "x" * 8000}) is None
    assert call(LINK, "shareLink", PAGE, {**shared, "text": "字" * 1000}) is None


NOTHING = {"source": None, "target": None, "text": None}


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", NOTHING),
        ("#", NOTHING),
        ("#settings", NOTHING),
        ("#from=klingon&to=__proto__", NOTHING),
        ("#from=EN&to=auto", NOTHING),
        ("#from=en&from=fr&to=de", NOTHING | {"source": "en", "target": "de"}),
        ("#from=%E0%A4%A&to=de", NOTHING | {"target": "de"}),
        ("#text=", NOTHING),
        ("#text=%", NOTHING | {"text": "%"}),
        ("#text=%00a%08b%1Bc%7Fd%C2%85e", NOTHING | {"text": "abcde"}),
        ("#text=a%0D%0Ab%0Dc%09d", NOTHING | {"text": "a\nb\nc\td"}),
        ("#text=<img src=x onerror=alert(1)>", NOTHING | {"text": "<img src=x onerror=alert(1)>"}),
        ("#to=de&text=" + "x" * 24_000, NOTHING),
    ],
)
def test_of_a_strangers_link_only_what_is_good_is_read(
    fragment: str, expected: dict[str, Any]
) -> None:
    assert read_link(fragment) == expected


def test_no_link_brings_controls_into_the_text() -> None:
    every = "".join(f"%{code:02X}" for code in range(0x20)) + "".join(
        f"%C2%{code:02X}" for code in range(0x80, 0xA0)
    )

    assert not re.search(r"[^\t\n]", read_link(f"#text={every}")["text"])
