"""Uses the page in the machine's Chromium as a person would; prints what happened, as JSON.

Runs on .venv-local, as a program: `page_in_browser.py CHROMIUM PAGE-URL SCREENSHOT`. Which
authority is trusted, $HOME/.pki/nssdb says.
"""
# pyright: reportMissingImports=false, reportUnknownParameterType=false
# pyright: reportUnknownLambdaType=false
# What it imports lies in .venv-local, where the type checker does not look.

import json
import re
import sys
from typing import Any

from playwright.sync_api import expect, sync_playwright

TEXT = "Good morning, the meeting starts tomorrow. The house is small and the garden is big."

WATCH = """
window.seen = [];
const translation = document.getElementById("translation");
const note = () => window.seen.push(translation.textContent.length);
new MutationObserver(note).observe(translation, { childList: true, subtree: true });
"""
"""Notes the length of the translation each time that it changes."""


def main(chromium: str, url: str, screenshot: str) -> None:
    """Translate a text, and look."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            # A container's root has no sandbox; what it opens is this project's own page.
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        )
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.set_default_timeout(10_000)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else 0)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        requests: list[str] = []
        page.on("request", lambda request: requests.append(f"{request.method} {request.url}"))
        page.goto(url)
        page.locator("#target").select_option("fr")
        page.locator("#text").fill(TEXT)
        page.evaluate(WATCH)
        page.get_by_role("button", name="Translate").click()
        expect(page.locator("#status")).not_to_have_text(
            re.compile(r"^(Translating…)?$"), timeout=60_000
        )
        page.screenshot(path=screenshot)
        told: dict[str, Any] = {
            "secure": page.evaluate("window.isSecureContext"),
            "status": page.locator("#status").text_content(),
            "translation": page.locator("#translation").text_content(),
            "language": page.locator("#translation").get_attribute("lang"),
            "lengths": page.evaluate("window.seen"),
            "complaints": complaints,
            "requests": requests,
        }
        browser.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
