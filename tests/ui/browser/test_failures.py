"""Every fault has its own sentence, and a way on."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.browser import answers
from tests.ui.browser.conftest import Open
from tests.ui.browser.scripted_api import Answer, ScriptedApi
from tests.ui.browser.stand import Stand
from tests.ui.browser.translator import Translator, said
from tests.ui.browser.watch import Watch

REFUSED = r"Failed to load resource: the server responded with a status of \d+"
"""What a browser writes of every such answer on its own."""

FAILED = r"Failed to load resource: net::|blocked by CORS policy"

PIECE = {"response": "Das Haus ", "done": False}

FAULTS: Mapping[str, tuple[str, Answer, dict[str, Any]]] = {
    "429": ("busy", answers.refusal(429, "too many", {"Retry-After": "30"}), {}),
    "503": ("busy", answers.refusal(503, "too many", {"Retry-After": "30"}), {}),
    "no model yet": ("loading", answers.refusal(404, "model 'gemma3n:e4b' not found"), {}),
    "502": ("loading", answers.refusal(502, "the request could not be answered"), {}),
    "504": ("loading", answers.refusal(504, "the model did not answer in time"), {}),
    "403": ("refused", answers.refusal(403, "this page may not use the translator"), {}),
    "413": ("too-long", answers.refusal(413, "the text is too long"), {}),
    "400": ("too-long", answers.refusal(400, "prompt must be no more than 12288 characters"), {}),
    "500": ("server", answers.refusal(500, "broken"), {"detail": "broken"}),
    "an error in the stream": (
        "model-error",
        answers.broken(PIECE, {"error": "an error was encountered: CUDA"}),
        {},
    ),
    "an end without done": ("broken", answers.broken(PIECE), {}),
    "a cut connection": ("broken", answers.broken(PIECE, cut=True), {}),
    "a limit reached": ("cut-off", answers.translation("Das Haus", reason="length"), {}),
    "garbage": ("unreadable", answers.broken(PIECE, b"<html>a proxy\n"), {}),
    "half a character": ("broken", answers.broken(PIECE, b'{"response": "\xc3'), {}),
}


INCOMPLETE = ("broken", "cut-off", "model-error")
"""Of these something has arrived: it is kept, and marked."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_its_own_sentence_and_trying_again_helps(
    fault: str, tab: Translator, api: ScriptedApi, watches: list[Watch]
) -> None:
    """On one page, from fault to fault, as a person meets them."""
    translator = tab
    translator.watch.start_over()
    watches.append(translator.watch)
    kind, answer, values = FAULTS[fault]
    translator.watch.expect(REFUSED, FAILED)
    api.play(answer)
    text = f"The house is small: {fault}."
    translator.translate(text)
    translator.fails(kind, **values)
    if kind in INCOMPLETE:
        expect(translator.result).to_have_text(re.compile("^Das Haus"))
        expect(translator.by_id("note")).to_have_text(said("result.incomplete"))

    expect(translator.text).to_have_value(text)
    expect(translator.by_id("translate")).to_be_enabled()
    api.play(answers.translation("Das Haus ist klein."))
    way = translator.by_id("retry")
    expect(way).to_be_visible()
    way.click()
    translator.translated("Das Haus ist klein.")
    expect(translator.by_id("note")).to_be_hidden()


def test_busy_counts_down_and_tries_again_by_itself(opened: Open, api: ScriptedApi) -> None:
    translator = opened()
    translator.watch.expect(REFUSED)
    translator.page.clock.install()
    api.play(answers.refusal(429, "too many", {"Retry-After": "20"}), answers.translation("Gut."))
    translator.translate("Good.")
    translator.fails("busy")
    expect(translator.by_id("countdown")).to_contain_text("20")
    translator.page.clock.run_for(15_000)
    expect(translator.by_id("countdown")).to_contain_text("5")
    assert len(api.asked) == 1
    translator.page.clock.run_for(6_000)
    translator.translated("Gut.")


def test_a_countdown_can_be_stopped(opened: Open, api: ScriptedApi) -> None:
    translator = opened()
    translator.watch.expect(REFUSED)
    translator.page.clock.install()
    api.play(answers.refusal(503, "too many", {"Retry-After": "2"}))
    translator.translate("Good.")
    translator.fails("busy")
    translator.by_id("dismiss").click()
    expect(translator.by_id("countdown")).to_be_hidden()
    translator.page.clock.run_for(60_000)

    assert len(api.asked) == 1


def test_offline_is_said_at_once_and_again_when_asked(opened: Open, api: ScriptedApi) -> None:
    translator = opened()
    translator.watch.expect(FAILED)
    translator.page.context.set_offline(True)
    expect(translator.by_id("offline")).to_be_visible()
    translator.translate("Good.")
    translator.fails("offline")
    assert api.asked == []
    translator.page.context.set_offline(False)
    expect(translator.by_id("offline")).to_be_hidden()
    translator.by_id("retry").click()
    translator.translated("Good.")


def test_an_api_that_cannot_be_reached_sends_to_the_vpn(
    translator: Translator, api: ScriptedApi
) -> None:
    translator.watch.expect(FAILED)
    api.hang_up()
    translator.translate("Good.")
    translator.fails("unreachable")
    api.listen()
    translator.by_id("retry").click()
    translator.translated("Good.")


def test_an_api_behind_a_firewall_that_drops_every_packet_sends_to_the_vpn(
    opened: Open, api: ScriptedApi
) -> None:
    """As who is not on the VPN meets it: a browser itself would wait for minutes."""
    translator = opened()
    translator.watch.expect(FAILED)
    translator.page.clock.install()
    api.swallow()
    translator.translate("Good.")
    expect(translator.by_id("stop")).to_be_visible()
    translator.page.clock.run_for(11_000)
    translator.fails("unreachable")
    api.hang_up()
    api.listen()
    translator.by_id("retry").click()
    translator.translated("Good.")


def test_an_api_that_serves_another_page_says_that_this_address_is_not_allowed(
    translator: Translator, api: ScriptedApi, stood: Stand
) -> None:
    translator.watch.expect(FAILED, REFUSED)
    api.play(answers.without_cors())
    translator.translate("Good.")
    translator.fails("cors", origin=stood.url)


def test_settings_that_cannot_be_loaded_are_asked_for_again(opened: Open, stood: Stand) -> None:
    del stood
    translator = opened()
    translator.watch.expect(REFUSED)
    translator.page.route("**/config.json", lambda route: route.fulfill(status=404))
    translator.page.reload()
    translator.translate("Good.")
    translator.fails("settings")
    translator.page.unroute("**/config.json")
    translator.by_id("retry").click()
    translator.translated("Good.")
    expect(translator.by_id("count")).to_have_text("5 of 9,400 characters")


def test_a_link_in_a_language_that_nobody_knows_is_told(opened: Open) -> None:
    translator = opened("#from=en&to=tlh")
    translator.fails("unknown-language", detail="tlh")
    translator.by_id("retry").click()
    expect(translator.by_id("target-language")).to_be_focused()
