"""A public page and an API with a private address: what the browser makes of it, for real."""

import pytest
from playwright.sync_api import Page

from tests.ui.browser.conftest import Open
from tests.ui.browser.scripted_api import ScriptedApi
from tests.ui.browser.stand import Stand
from tests.ui.browser.test_failures import FAILED
from tests.ui.browser.translator import Translator

BLOCKED = "has been blocked by CORS policy: Permission was denied"


def permit(page: Page, origin: str, setting: str) -> None:
    """Answer for the user what the browser would ask: `granted`, `denied` or `prompt`."""
    browser = page.context.browser
    assert browser is not None
    target = page.context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]
    session = browser.new_browser_cdp_session()
    for name in ("local-network-access", "local-network", "loopback-network"):
        session.send(
            "Browser.setPermission",
            {
                "permission": {"name": name},
                "setting": setting,
                "origin": origin,
                "browserContextId": target["browserContextId"],
            },
        )


@pytest.fixture
def public(opened: Open, stood: Stand) -> Translator:
    """The page at an address that the browser takes for a public one; nobody was asked yet."""
    translator = opened(url=stood.public_url)
    translator.watch.expect(FAILED, BLOCKED)
    return translator


def test_a_permission_that_was_denied_is_told_with_what_to_do(
    public: Translator, api: ScriptedApi, stood: Stand
) -> None:
    permit(public.page, stood.public_url, "denied")
    public.translate("Good morning.")
    public.fails("local-network")
    assert api.asked == [], "the browser really blocks it"

    permit(public.page, stood.public_url, "granted")
    public.by_id("retry").click()
    public.translated("Good morning.")


def test_with_the_permission_a_translation_comes(
    public: Translator, api: ScriptedApi, stood: Stand
) -> None:
    permit(public.page, stood.public_url, "granted")
    public.translate("Good morning.")
    public.translated("Good morning.")
    assert len(api.asked) == 1


def test_who_declines_when_asked_is_told_the_same(public: Translator, api: ScriptedApi) -> None:
    """A browser without a window asks nobody, and takes that for a no."""
    public.translate("Good morning.")
    public.fails("local-network")

    assert api.asked == []
