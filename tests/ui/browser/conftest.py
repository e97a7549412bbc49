"""A browser for each worker, a fresh context for each test, and a look at what must not happen."""

import os
import shutil
import subprocess
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

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

DESKTOP = {"width": 1280, "height": 800}

PATIENCE = 20_000
"""Milliseconds for whatever is waited for: no test is about time, and machines are busy."""

Open = Callable[..., Translator]

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in a hook of the same name
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have one worker run a file's tests, with one browser."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.xdist_group(f"browser {item.path.stem}"))


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
def browser(stood: Stand, home: Path) -> Iterator[Browser]:
    """The machine's Chromium; it ends with the file, as Playwright's loop would stop others'."""
    with chromium(home, f"--ip-address-space-overrides={stood.spaces}") as started:
        yield started


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


@pytest.fixture
def translator(opened: Open) -> Translator:
    """The page, opened on a desktop, in English."""
    return opened()
