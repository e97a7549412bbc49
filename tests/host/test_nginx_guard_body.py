"""What the guard takes for a request at all, and in what form Ollama gets it."""

import json

import pytest

from tests.host.gateway import Gateway
from tests.host.wire import JSON, MODEL, ask, generate, generation

ADDED = {"options": {"num_predict": 4096}, "truncate": False}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"null",
        b"[]",
        b'"x"',
        b"1",
        b"{}",
        b'{"model":"gemma3n:e4b"}',
        b'{"prompt":"x"}',
        b'{"model":"gemma3n:e4b","prompt":"x"}{"keep_alive":0}',
        b'{"model":"gemma3n:e4b","prompt":"x",}',
        b"{'model':'gemma3n:e4b','prompt':'x'}",
        b'{"model":"gemma3n:e4b","prompt":"\xff"}',
        b'{"model":"gemma3n:e4b","prompt":"\xed\xa0\x80"}',
        b'{"model":"gemma3n:e4b","prompt":"x","options":{"temperature":1e999}}',
        b'{"model":"gemma3n:e4b","prompt":"x","options":{"temperature":NaN}}',
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"[" * 60_000,
        '{"model":"gemma3n:e4b","prompt":"x"}'.encode("utf-16"),
    ],
)
def test_what_is_no_request_is_refused(gateway: Gateway, body: bytes) -> None:
    answer = ask(gateway.port, "POST", "/api/generate", body, JSON)

    assert answer.status == 400
    assert answer.error
    assert gateway.upstream.received == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json, text/plain"},
        {"Content-Type": "application/json; charset=utf-16"},
        {},
        JSON | {"Content-Encoding": "gzip"},
        JSON | {"Content-Encoding": "identity, gzip"},
    ],
)
def test_a_body_that_is_no_plain_json_is_refused(gateway: Gateway, headers: dict[str, str]) -> None:
    """Without the JSON type a browser would ask nobody's leave to send it."""
    body = json.dumps(generation()).encode()
    answer = ask(gateway.port, "POST", "/api/generate", body, headers)

    assert answer.status == 415
    assert answer.error
    assert gateway.upstream.received == []


@pytest.mark.parametrize("kind", ["application/json; charset=UTF-8", "Application/JSON"])
def test_json_is_json_however_it_is_called(gateway: Gateway, kind: str) -> None:
    assert generate(gateway.port, headers={"Content-Type": kind}).status == 200


@pytest.mark.parametrize(
    ("body", "arrives"),
    [
        (b'{"model":"gemma3n:e4b","prompt":"a","prompt":"b"}', "b"),
        (b'{"prompt":"b","model":"other:1b","model":"gemma3n:e4b"}', "b"),
        (b'{"prompt":"b","model":"gemma3n:e4b","model":"other:1b"}', None),
        (b'{"\\u006dodel":"gemma3n:e4b","pro\\u006dpt":"b"}', "b"),
    ],
)
def test_of_two_keys_ollama_sees_the_one_that_was_judged(
    gateway: Gateway, body: bytes, arrives: str | None
) -> None:
    ask(gateway.port, "POST", "/api/generate", body, JSON)
    received = [each.json for each in gateway.upstream.received]

    assert received == ([{"model": MODEL, "prompt": arrives} | ADDED] if arrives else [])
    assert all(each.body.count(b'"model"') == 1 for each in gateway.upstream.received)
