"""A text file as the text."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.ui.browser import answers
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.test_long_texts import text_of
from tests.ui.browser.translator import Translator, said

DROP = """([name, text, ...others]) => {
  const files = new DataTransfer();
  for (const each of [name, ...others]) {
    files.items.add(new File([text], each, { type: "text/plain" }));
  }
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.getElementById("text").dispatchEvent(
      new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
  }
}"""


def test_a_file_dropped_on_the_page_is_translated_and_offered_for_download(
    translator: Translator, api: ScriptedApi, tmp_path: Path
) -> None:
    text = text_of(12_000)
    api.play(answers.translation(piece=4000))
    translator.choose("target", "French")
    translator.page.evaluate(DROP, ["report.txt", text])
    expect(translator.by_id("part")).to_contain_text("of")
    translator.done()
    expect(translator.by_id("file")).to_contain_text("report.txt")
    with translator.page.expect_download() as download:
        translator.by_id("download").click()
    download.value.save_as(tmp_path / "translated")

    assert download.value.suggested_filename == "report.fr.txt"
    assert (tmp_path / "translated").read_text(encoding="utf-8") == text
    assert len(api.asked) > 1


def test_of_several_files_the_first_is_taken_and_that_is_said(
    translator: Translator, api: ScriptedApi
) -> None:
    translator.page.evaluate(DROP, ["one.txt", "Guten Tag.", "two.txt"])
    translator.done()

    expect(translator.by_id("toast-words")).to_have_text(said("file.first", name="one.txt"))
    assert len(api.asked) == 1


def test_a_file_that_cannot_be_opened_is_told(translator: Translator) -> None:
    """A folder that was dropped is a file that the browser can't read."""
    translator.page.evaluate(
        """() => {
          Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException("", "NotFoundError"));
        }"""
    )
    translator.page.evaluate(DROP, ["folder", ""])

    translator.fails("file-unopened", detail="folder")


def test_a_file_of_two_thousand_lines_is_opened_at_once(
    translator: Translator, api: ScriptedApi, tmp_path: Path
) -> None:
    """The browser's editing command would need minutes for them."""
    text = "\n".join(f"{number}. Good morning." for number in range(2000))
    (tmp_path / "lines.txt").write_text(text, encoding="utf-8")
    api.play(answers.silence())
    translator.by_id("file-input").set_input_files(tmp_path / "lines.txt")
    expect(translator.by_id("part")).to_be_visible()
    expect(translator.text).to_have_value(text)
    translator.by_id("stop").click()
    translator.done()


def test_a_file_of_windows_keeps_its_line_breaks(translator: Translator, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Eins.\r\n\r\nZwei.\r\n".encode("utf-16"))
    translator.by_id("file-input").set_input_files(tmp_path / "a.txt")
    translator.done()
    with translator.page.expect_download() as download:
        translator.by_id("download").click()
    download.value.save_as(tmp_path / "translated")

    assert (tmp_path / "translated").read_bytes() == b"Eins.\r\n\r\nZwei.\r\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file-binary"),
        ("Müller".encode("latin-1"), "file-encoding"),
        (b" \n", "file-empty"),
        (b"a" * 1_000_001, "file-too-large"),
    ],
)
def test_a_file_that_is_no_text_is_told(
    translator: Translator, api: ScriptedApi, tmp_path: Path, content: bytes, kind: str
) -> None:
    (tmp_path / "photo").write_bytes(content)
    translator.by_id("file-input").set_input_files(tmp_path / "photo")
    expect(translator.by_id("failure")).to_have_attribute("data-kind", kind)

    assert api.asked == []
