"""Requests that two servers could read differently: refused, or read in one way."""

import json

import pytest

from tests.host.gateway import Gateway
from tests.host.wire import generation, request, send, status

BODY = json.dumps(generation()).encode()
LENGTH = f"Content-Length: {len(BODY)}"
TYPE = "Content-Type: application/json"
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
INNER = b"GET /api/ps HTTP/1.1\r\nHost: localhost\r\n\r\n"


def post(*fields: str, body: bytes) -> bytes:
    return request("/api/generate", TYPE, *fields, method="POST", body=body)


REFUSED = {
    "two hosts": request("/api/tags", "Host: localhost"),
    "no host": b"GET /api/tags HTTP/1.1\r\nConnection: close\r\n\r\n",
    "a host that is none": request("/api/tags").replace(b"api.example.com", b"a b/c"),
    "both lengths": post(LENGTH, "Transfer-Encoding: chunked", body=CHUNKED),
    "both lengths, the other way": post("Transfer-Encoding: chunked", LENGTH, body=CHUNKED),
    "two lengths": post(LENGTH, "Content-Length: 5", body=BODY),
    "one length twice": post(LENGTH, LENGTH, body=BODY),
    "a list of lengths": post(f"{LENGTH}, {len(BODY)}", body=BODY),
    "a signed length": post(f"Content-Length: +{len(BODY)}", body=BODY),
    "a negative length": post("Content-Length: -1", body=BODY),
    "a length in hexadecimal": post("Content-Length: 0x10", body=BODY),
    "chunked twice": post("Transfer-Encoding: chunked, chunked", body=CHUNKED),
    "chunked in two headers": post(*["Transfer-Encoding: chunked"] * 2, body=CHUNKED),
    "an unknown encoding": post("Transfer-Encoding: xchunked", body=CHUNKED),
    "a compressed encoding": post("Transfer-Encoding: gzip, chunked", body=CHUNKED),
    "a chunk of no size": post("Transfer-Encoding: chunked", body=b"zz\r\n" + BODY),
    "a chunk too large to count": post("Transfer-Encoding: chunked", body=b"f" * 20 + b"\r\n"),
    "chunks in an older HTTP": post("Transfer-Encoding: chunked", body=CHUNKED).replace(
        b"HTTP/1.1", b"HTTP/1.0"
    ),
    "a version that is none": request("/api/tags").replace(b"HTTP/1.1", b"HTTP/9.9"),
    "HTTP/2 without being asked": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a method in lower case": request("/api/tags", method="get"),
    "a zero byte in a header": request("/api/tags", "X-Zero: a\0b"),
    "a bare carriage return": request("/api/tags", "X: a\rHost: b"),
    "a tunnel": b"CONNECT 127.0.0.1:11435 HTTP/1.1\r\nHost: a\r\n\r\n",
    "a header too large": request("/api/tags", "X-Large: " + "a" * 40_000),
    "a path too large": request("/" + "a" * 40_000),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_could_be_read_in_two_ways_is_refused(gateway: Gateway, content: bytes) -> None:
    answer = send(gateway.port, content)

    # A request of HTTP/0.9 looks has no status line in its answer.
    assert 400 <= status(answer) < 506, answer
    assert b'{"error":"' in answer
    assert answer.count(b"HTTP/1.1 ") == 1
    assert gateway.upstream.received == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            post("Transfer-Encoding : chunked", LENGTH, body=BODY), id="space before colon"
        ),
        pytest.param(post("Transfer_Encoding: chunked", LENGTH, body=BODY), id="underscore"),
        pytest.param(post("X: a", "  Transfer-Encoding: chunked", LENGTH, body=BODY), id="folded"),
        pytest.param(post("X: a", "\tHost: localhost", LENGTH, body=BODY), id="folded host"),
        pytest.param(post("Transfer-Encoding: chunked", body=CHUNKED), id="chunked"),
        pytest.param(
            post("Transfer-Encoding: chunked", body=CHUNKED.replace(b"\r\n", b";a=b\r\n", 1)),
            id="chunk extension",
        ),
        pytest.param(post("Transfer-Encoding: CHUNKED", body=CHUNKED), id="upper case"),
        pytest.param(post(LENGTH, body=BODY + INNER), id="more than its length, then closed"),
        pytest.param(
            post("Transfer-Encoding: chunked", body=CHUNKED + INNER), id="more after the last chunk"
        ),
    ],
)
def test_what_nginx_reads_in_one_way_reaches_ollama_as_that(
    gateway: Gateway, content: bytes
) -> None:
    answer = send(gateway.port, content)
    received = gateway.upstream.received

    assert status(answer) in {200, 400}
    assert [(each.method, each.path) for each in received] == [("POST", "/api/generate")] * (
        status(answer) == 200
    )
    assert all(each.json["prompt"] == "Good morning" for each in received)


def test_a_second_request_on_a_connection_is_judged_as_the_first(gateway: Gateway) -> None:
    first = request("/api/tags").replace(b"Connection: close\r\n", b"")
    answer = send(gateway.port, first + INNER + request("/api/version"))

    assert answer.count(b"HTTP/1.1 200") == 2
    assert answer.count(b"HTTP/1.1 404") == 1
    assert [each.path for each in gateway.upstream.received] == ["/api/tags", "/api/version"]


def test_an_old_client_gets_its_answer_too(gateway: Gateway) -> None:
    content = post(LENGTH, body=BODY).replace(b"HTTP/1.1", b"HTTP/1.0")
    answer = send(gateway.port, content)

    assert status(answer) == 200
    assert answer.endswith(b'{"response":"","done":true}\n')
