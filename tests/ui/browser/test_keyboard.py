"""Everything by keyboard alone."""

from playwright.sync_api import expect

from tests.ui.browser.conftest import Open
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.translator import Translator

FOCUSED = "document.activeElement.id || document.activeElement.tagName"


def focused(translator: Translator) -> str:
    return str(translator.page.evaluate(FOCUSED))


def test_a_translation_by_keyboard_alone(translator: Translator, api: ScriptedApi) -> None:
    keyboard = translator.page.keyboard
    expect(translator.text).to_be_focused()
    keyboard.press("Shift+Tab")
    assert focused(translator) == "target-language"
    keyboard.type("span")
    keyboard.press("Enter")
    expect(translator.by_id("target-language")).to_have_value("Spanish")
    keyboard.press("Tab")
    assert focused(translator) == "text"
    keyboard.type("Good morning.")
    keyboard.press("Control+Enter")
    translator.translated("Good morning.")
    for _ in range(20):
        if focused(translator) == "copy":
            break
        keyboard.press("Tab")
    assert focused(translator) == "copy"

    assert "Spanish" in api.asked[0].prompt


LOOK = """() => {
  const parts = ["outline", "boxShadow", "backgroundColor", "borderColor", "opacity", "transform"];
  window.look = (element) => {
    const seen = [];
    for (let each = element; each !== document.body; each = each.parentElement) {
      for (const pseudo of [undefined, "::before", "::after"]) {
        const style = getComputedStyle(each, pseudo);
        seen.push(...parts.map((part) => style[part]));
      }
    }
    return seen.join();
  };
  const all = document.querySelectorAll("a, button, input, textarea, select");
  window.unfocused = new Map([...all].map((element) => [element, look(element)]));
}"""
"""Notes how every control looks without the focus, with whatever surrounds it."""


def test_focus_goes_as_the_eye_does_and_is_always_seen(opened: Open) -> None:
    translator = opened(reduced_motion="reduce")
    translator.translate("Good morning.")
    translator.translated("Good morning.")
    translator.page.evaluate("document.activeElement.blur()")
    translator.page.evaluate(LOOK)
    translator.by_id("history").focus()
    translator.page.keyboard.press("Shift+Tab")
    order: list[str] = []
    for _ in range(40):
        name = focused(translator)
        if name in {*order, "BODY"}:
            break
        order.append(name)
        element = "document.activeElement"
        assert translator.page.evaluate(f"look({element}) !== unfocused.get({element})"), (
            f"{name} has the focus and does not show it"
        )
        translator.page.keyboard.press("Tab")

    expected = ["glossary", "history", "settings", "source-language", "swap", "target-language"]
    expected += ["text", "clear", "paste", "open-file", "translate", "copy", "share"]
    assert [name for name in order if name in expected] == expected


def test_a_dialog_gives_the_focus_back(translator: Translator) -> None:
    for name in ("glossary", "history", "settings", "share"):
        opener = translator.by_id(name)
        opener.focus()
        translator.page.keyboard.press("Enter")
        dialog = translator.by_id(f"{name}-dialog")
        expect(dialog).to_be_visible()
        inside = "document.activeElement.closest('dialog')?.id"
        assert translator.page.evaluate(inside) == f"{name}-dialog"
        translator.page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(opener).to_be_focused()


def test_the_list_of_languages_follows_the_patterns_keys(translator: Translator) -> None:
    field, listed = translator.by_id("target-language"), translator.by_id("target-languages")
    field.focus()
    before = field.input_value()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(listed).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert active
    expect(translator.by_id(active)).to_have_attribute("role", "option")
    field.press("Escape")
    expect(listed).to_be_hidden()
    expect(field).to_have_value(before)


def test_focus_is_never_lost_while_a_translation_comes_and_goes(translator: Translator) -> None:
    translator.write("Good morning.")
    translator.by_id("translate").focus()
    translator.page.keyboard.press("Enter")
    translator.translated("Good morning.")

    assert focused(translator) == "translate"
