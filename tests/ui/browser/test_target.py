"""Into which language is translated where nobody has said it."""

import pytest
from playwright.sync_api import expect

from tests.ui.browser.conftest import Open
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.translator import Translator


def target(translator: Translator, name: str) -> None:
    expect(translator.by_id("target-language")).to_have_value(name)


def test_a_foreign_text_comes_in_the_readers_language(
    translator: Translator, api: ScriptedApi
) -> None:
    translator.translate("Guten Tag, wie geht es Ihnen?")
    translator.done()

    target(translator, "English")
    assert api.asked[0].prompt.partition("\n\n\n")[0].endswith("text into English:")


@pytest.mark.parametrize(
    ("locale", "text", "name"),
    [
        ("en-GB", "Hello, how are you?", "German"),
        ("de-DE", "Guten Tag, wie geht es Ihnen?", "Englisch"),
        ("pt-PT", "Olá, como está você?", "English"),
    ],
)
def test_a_text_in_the_readers_own_language_goes_into_another(
    opened: Open, locale: str, text: str, name: str
) -> None:
    translator = opened(locale=locale)
    translator.write(text)

    target(translator, name)


def test_that_another_target_was_chosen_is_told(translator: Translator) -> None:
    translator.write("Hello, how are you?")

    expect(translator.by_id("status")).to_have_text("Translate into: German")


def test_what_was_asked_for_stays_for_the_text(translator: Translator) -> None:
    translator.choose("target", "english")
    translator.write("Hello, how are you?")
    target(translator, "English")
    translator.write("Hello, how are you? This is for you.")
    target(translator, "English")

    translator.write("")
    translator.write("Hello again to you.")
    target(translator, "German")


def test_the_other_language_used_last_is_taken(translator: Translator) -> None:
    translator.choose("target", "japanese")
    translator.translate("Hello, how are you?")
    translator.done()
    translator.choose("target", "english")
    translator.write("")
    translator.write("Hello again to you.")

    target(translator, "Japanese")


def test_a_link_from_a_language_into_itself_has_the_source_recognised(opened: Open) -> None:
    translator = opened("#from=de&to=de")

    expect(translator.by_id("source-language")).to_have_value("Detect language")
    target(translator, "German")
