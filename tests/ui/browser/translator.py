"""The page as a person sees it: what can be read on it, and what can be done."""

import re
from functools import cache
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.ui.browser.watch import Watch
from tests.ui.node import call


class Translator:
    """The translator's page in a browser.

    Attributes:
        page: The page.
        watch: What it must not do.
    """

    def __init__(self, page: Page, watch: Watch) -> None:
        self.page = page
        self.watch = watch

    def by_id(self, name: str) -> Locator:
        """An element by its id."""
        return self.page.locator(f"#{name}")

    @property
    def text(self) -> Locator:
        """Where the text is written."""
        return self.by_id("text")

    @property
    def result(self) -> Locator:
        """Where the translation comes."""
        return self.by_id("result")

    def write(self, text: str) -> None:
        """Replace the text, as a paste over all of it does.

        Playwright's own way is Chromium's editing command, which takes seconds for many lines.
        """
        self.text.evaluate(
            """(field, text) => {
              field.focus();
              field.value = text;
              field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            }""",
            text,
        )

    def choose(self, side: str, name: str) -> None:
        """Choose a language by typing its name; `side` is `source` or `target`."""
        field = self.by_id(f"{side}-language")
        field.fill(name)
        field.press("Enter")

    def translate(self, text: str | None = None) -> None:
        """Have it, or this text, translated."""
        if text is not None:
            self.write(text)
        self.by_id("translate").click()

    def translated(self, text: str) -> None:
        """Wait until this is the whole translation."""
        self.done()
        expect(self.result).to_have_text(text)

    def done(self) -> None:
        """Wait until nothing is being translated, and nothing has failed."""
        self.ended()
        expect(self.by_id("failure")).to_be_hidden()

    def ended(self) -> None:
        """Wait until nothing is being translated."""
        expect(self.by_id("translate")).to_be_visible()

    def fails(self, kind: str, **values: Any) -> None:
        """Wait for a failure of this kind, in the sentences that the wording has for it."""
        expect(self.by_id("failure")).to_have_attribute("data-kind", kind)
        expect(self.by_id("failure-sentence")).to_have_text(said(f"failure.{kind}", **values))
        expect(self.by_id("failure-way")).to_have_text(said(f"failure.{kind}.way", **values))

    def announces(self, key: str, language: str = "en") -> None:
        """Wait until a screen reader is told this."""
        expect(self.by_id("status")).to_have_text(said(key, language))

    def kept(self) -> dict[str, str]:
        """What the page keeps on this device."""
        return self.page.evaluate("({...localStorage})")


@cache
def wording(language: str) -> dict[str, str]:
    """The page's words in one of its own languages."""
    return call(f"ui/app/wording/{language}.js", "default")


def said(key: str, language: str = "en", **values: Any) -> str | re.Pattern[str]:
    """What the page says: words, or where a value is not given, a pattern that they match."""
    words = wording(language)[key]
    for name, value in values.items():
        words = words.replace(f"{{{name}}}", str(value))
    if not re.search(r"\{\w+\}", words):
        return words
    return re.compile(
        "".join(
            ".*" if piece.startswith("{") else re.escape(piece)
            for piece in re.split(r"(\{\w+\})", words)
        )
    )
