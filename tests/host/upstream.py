"""A stand-in for Ollama of which a test says how it answers, and that keeps what reached it."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Received:
    """A request that got through to Ollama."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Its body, read."""
        return json.loads(self.body)


Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]
HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n"
    b"Access-Control-Allow-Origin: *\r\nTransfer-Encoding: chunked\r\n\r\n"
)
"""Ollama's own CORS header is there to show that the caller never sees it."""


def line(number: int) -> bytes:
    """The line of a stream with this number."""
    return json.dumps({"response": f"word {number} ", "done": False}).encode() + b"\n"


async def chunk(writer: asyncio.StreamWriter, content: bytes) -> None:
    """One chunk of a streamed answer."""
    writer.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
    await writer.drain()


def stream(lines: int = 3, pause: float = 0, *, dies_after: int | None = None) -> Answer:
    """NDJSON, a line after each pause; it may break off without the end that HTTP demands."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        for number in range(lines):
            if number == dies_after:
                writer.transport.abort()
                return
            await chunk(writer, line(number))
            await asyncio.sleep(pause)
        await chunk(writer, b'{"response":"","done":true}\n')
        await chunk(writer, b"")

    return answer


async def silence(writer: asyncio.StreamWriter) -> None:
    """Nothing, for longer than any test waits."""
    del writer
    await asyncio.sleep(600)


def error(status: int, sentence: str) -> Answer:
    """A refusal of Ollama's own."""
    body = json.dumps({"error": sentence}).encode()
    head = f"HTTP/1.1 {status} Refused\r\nContent-Type: application/json\r\n"

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()

    return answer


@dataclass
class Upstream:
    """An HTTP server on loopback, in a thread of its own.

    Attributes:
        answer: How it answers from now on.
        received: What reached it, in order.
        gone: Set when a connection ended before its answer did.
        open: Connections at this moment.
    """

    answer: Answer = field(default_factory=stream)
    received: list[Received] = field(default_factory=list[Received])
    gone: threading.Event = field(default_factory=threading.Event)
    open: int = 0
    port: int = 0

    def reset(self) -> None:
        """Forget what was."""
        self.answer = stream()
        self.received.clear()
        self.gone.clear()

    def __enter__(self) -> Self:
        """Start listening."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        started = asyncio.run_coroutine_threadsafe(self._start(), self._loop)
        self.port = started.result(timeout=10)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, whatever is under way."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    async def _start(self) -> int:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512)
        return int(self._server.sockets[0].getsockname()[1])

    async def _stop(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.open += 1
        try:
            self.received.append(await _read(reader))
            answering = asyncio.ensure_future(self.answer(writer))
            leaving = asyncio.ensure_future(reader.read())
            await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not answering.done():
                self.gone.set()
            for task in (answering, leaving):
                task.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)
        finally:
            self.open -= 1
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Received:
    first, *fields = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[:-2]
    method, path, _ = first.split(" ")
    headers: dict[str, str] = {}
    for name, value in (each.split(": ", 1) for each in fields):
        assert name.lower() not in headers, f"{name} came twice"
        headers[name.lower()] = value
    assert "transfer-encoding" not in headers
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, path, headers, body)
