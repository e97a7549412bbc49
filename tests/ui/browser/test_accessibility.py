"""axe finds nothing: in no theme, no interface language, on no screen, in no state of the page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.ui.browser import answers
from tests.ui.browser.conftest import DESKTOP, Open
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.translator import Translator

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 780},
    "is_mobile": True,
    "has_touch": True,
}
SCREENS: dict[str, dict[str, Any]] = {"desktop": {"viewport": DESKTOP}, "phone": PHONE}

WHOLE_LISTS = ("en", "ar")
"""Interface languages in which the list of all languages is looked through; else a search's."""

DIALOGS = ("settings", "history", "glossary", "share")


def findings(translator: Translator, where: str = "html") -> Iterator[str]:
    """What axe finds in each theme; each as rule, element and advice."""
    for theme in ("light", "dark"):
        translator.page.emulate_media(color_scheme=theme)
        found = translator.page.evaluate(
            "(where) => axe.run(where, { resultTypes: ['violations'] })", where
        )
        for rule in found["violations"]:
            for node in rule["nodes"]:
                yield f"{theme} {rule['id']}: {node['target']}: {node['failureSummary']}"


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
def test_axe_finds_nothing(opened: Open, api: ScriptedApi, language: str, screen: str) -> None:
    translator = opened(
        "#from=en&to=ar", locale=language, reduced_motion="reduce", **SCREENS[screen]
    )
    translator.watch.expect("status of 503")
    translator.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = list(findings(translator))

    translator.translate("Good morning. " * 200)
    translator.done()
    api.play(answers.refusal(503, "too many", {"Retry-After": "60"}))
    translator.by_id("translate").click()
    expect(translator.by_id("countdown")).to_be_visible()
    found += findings(translator)

    translator.by_id("target-language").click()
    if language not in WHOLE_LISTS:
        translator.by_id("target-language").fill("ja")
    found += findings(translator, ".languages")
    translator.page.keyboard.press("Escape")
    for name in DIALOGS:
        translator.by_id(name).click()
        expect(translator.by_id(f"{name}-dialog")).to_be_visible()
        found += findings(translator, f"#{name}-dialog")
        translator.page.keyboard.press("Escape")

    assert found == []


def test_axe_finds_nothing_in_what_is_filled(opened: Open, tmp_path: Path) -> None:
    """A history and a glossary with entries, complaints, and the page that is not there."""
    translator = opened("#from=en&to=de", reduced_motion="reduce")
    translator.watch.expect("status of 404")
    translator.page.evaluate(AXE.read_text(encoding="utf-8"))
    translator.by_id("history").click()
    translator.by_id("history-switch").check()
    translator.page.keyboard.press("Escape")
    translator.translate("Good morning.")
    translator.done()
    translator.by_id("history").click()
    found = list(findings(translator))
    translator.page.keyboard.press("Escape")

    wrong = tmp_path / "wrong.csv"
    wrong.write_text("source,target,term,translation\nen,de,board,Vorstand\nen,xx,a,b\n", "utf-8")
    translator.by_id("glossary").click()
    translator.by_id("glossary-file").set_input_files(wrong)
    expect(translator.by_id("glossary-problems")).to_be_visible()
    found += findings(translator)

    translator.page.goto(translator.page.url.partition("#")[0] + "nothing")
    translator.page.evaluate(AXE.read_text(encoding="utf-8"))
    found += findings(translator)

    assert found == []


def test_axe_itself_finds_what_is_wrong(translator: Translator) -> None:
    translator.page.evaluate(AXE.read_text(encoding="utf-8"))
    translator.page.evaluate("document.getElementById('swap').removeAttribute('aria-label')")
    translator.page.evaluate("document.getElementById('swap').removeAttribute('title')")

    assert any("button-name" in finding for finding in findings(translator))
