"""A reader's own terms: kept for each pair of languages, used where they occur, kept as CSV."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.ui.node import call

GLOSSARY = "ui/app/translation/glossary.js"

Entry = dict[str, str]


def entry(term: str, translation: str = "x", source: str = "de", target: str = "en") -> Entry:
    return {"source": source, "target": target, "term": term, "translation": translation}


def added(*entries: Entry) -> list[Entry]:
    made: list[Entry] = []
    for each in entries:
        made = call(GLOSSARY, "add", made, each)
    return made


def applicable(text: str, *entries: Entry, source: str = "de", target: str = "en") -> list[str]:
    wanted = {"source": source, "target": target, "text": text}
    return [each["term"] for each in call(GLOSSARY, "applicable", entries, wanted)]


def read(text: str, entries: list[Entry] | None = None) -> dict[str, Any]:
    return call(GLOSSARY, "fromCsv", text, entries or [])


def test_a_term_has_one_translation_for_each_pair_of_languages() -> None:
    other = entry("Vertrag", "contrat", target="fr")
    made = added(entry("Vertrag", "treaty"), other, entry("Vertrag", "contract"))

    assert made == [entry("Vertrag", "contract"), other]
    assert call(GLOSSARY, "list", made, "de", "fr") == [other]
    assert call(GLOSSARY, "list", made, "auto", "en") == [entry("Vertrag", "contract")]
    assert call(GLOSSARY, "remove", made, other) == [entry("Vertrag", "contract")]
    assert call(GLOSSARY, "remove", made, entry("Vertrag", target="es")) == made


def test_an_entry_is_one_tidy_line() -> None:
    assert added(entry(" Zwei\n\tWo\u0308rter\x00 ", "two\r\nwords")) == [
        entry("Zwei Wörter", "two words")
    ]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (entry(" \n"), "empty"),
        (entry("a", ""), "empty"),
        (entry("a" * 101), "long"),
        (entry("a", "b" * 101), "long"),
        (entry("a", source="tlh"), "unknown-language"),
        (entry("a", source="auto"), "unknown-language"),
        (entry("a", target="de"), "same-language"),
    ],
)
def test_what_is_no_entry_is_refused_with_its_reason(wrong: Entry, reason: str) -> None:
    assert call(GLOSSARY, "refusal", [], wrong) == reason
    assert added(wrong) == []


def test_a_pair_has_its_most_entries_and_other_pairs_have_theirs() -> None:
    full = [entry(f"Wort {number}") for number in range(200)]

    assert call(GLOSSARY, "refusal", full, entry("eins mehr")) == "full"
    assert call(GLOSSARY, "refusal", full, entry("Wort 7", "other")) is None
    assert call(GLOSSARY, "refusal", full, entry("mot", source="fr")) is None


@pytest.mark.parametrize(
    ("term", "text", "is_used"),
    [
        ("Vertrag", "Der Vertrag gilt.", True),
        ("vertrag", "VERTRAG!", True),
        ("Vertrag", "Mietvertrag, Vertragsende", False),
        ("Rat", "Verrat und Rat", True),
        ("C++", "in C++ geschrieben", True),
        ("@x", "an @x, bitte", True),
        ("Größe", "Gro\u0308ße", True),
        ("ß", "Maß", False),
        ("合同", "本合同有效", True),
        ("会議", "明日の会議は", True),
        ("ห้อง", "ห้องประชุม", True),
        ("договор", "Договор действует", True),
        ("договор", "договором", False),
        ("𐐀", "𐐀𐐀", False),
        ("x", "", False),
    ],
)
def test_an_entry_is_used_where_its_term_is_a_word(term: str, text: str, *, is_used: bool) -> None:
    assert applicable(text, entry(term)) == ([term] if is_used else [])


def test_the_longest_terms_come_first_and_no_more_than_one_request_takes() -> None:
    entries = [entry(f"Wort{number}") for number in range(60)]
    text = " ".join(each["term"] for each in entries) + " Wortschatzkiste"

    used = applicable(text, *entries, entry("Wortschatzkiste"))
    assert len(used) == 40
    assert used[0] == "Wortschatzkiste"
    assert applicable("Wort1", *entries, source="fr") == []
    assert applicable("Wort1", *entries, source="auto") == ["Wort1"]
    assert applicable("Wort1", *entries, target="fr") == []


words = st.text(
    st.sampled_from("aä \",;'=+-@|\t\r\n\u2028\uff1d字👩") | st.characters(codec="utf-8"),
    min_size=1,
)


@given(st.lists(st.tuples(words, words), max_size=8))
@example([("=1+1", "'@x"), ("''-", '"'), ('a"b', " ;\t")])
@settings(max_examples=150, deadline=None)
def test_what_a_file_is_written_from_is_read_from_it(pairs: list[tuple[str, str]]) -> None:
    entries = added(*(entry(term, translation) for term, translation in pairs))
    text = call(GLOSSARY, "toCsv", entries)

    assert read(text) == {"entries": entries, "errors": []}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "'=", "''+"])
def test_a_spreadsheet_runs_no_cell(start: str) -> None:
    text = call(GLOSSARY, "toCsv", added(entry(f"{start}SUM(A1)", f'{start}cmd|"x"!A1')))
    cells = text.split("\r\n")[1].split(",")[2:]

    assert [cell.lstrip('"')[0] for cell in cells] == ["'", "'"]


def test_a_file_is_what_spreadsheets_read() -> None:
    assert call(GLOSSARY, "toCsv", added(entry('7" Schirm, groß', "screen"))) == (
        '\ufeffsource,target,term,translation\r\nde,en,"7"" Schirm, groß",screen\r\n'
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(separator: str, end: str) -> None:
    rows = [["source", "Target ", "term", "translation"], ["de", " en", '"a;b,\tc"', "d"]]
    text = end.join(separator.join(row) for row in rows)
    expected = {"entries": [entry("a;b, c", "d")], "errors": []}

    assert read(text) == read("\ufeff" + text + end + end) == expected


def test_each_wrong_line_is_told_and_the_others_are_taken() -> None:
    text = """source,target,term,translation
de,en,eins,one

de,en,"zwei
Zeilen",two
de,en,drei
de,tlh,vier,four
de,en,"fünf"x,five
de,de,sechs,six
de,en,,seven
de,en,acht,eight"""

    assert read(text) == {
        "entries": [entry("eins", "one"), entry("zwei Zeilen", "two"), entry("acht", "eight")],
        "errors": [
            {"line": 6, "reason": "columns"},
            {"line": 7, "reason": "unknown-language"},
            {"line": 8, "reason": "quotes"},
            {"line": 9, "reason": "same-language"},
            {"line": 10, "reason": "empty"},
        ],
    }


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n", "de,en,eins,one\n", '"', "PK\x03\x04"])
def test_a_file_of_another_kind_changes_nothing(text: str) -> None:
    kept = [entry("eins", "one")]

    assert read(text, kept) == {"entries": kept, "errors": [{"line": 1, "reason": "header"}]}


def test_a_file_adds_to_what_there_is_up_to_the_most() -> None:
    kept = [entry(f"Wort {number}") for number in range(199)]
    lines = ["source,target,term,translation", "de,en,Wort 7,new", "de,en,a,b", "de,en,c,d"]
    done = read("\n".join(lines), kept)

    assert len(done["entries"]) == 200
    assert done["entries"][7] == entry("Wort 7", "new")
    assert done["errors"] == [{"line": 4, "reason": "full"}]
