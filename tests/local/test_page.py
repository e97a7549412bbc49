"""The page of `make up`, used in a real browser that trusts the authority of `make up`."""

from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from tests.local.running import Stack
from tests.ui.browser.conftest import chromium, trust
from tests.ui.browser.translator import Translator
from tests.ui.browser.watch import Watch

pytestmark = pytest.mark.xdist_group("local")

TEXT = "Good morning, the meeting starts tomorrow. The house is small and the garden is big."

NOTE = """() => {
  window.lengths = [];
  const result = document.getElementById("result");
  new MutationObserver(() => window.lengths.push(result.textContent.length))
    .observe(result, { childList: true, subtree: true, characterData: true });
}"""
"""Notes the length of the translation each time that it changes."""


def test_a_translation_streams_into_the_page(stack: Stack, tmp_path: Path) -> None:
    """Through TLS, the front, the instance's nginx and its guard, from a real model."""
    trust(stack.folder / "ca.pem", tmp_path)
    with chromium(tmp_path) as browser:
        context = browser.new_context(locale="en-GB")
        watch = Watch(context, {stack.chosen["page_url"], stack.chosen["api_url"]})
        translator = Translator(context.new_page(), watch)
        translator.page.goto(stack.chosen["page_url"])
        translator.choose("source", "English")
        translator.choose("target", "French")
        translator.page.evaluate(NOTE)
        translator.translate(TEXT)
        expect(translator.by_id("translate")).to_be_visible(timeout=120_000)
        translator.announces("result.done")
        lengths = translator.page.evaluate("window.lengths")

        assert translator.result.inner_text().strip()
        assert len(set(lengths)) > 5, "it came in pieces"
        assert lengths == sorted(lengths)
        assert translator.page.evaluate("window.isSecureContext") is True
        assert watch.complaints == []


def test_a_browser_that_does_not_trust_the_authority_refuses(stack: Stack, tmp_path: Path) -> None:
    with chromium(tmp_path) as browser, pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        browser.new_page().goto(stack.chosen["page_url"])
