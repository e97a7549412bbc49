"""Which paths and methods get through to Ollama, however they are spelled.

`ollama_routes.txt` is the route table of Ollama v0.32.0 (server/routes.go, GenerateRoutes).
"""

import json
from pathlib import Path

import pytest

from tests.host.gateway import Gateway
from tests.host.wire import JSON, ask, generation, request, send, status

ROUTES = [
    tuple(line.split(" "))
    for line in (Path(__file__).parent / "ollama_routes.txt").read_text().splitlines()
]
PATHS = sorted({path for _, path in ROUTES})
METHODS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "PROPFIND",
    "MADEUP",
)

PASSED = {
    ("POST", "/api/generate"),
    ("POST", "/api/chat"),
    ("GET", "/api/tags"),
    ("GET", "/api/version"),
}
ALLOW = {
    "/api/generate": "POST, OPTIONS",
    "/api/chat": "POST, OPTIONS",
    "/api/tags": "GET, OPTIONS",
    "/api/version": "GET, OPTIONS",
}
GENERATION = json.dumps(generation()).encode()
CONVERSATION = json.dumps(
    {"model": "gemma3n:e4b", "messages": [{"role": "user", "content": "Good morning"}]}
).encode()


@pytest.mark.parametrize("path", PATHS)
def test_each_of_ollamas_routes_is_listed_or_refused(gateway: Gateway, path: str) -> None:
    for method in METHODS:
        gateway.upstream.received.clear()
        body = CONVERSATION if path == "/api/chat" else GENERATION
        answer = ask(gateway.port, method, path.replace(":", ""), body, JSON)
        passed = [(each.method, each.path) for each in gateway.upstream.received]

        if (method, path) in PASSED:
            assert answer.status == 200
            assert passed == [(method, path)]
            continue
        assert passed == [], method
        if path in ALLOW and method == "OPTIONS":
            assert (answer.status, answer.body) == (204, b"")
        elif method == "TRACE":  # nginx's own refusal, before any path is looked at
            assert answer.status == 405
        elif path in ALLOW:
            assert (answer.status, answer.headers["allow"]) == (405, ALLOW[path])
        else:
            assert answer.status == 404
            assert method == "HEAD" or answer.error == "there is nothing here"


@pytest.mark.parametrize(
    "path",
    [
        "//api/tags",
        "/api//tags",
        "/api/tags/",
        "/api/tags//",
        "/api/tags.",
        "/api/tags/.",
        "/./api/tags",
        "/api/./tags",
        "/api/../api/tags",
        "/api/pull/../tags",
        "/api/tags/..%2fpull",
        "/api/%74ags",
        "/api%2ftags",
        "/%61pi/tags",
        "/api/%2e/tags",
        "/api/%2e%2e/api/tags",
        "/api/tags%00",
        "/api/tags%20",
        "/api/tags%0d%0aX:%20y",
        "/API/tags",
        "/api/Tags",
        "/api/tags;x",
        "/api/tags?",
        "/api/tags?name=x",
        "/api/tags#x",
        "/api\\tags",
        "\\api\\tags",
        "/api/ tags",
        "api/tags",
        "*",
        "/api/tags\t",
        "/ready/../api/tags",
        "http://api.example.com/api/%74ags",
        "http://api.example.com//api/tags",
        "http://api.example.com/api/pull",
        "http:///api/tags",
        "//api.example.com/api/tags",
        "@ollama",
        "/@ollama",
    ],
)
def test_a_path_has_one_spelling(gateway: Gateway, path: str) -> None:
    answer = send(gateway.port, request(path))

    assert status(answer) in {400, 404}
    assert b'{"error":"' in answer
    assert gateway.upstream.received == []


@pytest.mark.parametrize("path", ["/api/generate?x=1", "/api/%67enerate", "/api/../api/generate"])
def test_nor_does_a_post_have_another(gateway: Gateway, path: str) -> None:
    assert ask(gateway.port, "POST", path, GENERATION, JSON).status == 404
    assert gateway.upstream.received == []


def test_an_absolute_uri_is_its_path(gateway: Gateway) -> None:
    assert status(send(gateway.port, request("http://other.example.com/api/tags"))) == 200
    (received,) = gateway.upstream.received
    assert received.path == "/api/tags"
    assert received.headers["host"].startswith("localhost:")


def test_ollama_sees_no_header_of_the_callers(gateway: Gateway) -> None:
    """It refuses any Host but its own, and whatever else it might heed it does not get."""
    sent = {"Host": "api.example.com", "Authorization": "Bearer x", "X-Forwarded-Host": "x"}
    ask(gateway.port, "GET", "/api/tags", b"body", sent | {"Cookie": "a=b", "Connection": "x-a"})
    ask(gateway.port, "POST", "/api/generate", GENERATION, JSON | sent | {"Accept": "text/html"})
    got, posted = gateway.upstream.received

    assert set(got.headers) == {"host", "connection"}
    assert got.headers["host"].startswith("localhost:")
    assert got.body == b""
    assert set(posted.headers) == {"host", "connection", "content-type", "content-length"}
    assert posted.headers["host"].startswith("localhost:")


def test_the_status_is_on_loopback_and_the_open_port_has_none(gateway: Gateway) -> None:
    figures = ask(gateway.status_port, "GET", "/status")

    assert figures.status == 200
    assert b"Writing: 1" in figures.body
    assert ask(gateway.status_port, "GET", "/api/tags").status == 404
    assert ask(gateway.port, "GET", "/status").status == 404
