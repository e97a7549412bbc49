"""The content security policy, as a browser keeps it, and the watch that tells of a breach."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.browser.scripted_api import wait_until
from tests.ui.browser.stand import Stand
from tests.ui.browser.translator import Translator
from tests.ui.browser.watch import Watch

TOLD = re.compile("Content Security Policy|Trusted(HTML|Script)")

BREACHES = {
    "text as markup": "document.body.innerHTML += '<b>x</b>'",
    "a script in the page": """
        const script = document.createElement("script");
        script.append("window.breached = true");
        document.body.append(script);""",
    "text as code": "setTimeout('window.breached = true')",
    "a style in the page": "document.body.setAttribute('style', 'color: red')",
    "a foreign image": "document.body.append(Object.assign(new Image(), {src: 'https://x.example'}))",
    "a foreign request": "fetch('https://x.example/').catch(() => {})",
    "a frame": """
        document.body.append(Object.assign(document.createElement("iframe"), {src: "/"}))""",
    "another base": """
        document.head.append(Object.assign(document.createElement("base"), {href: "/x/"}))""",
}


@pytest.fixture
def watched(browser: Browser, stood: Stand) -> Iterator[Translator]:
    """The page with a watch whose complaints are the test's own."""
    context = browser.new_context()
    watch = Watch(context, {stood.url, stood.api_url})
    translator = Translator(context.new_page(), watch)
    translator.page.goto(f"{stood.url}/")
    expect(translator.by_id("translate")).to_be_visible()
    assert watch.complaints == []
    yield translator
    context.close()


def test_a_breach_comes_to_nothing_and_is_told(watched: Translator) -> None:
    for breach, script in BREACHES.items():
        watched.watch.start_over()
        watched.page.evaluate(f"setTimeout(() => {{ {script} }})")
        wait_for(watched)

        assert TOLD.search(str(watched.watch.complaints)), breach
        assert watched.page.evaluate("window.breached") is None, breach
        assert watched.page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
        assert watched.page.evaluate("document.baseURI") == watched.page.url, breach
        expect(watched.page.locator("body > b")).to_have_count(0)


def test_an_error_that_nobody_caught_is_told(watched: Translator) -> None:
    watched.page.evaluate("setTimeout(() => { throw new Error('oh') })")
    wait_for(watched)

    assert "oh" in str(watched.watch.complaints)


def test_a_request_to_anybody_else_is_told(watched: Translator) -> None:
    watched.page.route("https://x.example/", lambda route: route.fulfill(body="x"))
    watched.page.goto("https://x.example/")

    assert watched.watch.complaints == ["foreign: GET https://x.example/"]


def wait_for(translator: Translator) -> None:
    """Wait until there is a complaint."""

    def complained() -> bool:
        translator.page.evaluate("1")  # lets what the browser told be heard
        return translator.watch.complaints != []

    wait_until(complained)
