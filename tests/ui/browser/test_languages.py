"""Choosing languages, and the page in each of its own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.ui.browser import answers
from tests.ui.browser.conftest import Open
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.stand import Stand
from tests.ui.browser.translator import Translator, said, wording

INTERFACE = ("en", "de", "fr", "es", "ar")


@pytest.mark.parametrize("locale", INTERFACE)
def test_the_page_speaks_the_readers_language_from_its_first_word_on(
    opened: Open, locale: str
) -> None:
    translator = opened(locale=locale)
    root = translator.page.locator("html")

    expect(root).to_have_attribute("lang", locale)
    expect(root).to_have_attribute("dir", "rtl" if locale == "ar" else "ltr")
    expect(translator.by_id("translate")).to_have_text(str(said("translate", locale)))
    expect(translator.page).to_have_title(str(said("title", locale)))
    left = {
        word
        for word in translator.page.locator("[data-t]").all_text_contents()
        if word not in wording(locale).values()
    }
    assert left == set(), "a word was left in another language"


def test_another_interface_language_is_spoken_at_once_and_remembered(opened: Open) -> None:
    translator = opened()
    translator.by_id("settings").click()
    translator.by_id("interface-language").select_option("fr")
    expect(translator.by_id("settings-title")).to_have_text(str(said("settings", "fr")))
    translator.page.reload()
    expect(translator.by_id("translate")).to_have_text(str(said("translate", "fr")))


def test_another_interface_language_disturbs_no_translation_under_way(
    translator: Translator, api: ScriptedApi
) -> None:
    whole = "Das Haus ist klein. " * 20
    api.play(answers.translation(whole, piece=4, pause=0.05))
    translator.translate("The house is small.")
    expect(translator.result).to_contain_text("Das Haus")
    translator.by_id("settings").click()
    translator.by_id("interface-language").select_option("de")
    translator.page.keyboard.press("Escape")

    expect(translator.by_id("stop")).to_have_text(str(said("stop", "de")))
    translator.translated(whole)
    translator.announces("result.done", "de")
    (asked,) = api.asked
    assert not asked.aborted


NAMES = {
    "japan": "Japanese",  # by the name here
    "Deutsch": "German",  # by its own name
    "français": "French",
    "العربية": "Arabic",
    "uk": "Ukrainian",  # by its code
    "Chinese (simplified)": "Simplified Chinese",  # by its words in another order
}


def test_a_language_is_found_by_any_of_its_names(translator: Translator) -> None:
    for typed, name in NAMES.items():
        translator.choose("target", typed)
        expect(translator.by_id("target-language")).to_have_value(name)


def test_a_language_is_found_by_its_name_in_the_interface_language(opened: Open) -> None:
    translator = opened(locale="de")
    translator.choose("target", "jap")
    expect(translator.by_id("target-language")).to_have_value("Japanisch")
    translator.choose("target", "japanese")
    expect(translator.by_id("target-language")).to_have_value("Japanisch")


def test_a_choice_that_is_being_made_outlives_the_late_words_of_the_page(
    stood: Stand, context: Callable[..., BrowserContext]
) -> None:
    """What is typed while the interface's words are still under way is not taken back."""
    page = context(locale="de").new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/wording/de.js", hold)
    page.goto(f"{stood.url}/")
    target = page.locator("#target-language")
    target.fill("jap")
    expect(page.locator("#target-languages")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-wording", "coming")
    held.pop().continue_()
    expect(page.locator("html")).not_to_have_attribute("data-wording", "coming")
    expect(page.locator("#target-languages [role=option]").first).to_contain_text("Japanisch")
    target.press("Enter")
    expect(target).to_have_value("Japanisch")


def test_recent_languages_come_first(translator: Translator) -> None:
    translator.choose("source", "English")
    for name in ("Polish", "Greek"):
        translator.choose("target", name)
        translator.translate(f"To {name}.")
        translator.translated(f"To {name}.")
    translator.by_id("target-language").click()

    options = translator.page.locator("#target-languages [role=option]")
    assert [each.split("\n")[0] for each in options.all_inner_texts()[:3]] == [
        "Greek",
        "English",
        "Polish",
    ]


def test_a_search_without_a_hit_says_so_and_leaves_the_language(translator: Translator) -> None:
    field = translator.by_id("target-language")
    before = field.input_value()
    field.fill("klingon")
    expect(translator.by_id("target-languages")).to_have_text(
        str(said("language.none", typed="klingon"))
    )
    field.press("Escape")
    expect(field).to_have_value(before)


def test_text_and_translation_take_their_languages_directions(
    translator: Translator, api: ScriptedApi
) -> None:
    translator.choose("source", "Arabic")
    translator.choose("target", "Hebrew")
    translator.translate("صباح الخير")
    translator.translated("صباح الخير")
    expect(translator.text).to_have_attribute("dir", "rtl")
    expect(translator.text).to_have_attribute("lang", "ar")
    expect(translator.result).to_have_attribute("dir", "rtl")
    expect(translator.result).to_have_attribute("lang", "he")
    expect(translator.page.locator("html")).to_have_attribute("dir", "ltr")
    translator.choose("source", "English")
    expect(translator.text).to_have_attribute("dir", "ltr")

    assert "Arabic (ar) to Hebrew (he)" in api.asked[0].prompt


def test_the_layout_is_mirrored_where_the_interface_reads_from_the_right(opened: Open) -> None:
    translator = opened(locale="ar")
    text, result = translator.text.bounding_box(), translator.result.bounding_box()
    assert text is not None
    assert result is not None

    assert text["x"] > result["x"]
