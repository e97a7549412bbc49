"""What CloudFront would send: kept for ever where it never changes, never stale where it does."""

import gzip
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from harness.local.nginx import free_port
from harness.local.place import Choice
from tests.checkout import ROOT
from tests.ui.browser.conftest import Open
from tests.ui.browser.stand import Stand, release
from tests.ui.browser.translator import said

LIMIT = 60_000
"""Bytes of the page's own code, compressed."""


def heard(page: Page) -> list[Response]:
    """The answers to whatever the page asks for from now on."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    return answers


def from_cache(page: Page) -> dict[str, bool]:
    """By path, whether what the page asks for from now on comes from the browser's own cache."""
    cached: dict[str, bool] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def note(event: dict[str, Any]) -> None:
        path = event["response"]["url"].split("/", 3)[3]
        cached[path] = event["response"]["fromDiskCache"]

    session.on("Network.responseReceived", note)
    return cached


def test_every_answer_carries_the_modules_headers(opened: Open, stood: Stand) -> None:
    translator = opened()
    answers = heard(translator.page)
    translator.page.reload()
    expect(translator.by_id("translate")).to_be_visible()
    pages = [answer for answer in answers if answer.url.startswith(stood.url)]

    assert len(pages) > 10
    for answer in pages:
        sent = {name.lower(): value for name, value in answer.headers.items()}
        key = answer.url.removeprefix(f"{stood.url}/").partition("?")[0] or "index.html"
        assert sent["cache-control"] == stood.delivery.objects[key].cache_control, key
        assert sent["content-type"] == stood.delivery.objects[key].content_type, key
        for name, value in stood.delivery.headers.items():
            assert sent[name.lower()] == value, f"{key}: {name}"


def test_what_is_not_there_is_a_page_that_leads_back(opened: Open, stood: Stand) -> None:
    translator = opened()
    translator.watch.expect("status of 404")
    answer = translator.page.goto(f"{stood.url}/app-0123456789abcdef/main.js")
    assert answer is not None
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-cache"
    translator.page.get_by_role("link").click()
    expect(translator.by_id("translate")).to_be_visible()


def test_a_second_visit_asks_for_the_page_and_takes_its_release_from_the_cache(
    context: Callable[..., BrowserContext], stood: Stand
) -> None:
    visitor = context()
    first = visitor.new_page()
    first.goto(f"{stood.url}/")
    expect(first.locator("#translate")).to_be_visible()
    first.close()
    second = visitor.new_page()
    cached = from_cache(second)
    second.goto(f"{stood.url}/")
    expect(second.locator("#translate")).to_be_visible()
    expect(second.locator("#target-language")).not_to_have_value("")
    released = {path: was for path, was in cached.items() if path.startswith("app-")}

    assert len(released) > 10
    assert all(released.values()), "what is immutable was asked for again"
    assert cached[""] is False, "the page itself is never taken for fresh"


@pytest.fixture
def releases(stood: Stand, stacks: Path, tmp_path: Path) -> tuple[Any, Any]:
    """Two releases, of which the second has another title and other scripts."""
    ui = tmp_path / "ui"
    shutil.copytree(ROOT / "ui", ui)
    index = ui / "index.html"
    index.write_text(index.read_text("utf-8").replace("<h1>", '<h1 data-release="2">'), "utf-8")
    main = ui / "app" / "main.js"
    main.write_text(main.read_text("utf-8") + "\nexport const release = 2;\n", "utf-8")
    return stood.delivery, release(stacks, stood.api_url, ui, tmp_path / "terraform")


def test_a_deploy_is_seen_at_the_next_visit_and_who_is_there_already_is_told_to_reload(
    opened: Open, stood: Stand, releases: tuple[Any, Any], tmp_path: Path
) -> None:
    """A page that is open goes on; what it has not loaded yet may be gone, and it says so."""
    chosen = Choice(free_port())
    with stood.serving(releases[0], chosen, tmp_path / "first") as url:
        translator = opened(url=url)
        translator.watch.expect("status of 404")
        translator.write("Good morning.")
    with stood.serving(releases[1], chosen, tmp_path / "second"):
        translator.by_id("translate").click()
        translator.translated("Good morning.")
        translator.by_id("settings").click()
        translator.by_id("interface-language").select_option("fr")
        expect(translator.by_id("toast-words")).to_have_text(str(said("outdated")))
        expect(translator.by_id("settings-title")).to_have_text(str(said("settings")))
        translator.by_id("toast-action").click()
        expect(translator.page.locator("[data-release='2']")).to_be_visible()
        expect(translator.by_id("translate")).to_have_text(str(said("translate", "fr")))
        expect(translator.text).to_have_value("Good morning.")


def test_a_page_whose_scripts_are_gone_says_so(opened: Open) -> None:
    """Loaded in the very moment of a deploy, or through a network that broke."""
    translator = opened()
    translator.watch.expect("status of 404")
    expect(translator.by_id("unstarted")).to_have_count(0)
    translator.page.route("**/main.js", lambda route: route.fulfill(status=404))
    translator.page.reload()
    unstarted = translator.by_id("unstarted")
    expect(unstarted).to_be_hidden()
    # Its time comes without waiting for it.
    unstarted.evaluate("(banner) => banner.getAnimations().forEach((each) => each.finish())")

    expect(unstarted).to_be_visible()


def test_the_page_is_there_before_its_settings_and_without_the_api(opened: Open) -> None:
    translator = opened()
    translator.page.route("**/config.json", lambda _: None)
    asked = len(translator.watch.requests)
    translator.page.reload(wait_until="commit")
    translator.choose("target", "French")
    translator.write("Good morning.")
    expect(translator.by_id("count")).to_have_text(str(said("count.alone.other", count=13)))
    expect(translator.by_id("translate")).to_be_enabled()

    assert not any("/api/" in request.url for request in translator.watch.requests[asked:])


def test_a_first_visits_code_is_small(opened: Open, stood: Stand) -> None:
    translator = opened()
    answers = heard(translator.page)
    translator.page.reload()
    expect(translator.by_id("target-language")).not_to_have_value("")
    keys = {answer.url.removeprefix(f"{stood.url}/") or "index.html" for answer in answers}
    code = {key: stood.delivery.objects[key].content for key in keys if key != "config.json"}
    compressed = {key: len(gzip.compress(content)) for key, content in code.items()}

    assert sum(compressed.values()) < LIMIT, compressed


def test_everything_is_asked_for_at_once_and_nothing_twice(opened: Open, stood: Stand) -> None:
    """A module that another imports is named in the page, so that no import waits for another."""
    translator = opened()
    page = stood.delivery.objects["index.html"].content.decode()
    named = set(re.findall(r'"(/app-[^"]+)"', page))
    paths = [
        request.url.removeprefix(stood.url)
        for request in translator.watch.requests
        if "/app-" in request.url
    ]

    assert set(paths) == named
    assert len(paths) == len(named)
