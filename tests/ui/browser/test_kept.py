"""What stays on this device: nothing that nobody asked for, and all of it can be erased."""

import re

from playwright.sync_api import expect

from tests.ui.browser.conftest import Open
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.stand import Stand
from tests.ui.browser.translator import Translator, said

PRIVATE = "The private number is 4711."


def test_no_text_is_kept_unless_it_was_asked_for(translator: Translator) -> None:
    translator.translate(PRIVATE)
    translator.translated(PRIVATE)
    assert "4711" not in str(translator.kept())
    translator.by_id("history").click()
    expect(translator.by_id("history-switch")).not_to_be_checked()
    expect(translator.by_id("history-empty")).to_have_text(str(said("history.off")))
    translator.page.reload()
    expect(translator.text).to_have_value("")


def test_a_history_that_was_asked_for_is_kept_opened_and_erased_by_one_click(
    translator: Translator, api: ScriptedApi
) -> None:
    translator.by_id("history").click()
    translator.by_id("history-switch").check()
    translator.page.keyboard.press("Escape")
    translator.choose("target", "French")
    for text in ("One.", PRIVATE):
        translator.translate(text)
        translator.translated(text)
    translator.page.reload()
    translator.by_id("history").click()
    entries = translator.page.locator("#history-list > li")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text(PRIVATE)
    entries.last.get_by_role("button").first.click()
    expect(translator.text).to_have_value("One.")
    expect(translator.result).to_have_text("One.")
    assert len(api.asked) == 2, "what is kept is not translated again"

    translator.by_id("history").click()
    translator.by_id("erase-history").click()
    expect(entries).to_have_count(0)
    assert "4711" not in str(translator.kept())


def test_turning_the_history_off_erases_it(translator: Translator) -> None:
    translator.by_id("settings").click()
    translator.by_id("keep-history").check()
    translator.page.keyboard.press("Escape")
    translator.translate(PRIVATE)
    translator.translated(PRIVATE)
    assert "4711" in str(translator.kept())
    translator.by_id("settings").click()
    translator.by_id("keep-history").uncheck()

    assert "4711" not in str(translator.kept())


def test_everything_can_be_erased_by_one_click(translator: Translator) -> None:
    translator.by_id("settings").click()
    translator.by_id("interface-language").select_option("de")
    translator.page.locator("[name=theme][value=dark]").check()
    expect(translator.page.locator("html")).to_have_attribute("data-theme", "dark")
    translator.by_id("erase-everything").click()

    expect(translator.page.locator("html")).not_to_have_attribute("data-theme", "dark")
    expect(translator.by_id("settings-title")).to_have_text(str(said("settings")))
    assert translator.kept() == {}


def test_the_page_works_where_nothing_may_be_stored(opened: Open) -> None:
    translator = opened()
    translator.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }});"
    )
    translator.page.reload()
    translator.choose("target", "French")
    translator.translate("Good morning.")
    translator.translated("Good morning.")

    translator.by_id("history").click()
    translator.by_id("history-switch").check()
    expect(translator.by_id("toast-words")).to_have_text(said("unkept"))


def test_another_tab_follows(opened: Open, stood: Stand) -> None:
    translator = opened()
    other = translator.page.context.new_page()
    other.goto(f"{stood.url}/")
    translator.by_id("settings").click()
    translator.page.locator("[name=theme][value=dark]").check()

    expect(other.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_link_holds_the_languages_and_the_text_only_if_asked(
    translator: Translator, opened: Open, api: ScriptedApi
) -> None:
    translator.choose("source", "English")
    translator.choose("target", "Japanese")
    translator.write(PRIVATE)
    translator.by_id("share").click()
    link = translator.by_id("share-link")
    expect(link).to_have_value(re.compile(r"#from=en&to=ja$"))
    translator.by_id("share-text").check()
    expect(link).to_have_value(re.compile("4711"))
    fragment = "#" + link.input_value().partition("#")[2]

    received = opened(fragment)
    expect(received.by_id("source-language")).to_have_value("English")
    expect(received.by_id("target-language")).to_have_value("Japanese")
    expect(received.text).to_have_value(PRIVATE)
    assert api.asked == [], "a link alone sends nothing"
    assert "4711" not in received.page.url
    assert not any("4711" in each.url for each in received.watch.requests)
