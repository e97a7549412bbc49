"""Terms that are always translated the same way."""

import csv
import io
from pathlib import Path

from playwright.sync_api import expect

from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.translator import Translator, said


def add(translator: Translator, term: str, translation: str) -> None:
    translator.by_id("glossary-term").fill(term)
    translator.by_id("glossary-translation").fill(translation)
    translator.by_id("glossary-translation").press("Enter")


def test_a_term_reaches_the_prompt_where_its_text_and_languages_are(
    translator: Translator, api: ScriptedApi
) -> None:
    translator.choose("source", "English")
    translator.choose("target", "German")
    translator.by_id("glossary").click()
    add(translator, "board", "Vorstand")
    add(translator, "harbour", "Hafen")
    expect(translator.page.locator("#glossary-list > li")).to_have_count(2)
    translator.page.keyboard.press("Escape")
    translator.page.reload()
    translator.choose("source", "English")
    translator.choose("target", "German")
    translator.translate("The board meets.")
    translator.translated("The board meets.")
    translator.choose("target", "French")
    translator.translate("The board meets again.")
    translator.translated("The board meets again.")

    german, french = (asked.prompt for asked in api.asked)
    assert '"board" = "Vorstand"' in german
    assert "Hafen" not in german, "what the text does not hold takes no room"
    assert "Vorstand" not in french


def test_a_glossary_goes_to_a_file_and_comes_back(translator: Translator, tmp_path: Path) -> None:
    translator.choose("source", "English")
    translator.choose("target", "German")
    translator.by_id("glossary").click()
    add(translator, 'a "quoted", term', "mit, Komma")
    add(translator, "=1+1", "=SUM(A1)")
    with translator.page.expect_download() as download:
        translator.by_id("glossary-export").click()
    path = tmp_path / "glossary.csv"
    download.value.save_as(path)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["source", "target", "term", "translation"]
    assert ["en", "de", 'a "quoted", term', "mit, Komma"] in rows
    assert not any(cell.startswith("=") for row in rows for cell in row), "a spreadsheet runs it"

    translator.page.keyboard.press("Escape")
    translator.by_id("settings").click()
    translator.by_id("erase-everything").click()
    translator.page.keyboard.press("Escape")
    translator.choose("source", "English")
    translator.choose("target", "German")
    translator.by_id("glossary").click()
    listed = translator.page.locator("#glossary-list > li")
    expect(listed).to_have_count(0)
    translator.by_id("glossary-file").set_input_files(path)
    expect(listed).to_have_count(2)
    expect(listed.filter(has_text="=1+1")).to_contain_text("=SUM(A1)")


def test_a_file_that_is_no_glossary_says_which_line_and_why(
    translator: Translator, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("source,target,term,translation\nen,de,board,Vorstand\nen,xx,a,b\n", "utf-8")
    translator.choose("source", "English")
    translator.choose("target", "German")
    translator.by_id("glossary").click()
    translator.by_id("glossary-file").set_input_files(path)

    expect(translator.by_id("glossary-problems")).to_contain_text("3")
    expect(translator.page.locator("#glossary-list > li")).to_have_count(1)


def test_a_glossary_in_an_old_encoding_is_refused_and_not_spoilt(
    translator: Translator, tmp_path: Path
) -> None:
    path = tmp_path / "excel.csv"
    path.write_bytes("source,target,term,translation\r\nen,de,miller,Müller\r\n".encode("cp1252"))
    translator.by_id("glossary").click()
    translator.by_id("glossary-file").set_input_files(path)

    problems = translator.by_id("glossary-problems")
    expect(problems).to_contain_text(str(said("failure.file-encoding", detail="excel.csv")))
    expect(translator.page.locator("#glossary-list > li")).to_have_count(0)


def test_a_term_can_be_removed(translator: Translator) -> None:
    translator.by_id("glossary").click()
    add(translator, "board", "Vorstand")
    translator.page.get_by_role("button", name=str(said("glossary.remove", term="board"))).click()
    expect(translator.page.locator("#glossary-list > li")).to_have_count(0)
    expect(translator.by_id("glossary-term")).to_be_focused()
