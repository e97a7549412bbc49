"""A browser for each worker, a fresh context for each test, and a look at what must not happen."""

import os
import shutil
import subprocess
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.stand import Stand, stand
from tests.ui.browser.translator import Translator
from tests.ui.browser.watch import Watch

ARGUMENTS = (
    # A container's root has no sandbox; what is opened is this project's own page.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
)

HERE = Path(__file__).parent

DESKTOP: ViewportSize = {"width": 1280, "height": 800}

PATIENCE = 20_000
"""Milliseconds for whatever is waited for: no test is about time, and machines are busy."""

Open = Callable[..., Translator]

expect.set_options(timeout=PATIENCE)

RUNNING: list[tuple[Browser, ExitStack]] = []
"""This worker's browser, and what ends it; empty while there is none."""


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in a hook of the same name
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have two workers run them, each with one browser; every second file each."""
    files = sorted(HERE.glob("test_*.py"))
    for item in items:
        if item.path in files:
            item.add_marker(pytest.mark.xdist_group(f"browser {files.index(item.path) % 2}"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """End the browser before tests of another kind: Playwright's loop would stop theirs."""
    if RUNNING and (nextitem is None or nextitem.path.parent != HERE):
        RUNNING.pop()[1].close()


@pytest.fixture(scope="session")
def stood(stacks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """The servers; one set for each worker."""
    with stand(stacks, tmp_path_factory.mktemp("stand")) as servers:
        yield servers


@pytest.fixture(scope="session")
def home(stood: Stand, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a browser that trusts the servers' authority."""
    folder = tmp_path_factory.mktemp("home")
    trust(stood.authority, folder)
    return folder


@pytest.fixture(scope="module")
def browser(stood: Stand, home: Path) -> Browser:
    """The machine's Chromium: a worker's files share one while no other tests come between."""
    if not RUNNING:
        ends = ExitStack()
        spaces = f"--ip-address-space-overrides={stood.spaces}"
        RUNNING.append((ends.enter_context(chromium(home, spaces)), ends))
    return RUNNING[0][0]


@contextmanager
def chromium(home: Path, *arguments: str) -> Generator[Browser]:
    """The machine's own Chromium, whose user lives there."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program is not None, "install chromium (on Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            args=[*ARGUMENTS, *arguments],
            env={**os.environ, "HOME": str(home)},
        )
        yield started
        started.close()


def trust(authority: Path, home: Path) -> None:
    """Have a browser at home there trust an authority, as README says how."""
    database = home / ".pki" / "nssdb"
    database.mkdir(parents=True)
    trusted = ("-n", "translator", "-t", "C,,", "-i", str(authority))
    for words in (("-N", "--empty-password"), ("-A", *trusted)):
        subprocess.run(  # noqa: S603 # this project's own words
            ["certutil", "-d", f"sql:{database}", *words],  # noqa: S607 # PATH's own
            check=True,
            capture_output=True,
        )


@pytest.fixture
def api(stood: Stand) -> ScriptedApi:
    """The API, with nothing scripted: it says every text back."""
    stood.api.reset()
    return stood.api


@pytest.fixture
def watches() -> Iterator[list[Watch]]:
    """The watches of the test's contexts; the test fails for what they saw."""
    kept: list[Watch] = []
    yield kept
    assert [each for watch in kept for each in watch.complaints] == []


@pytest.fixture
def context(
    browser: Browser, stood: Stand, watches: list[Watch]
) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a context, in English on a desktop unless said otherwise; it is watched."""
    made: list[BrowserContext] = []

    def make(others: Collection[str] = (), **options: Any) -> BrowserContext:
        given: dict[str, Any] = {"locale": "en-GB", "viewport": DESKTOP, **options}
        new = browser.new_context(**given)
        new.set_default_timeout(PATIENCE)
        made.append(new)
        watches.append(Watch(new, {stood.url, stood.public_url, stood.api_url, *others}))
        return new

    yield make
    for each in made:
        each.close()


@pytest.fixture
def opened(
    context: Callable[..., BrowserContext], stood: Stand, api: ScriptedApi, watches: list[Watch]
) -> Open:
    """Opens the page: `opened(fragment, **options of the context)`."""
    del api

    def at(fragment: str = "", *, url: str = "", **options: Any) -> Translator:
        page = context([url] if url else [], **options).new_page()
        translator = Translator(page, watches[-1])
        page.goto(f"{url or stood.url}/{fragment}")
        return translator

    return at


@pytest.fixture(scope="module")
def tab(browser: Browser, stood: Stand) -> Iterator[Translator]:
    """A tab for a file's tests, on a desktop, in English."""
    context = browser.new_context(locale="en-GB", viewport=DESKTOP)
    context.set_default_timeout(PATIENCE)
    watch = Watch(context, {stood.url, stood.api_url})
    translator = Translator(context.new_page(), watch)
    translator.page.goto(f"{stood.url}/")
    yield translator
    context.close()


@pytest.fixture
def translator(tab: Translator, stood: Stand, api: ScriptedApi, watches: list[Watch]) -> Translator:
    """The page as a new visitor meets it. A test that does more to the browser has `opened`."""
    del api
    tab.page.evaluate("localStorage.clear()")
    tab.page.goto("about:blank")
    tab.page.emulate_media(media="null", color_scheme="null")
    tab.watch.start_over()
    watches.append(tab.watch)
    tab.page.goto(f"{stood.url}/")
    return tab
