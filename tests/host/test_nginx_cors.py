"""Whom a browser lets read the answers: the page, and nobody else's."""

import json

import pytest

from tests.host.gateway import Gateway
from tests.host.upstream import error
from tests.host.wire import JSON, MODEL, ORIGIN, ask, generate, request, send, status

PAGE = {"Origin": ORIGIN}
PREFLIGHT = PAGE | {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
}

FOREIGN = [
    "null",
    "https://evil.example.com",
    "http://translate.example.com",
    "https://translate.example.com:8443",
    "https://translate.example.com/",
    "https://translate.example.com.evil.example",
    "https://eviltranslate.example.com",
    "https://translatexexample.com",
    "https://TRANSLATE.example.com",
    "HTTPS://translate.example.com",
    "https://translate.example.com https://evil.example.com",
    "https://evil.example.com https://translate.example.com",
    "http://localhost",
    "https://127.0.0.1",
    "app://anything",
    "evil x",
]
"""Ollama itself always lets localhost in; in front of it nobody is at localhost."""


@pytest.mark.parametrize("path", ["/api/generate", "/api/chat", "/api/tags", "/api/version"])
def test_a_preflight_lets_the_page_send_json(gateway: Gateway, path: str) -> None:
    answer = ask(gateway.port, "OPTIONS", path, headers=PREFLIGHT)

    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"].lower() == "content-type"
    assert int(answer.headers["access-control-max-age"]) > 0
    assert gateway.upstream.received == []


def test_the_page_may_read_an_answer_once_allowed(gateway: Gateway) -> None:
    """Ollama's own header is there too, and must not make two of it."""
    answer = generate(gateway.port, headers=PAGE)

    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["vary"] == "Origin"
    assert gateway.upstream.received[0].headers["origin"] == ORIGIN


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_a_foreign_origin_is_refused_before_ollama(
    gateway: Gateway, origin: str, method: str
) -> None:
    answer = ask(gateway.port, method, "/api/tags", headers={"Origin": origin})

    assert answer.status == 403
    assert answer.error == "this page may not use the translator"
    assert answer.headers["vary"] == "Origin"
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert gateway.upstream.received == []


def test_a_foreign_page_may_not_post_what_needs_no_preflight(gateway: Gateway) -> None:
    body = json.dumps({"model": MODEL, "prompt": "x"}).encode()
    foreign = {"Origin": "https://evil.example.com", "Content-Type": "text/plain"}

    assert ask(gateway.port, "POST", "/api/generate", body, foreign).status == 403
    assert gateway.upstream.received == []


def test_without_an_origin_there_is_nothing_to_allow(gateway: Gateway) -> None:
    answer = generate(gateway.port)

    assert answer.status == 200
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert answer.headers["vary"] == "Origin"
    assert "origin" not in gateway.upstream.received[0].headers


def test_a_second_origin_cannot_hide_behind_the_first(gateway: Gateway) -> None:
    """What Ollama gets is the page's origin alone."""
    answer = send(
        gateway.port,
        request("/api/tags", f"Origin: {ORIGIN}", "Origin: https://evil.example.com"),
    )
    origins = [each.headers.get("origin") for each in gateway.upstream.received]

    assert (status(answer), origins) in [(200, [ORIGIN]), (403, []), (400, [])]
    assert b"evil" not in answer


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("GET", "/nowhere", None, 404),
        ("GET", "/api/tags?x", None, 404),
        ("DELETE", "/api/tags", None, 405),
        ("POST", "/api/generate", b"no JSON", 400),
        ("POST", "/api/generate", b"a" * 200_000, 413),
        ("GET", "/ready", None, 503),
    ],
)
def test_the_page_may_read_every_refusal(
    gateway: Gateway, method: str, path: str, body: bytes | None, expected: int
) -> None:
    answer = ask(gateway.port, method, path, body, JSON | PAGE)

    assert answer.status == expected
    assert answer.error
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert "retry-after" in answer.headers["access-control-expose-headers"].lower()


def test_a_refusal_of_ollamas_own_comes_through_as_it_is(gateway: Gateway) -> None:
    gateway.upstream.answer = error(404, "model 'gemma3n:e4b' not found")
    answer = generate(gateway.port, headers=PAGE)

    assert (answer.status, answer.error) == (404, "model 'gemma3n:e4b' not found")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
