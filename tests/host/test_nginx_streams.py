"""Translations as they stream: at once, whole, and no longer than somebody reads them."""

import asyncio
import http.client
import json
import socket
import time

import pytest

from tests.host.gateway import Gateway
from tests.host.upstream import HEAD, chunk, line, silence, stream
from tests.host.wire import JSON, ORIGIN, ask, generate, generation, request

BODY = json.dumps(generation()).encode()
POST = request(
    "/api/generate",
    "Content-Type: application/json",
    f"Content-Length: {len(BODY)}",
    method="POST",
    body=BODY,
)
STREAMS, LINES = 200, 10


def test_the_first_word_comes_long_before_the_last(gateway: Gateway) -> None:
    gateway.upstream.answer = stream(10, 0.1)
    connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=20)
    start = time.monotonic()
    connection.request("POST", "/api/generate", BODY, JSON)
    answer = connection.getresponse()
    assert answer.readline() == line(0)
    first = time.monotonic() - start
    rest = answer.read()
    total = time.monotonic() - start
    connection.close()

    assert rest.endswith(b'"done":true}\n')
    assert total > 0.9
    assert first < total / 4


async def _lines(port: int) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(POST)
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.count(b'"done":true') == 1
    return sum(answer.count(line(number)) for number in range(LINES))


async def _many(port: int) -> list[int]:
    return await asyncio.gather(*(_lines(port) for _ in range(STREAMS)))


def test_two_hundred_slow_streams_lose_no_line(gateway: Gateway) -> None:
    gateway.upstream.answer = stream(LINES, 0.1)

    assert asyncio.run(_many(gateway.port)) == [LINES] * STREAMS


@pytest.mark.parametrize("lines", [0, 1000], ids=["before the first word", "in mid-stream"])
def test_a_client_that_leaves_ends_the_work_for_it(gateway: Gateway, lines: int) -> None:
    """Ollama stops generating when its connection closes."""
    gateway.upstream.answer = stream(lines, 0.02) if lines else silence
    with socket.create_connection(("127.0.0.1", gateway.port)) as client:
        client.sendall(POST)
        if lines:
            assert client.recv(100)
        deadline = time.monotonic() + 5
        while not gateway.upstream.received:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert not gateway.upstream.gone.is_set()

    assert gateway.upstream.gone.wait(timeout=5)


def test_a_stream_that_breaks_off_is_seen_to_break_off(gateway: Gateway) -> None:
    gateway.upstream.answer = stream(5, dies_after=3)

    with pytest.raises(http.client.IncompleteRead) as broken:
        generate(gateway.port)
    assert broken.value.partial.endswith(line(2))


@pytest.mark.parametrize("path", ["/api/tags", "/api/version"])
def test_an_ollama_that_hangs_up_is_no_answer(gateway: Gateway, path: str) -> None:
    async def hang_up(writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()
        await asyncio.sleep(0)

    gateway.upstream.answer = hang_up
    answer = ask(gateway.port, "GET", path, headers={"Origin": ORIGIN})

    assert (answer.status, answer.error) == (502, "the model does not answer")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert len(gateway.upstream.received) == 1


def test_an_ollama_that_is_down_is_said(elsewhere: Gateway) -> None:
    elsewhere.upstream.__exit__()
    try:
        answer = generate(elsewhere.port, headers={"Origin": ORIGIN})
    finally:
        elsewhere.upstream.__enter__()

    assert (answer.status, answer.error) == (502, "the model does not answer")
    assert answer.headers["access-control-allow-origin"] == ORIGIN


def test_an_ollama_that_says_nothing_is_given_up(tight: Gateway) -> None:
    tight.upstream.answer = silence
    start = time.monotonic()
    answer = generate(tight.port, headers={"Origin": ORIGIN})

    assert (answer.status, answer.error) == (504, "the model did not answer in time")
    assert 0.9 < time.monotonic() - start < 5
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert tight.upstream.gone.wait(timeout=5)


def test_an_ollama_that_falls_silent_in_mid_stream_is_seen_to_break_off(tight: Gateway) -> None:
    tight.upstream.answer = stream(2, 3)

    with pytest.raises(http.client.IncompleteRead) as broken:
        generate(tight.port)
    assert broken.value.partial == line(0)


def test_one_answer_that_is_not_streamed_is_whole(gateway: Gateway) -> None:
    answer = generate(gateway.port, stream=False)

    assert gateway.upstream.received[0].json["stream"] is False
    assert answer.body.splitlines()[-1] == b'{"response":"","done":true}'


def test_a_slow_reader_slows_the_model_and_fills_no_disk(gateway: Gateway) -> None:
    """What nginx read ahead of a client it would put into a file, in plain text."""
    piece, pieces = b"x" * 65_535 + b"\n", 256

    async def much(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        for _ in range(pieces):
            await chunk(writer, piece)
        await chunk(writer, b"")

    gateway.upstream.answer = much
    connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=20)
    connection.request("POST", "/api/generate", BODY, JSON)
    answer = connection.getresponse()
    time.sleep(0.5)
    read = len(answer.read())
    connection.close()

    assert read == pieces * len(piece)
    error_log = gateway.folder / "var" / "log" / "nginx" / "error.log"
    assert "temporary file" not in error_log.read_text()
