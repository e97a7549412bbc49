"""A browser says only that a request failed; what it does say elsewhere tells why."""

from typing import Any

import pytest

from tests.ui.node import call

CHROME = {"local-network-access": "prompt", "local-network": "prompt", "loopback-network": "prompt"}


def diagnosed(**world: Any) -> str:
    failure = call("tests/ui/scenarios/diagnose.mjs", "diagnosed", world)
    return f"{failure['kind']} {failure['detail']}".strip()


def test_a_browser_without_a_network_is_offline() -> None:
    assert diagnosed(api="gone", onLine=False) == "offline"


@pytest.mark.parametrize("api", ["gone", "silent"])
def test_an_api_that_does_not_answer_is_unreachable(api: str) -> None:
    assert diagnosed(api=api) == "unreachable"


@pytest.mark.parametrize("name", CHROME)
def test_a_denied_permission_is_why_an_api_does_not_answer(name: str) -> None:
    older = {name: "denied"}

    assert diagnosed(api="gone", permissions=older) == "local-network denied"
    assert diagnosed(api="gone", permissions=CHROME | older) == "local-network denied"


def test_who_was_never_asked_for_permission_is_most_likely_not_on_the_vpn() -> None:
    assert diagnosed(api="gone", permissions=CHROME) == "unreachable"


def test_a_permission_given_while_the_request_failed_is_told() -> None:
    world = {"api": "foreign", "permissions": CHROME, "grants": "local-network"}

    assert diagnosed(**world) == "local-network granted"


@pytest.mark.parametrize("permissions", [None, CHROME, CHROME | {"local-network": "denied"}])
@pytest.mark.parametrize("api", ["foreign", "balancer"])
def test_an_answer_that_the_page_may_not_read_is_a_matter_of_origins(
    api: str, permissions: dict[str, str] | None
) -> None:
    assert diagnosed(api=api, permissions=permissions) == "cors"


def test_an_api_that_answers_the_page_again_had_lost_the_connection() -> None:
    assert diagnosed(api="readable") == "broken"
