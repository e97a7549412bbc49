"""Pictures of the page, kept in build/ui/ for whoever wants to look; some are README's.

`--update-screenshots` writes README's into docs/ui/.
"""
# ruff: noqa: RUF001 # texts in other languages

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.checkout import ROOT
from tests.ui.browser import answers
from tests.ui.browser.conftest import Open
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.test_accessibility import PHONE
from tests.ui.browser.translator import Translator

TAKEN = ROOT / "build" / "ui"
PUBLISHED = ROOT / "docs" / "ui"

SHOWN = ("desktop", "phone-dark", "arabic", "busy")
"""Those that README shows."""

MOST_BYTES = 150_000

ENGLISH = (
    "Dear all,\n\nthe meeting about the new office moves to Thursday, 10:30. Please bring:\n\n"
    "- the floor plan {version}\n- your questions ✏️\n\n"
    "Details: https://intranet.example.com/move"
)
FRENCH = (
    "Bonjour à tous,\n\nla réunion sur les nouveaux bureaux est reportée à jeudi, "
    "10\u00a0h\u00a030. Merci d’apporter\u00a0:\n\n- le plan d’étage {version}\n"
    "- vos questions ✏️\n\nDétails\u00a0: https://intranet.example.com/move"
)
ARABIC = (
    "تحية طيبة للجميع،\n\nنُقل اجتماع المكتب الجديد إلى يوم الخميس، الساعة 10:30. يُرجى إحضار:\n\n"
    "- مخطط الطابق {version}\n- أسئلتكم ✏️\n\nالتفاصيل: https://intranet.example.com/move"
)

Take = Callable[[Translator, str], None]


@pytest.fixture
def take(request: pytest.FixtureRequest) -> Take:
    """Keeps a picture of what can be seen now, under a name."""
    published = bool(request.config.getoption("--update-screenshots"))

    def shot(translator: Translator, name: str) -> None:
        TAKEN.mkdir(parents=True, exist_ok=True)
        picture = TAKEN / f"{name}.png"
        translator.page.screenshot(path=picture, animations="disabled", caret="hide")
        if published and name in SHOWN:
            PUBLISHED.mkdir(exist_ok=True)
            (PUBLISHED / picture.name).write_bytes(picture.read_bytes())

    return shot


def test_a_translation_on_a_desktop(opened: Open, api: ScriptedApi, take: Take) -> None:
    translator = opened("#from=en&to=fr", viewport={"width": 1200, "height": 640})
    api.play(answers.translation(FRENCH))
    translator.translate(ENGLISH)
    translator.done()
    take(translator, "desktop")
    translator.page.emulate_media(color_scheme="dark")
    take(translator, "desktop-dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_translation_on_a_phone(opened: Open, api: ScriptedApi, take: Take, theme: str) -> None:
    options: dict[str, Any] = {**PHONE, "device_scale_factor": 2, "color_scheme": theme}
    translator = opened("#from=en&to=fr", **options)
    api.play(answers.translation(FRENCH))
    translator.translate(ENGLISH)
    translator.done()
    translator.page.evaluate("scrollTo(0, 0)")
    take(translator, f"phone-{theme}")


def test_an_arabic_page(opened: Open, api: ScriptedApi, take: Take) -> None:
    translator = opened("#from=en&to=ar", locale="ar", viewport={"width": 1200, "height": 640})
    api.play(answers.translation(ARABIC))
    translator.translate(ENGLISH)
    translator.done()
    take(translator, "arabic")


def test_a_text_too_long_for_one_go(opened: Open, api: ScriptedApi, take: Take) -> None:
    translator = opened("#from=en&to=fr", viewport={"width": 1200, "height": 640})
    api.play(answers.translation(FRENCH), answers.silence())
    translator.write("\n\n".join([ENGLISH] * 60))
    expect(translator.by_id("advice")).to_be_visible()
    take(translator, "long")
    translator.by_id("translate").click()
    expect(translator.by_id("part")).to_contain_text("Part 2")
    take(translator, "long-busy")


def test_a_busy_translator(opened: Open, api: ScriptedApi, take: Take) -> None:
    translator = opened("#from=en&to=fr", viewport={"width": 1200, "height": 640})
    translator.watch.expect("status of 503")
    translator.page.clock.install()
    api.play(answers.refusal(503, "too many", {"Retry-After": "12"}))
    translator.translate(ENGLISH)
    expect(translator.by_id("countdown")).to_be_visible()
    take(translator, "busy")


def test_the_dialogs_and_the_list_of_languages(opened: Open, take: Take, tmp_path: Path) -> None:
    translator = opened("#from=en&to=fr", viewport={"width": 1200, "height": 720})
    terms = tmp_path / "terms.csv"
    rows = ["source,target,term,translation", "en,fr,board,comité", "en,fr,floor plan,plan d’étage"]
    terms.write_text("\n".join(rows), encoding="utf-8")
    translator.by_id("glossary").click()
    translator.by_id("glossary-file").set_input_files(terms)
    expect(translator.page.locator("#glossary-list > li")).to_have_count(2)
    take(translator, "glossary")
    translator.page.keyboard.press("Escape")
    translator.by_id("history").click()
    translator.by_id("history-switch").check()
    translator.page.keyboard.press("Escape")
    translator.translate("Good morning.")
    translator.done()
    for name in ("history", "settings", "share"):
        translator.by_id(name).click()
        expect(translator.by_id(f"{name}-dialog")).to_be_visible()
        take(translator, name)
        translator.page.keyboard.press("Escape")
    translator.by_id("target-language").click()
    take(translator, "languages")


def test_readme_shows_pictures_that_are_there_and_small() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in SHOWN:
        assert f"docs/ui/{name}.png" in readme
        assert 0 < (PUBLISHED / f"{name}.png").stat().st_size < MOST_BYTES
    assert {path.stem for path in PUBLISHED.iterdir()} == set(SHOWN)
