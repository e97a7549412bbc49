"""The page on small screens, enlarged, by touch, without motion and in forced colours."""

import pytest
from playwright.sync_api import expect

from tests.ui.browser import answers
from tests.ui.browser.conftest import Open
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.test_accessibility import DIALOGS, PHONE

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze " * 12 + "x" * 400

TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const dialog = document.querySelector("dialog[open]");
  return [...document.querySelectorAll(dialog ? "dialog[open], dialog[open] *" : "body *")]
    .filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 0 && element.checkVisibility() && (right > width + 1 || left < -1)
        && !element.closest(".unseen");
    })
    .map((element) => element.id || element.className || element.tagName);
}"""
"""What reaches beyond the window, on either side."""

SMALL = """(least) => [...document.querySelectorAll("button, input, select, [role=option]")]
  .filter((element) => element.checkVisibility() && !element.closest(".unseen"))
  .filter((element) => {
    // A label that is pressed stands for its field.
    const area = element.closest("label") ?? element.labels?.[0] ?? element;
    const boxes = [element, area].map((each) => each.getBoundingClientRect());
    return Math.max(...boxes.map(({ width }) => width)) < least - 0.5
      || Math.max(...boxes.map(({ height }) => height)) < least - 0.5;
  })
  .map((element) => element.id || element.className || element.outerHTML.slice(0, 80))"""
"""What is smaller than a finger needs, in CSS pixels."""


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
def test_nothing_reaches_beyond_a_window_of_320_pixels(
    opened: Open, api: ScriptedApi, language: str
) -> None:
    """As wide as 1280 pixels are at 400 % (WCAG 1.4.10)."""
    translator = opened(locale=language, viewport={"width": 320, "height": 256})
    translator.watch.expect("status of 503")
    translator.translate(LONG)
    translator.translated(LONG)
    assert translator.page.evaluate(TOO_WIDE) == []
    api.play(answers.refusal(503, "too many", {"Retry-After": "60"}))
    translator.by_id("translate").click()
    expect(translator.by_id("countdown")).to_be_visible()
    assert translator.page.evaluate(TOO_WIDE) == []
    for name in DIALOGS:
        translator.by_id(name).click()
        expect(translator.by_id(f"{name}-dialog")).to_be_visible()
        assert translator.page.evaluate(TOO_WIDE) == [], name
        translator.page.keyboard.press("Escape")

    scrolled = translator.page.evaluate("scrollTo(1000, 0), scrollX")
    assert scrolled == 0


def test_wider_spaces_between_letters_words_and_lines_hide_nothing(opened: Open) -> None:
    """WCAG 1.4.12; a reader's own styles are not the page's, so no policy forbids them."""
    translator = opened(locale="de", bypass_csp=True, viewport={"width": 360, "height": 700})
    translator.page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }"
    )
    cut = translator.page.evaluate(
        """() => [...document.querySelectorAll("button, label, p")]
          .filter((element) => element.checkVisibility() && !element.closest(".unseen"))
          .filter((element) => element.scrollWidth > element.clientWidth + 1
            && getComputedStyle(element).overflowX !== "visible")
          .map((element) => element.id || element.textContent)"""
    )

    assert cut == []
    assert translator.page.evaluate(TOO_WIDE) == []


def test_a_finger_finds_everything_it_can_press(opened: Open) -> None:
    translator = opened(**PHONE)
    translator.translate("Good morning.")
    translator.done()
    assert translator.page.evaluate(SMALL, 44) == []
    for name in DIALOGS:
        translator.by_id(name).tap()
        expect(translator.by_id(f"{name}-dialog")).to_be_visible()
        assert translator.page.evaluate(SMALL, 44) == [], name
        translator.page.keyboard.press("Escape")
    translator.by_id("target-language").tap()
    expect(translator.by_id("target-languages")).to_be_visible()
    assert translator.page.evaluate(SMALL, 44) == []


def test_a_translation_by_touch_alone(opened: Open) -> None:
    translator = opened(**PHONE)
    translator.by_id("target-language").tap()
    translator.page.locator("#target-languages [data-code=fr]").tap()
    expect(translator.by_id("target-language")).to_have_value("French")
    translator.text.tap()
    translator.page.keyboard.type("Good morning.")
    translator.by_id("translate").tap()
    translator.translated("Good morning.")
    expect(translator.result).to_be_in_viewport()


def test_nothing_moves_for_whom_motion_disturbs(opened: Open, api: ScriptedApi) -> None:
    translator = opened(reduced_motion="reduce")
    api.play(answers.translation("Guten Morgen. " * 20, pause=0.02))
    translator.translate("Good morning.")
    expect(translator.result).to_contain_text("Guten")
    moving = "document.getAnimations().filter(({ playState }) => playState === 'running').length"
    assert translator.page.evaluate(moving) == 0
    translator.done()


def test_in_forced_colours_what_is_on_can_be_told_from_what_is_off(opened: Open) -> None:
    translator = opened(forced_colors="active")
    translator.by_id("settings").click()
    switch = translator.by_id("keep-history")
    look = """(element) => ["", "::before", "::after"].map((pseudo) => {
      const { backgroundColor, color, borderColor, left, transform, translate } =
        getComputedStyle(element, pseudo || null);
      return [backgroundColor, color, borderColor, left, transform, translate].join();
    }).join()"""
    off = switch.evaluate(look)
    switch.check()

    assert switch.evaluate(look) != off


@pytest.mark.parametrize("size", [(1280, 800), (768, 1024), (390, 780)])
def test_the_way_to_a_first_translation_is_in_sight(opened: Open, size: tuple[int, int]) -> None:
    translator = opened(viewport={"width": size[0], "height": size[1]})

    for name in ("source-language", "target-language", "text", "translate", "result"):
        expect(translator.by_id(name)).to_be_in_viewport()
