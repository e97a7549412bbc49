"""The ordinary case: somebody has a text and wants it in another language."""

from tests.ui.browser import answers
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.stand import MODEL
from tests.ui.browser.translator import Translator


def test_a_first_translation_takes_a_language_a_text_and_a_button(
    translator: Translator, api: ScriptedApi
) -> None:
    api.play(answers.translation("La maison est petite."))
    translator.choose("target", "French")
    translator.translate("The house is small.")
    translator.translated("La maison est petite.")

    (asked,) = api.asked
    assert asked.body["model"] == MODEL
    assert asked.text == "The house is small."
    translator.announces("result.done")
