"""An Ollama API on loopback that answers as a test has scripted it, and notes who asked what."""

import asyncio
import json
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.local.nginx import free_port

CORS = {
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "7200",
    "Access-Control-Expose-Headers": "Retry-After",
}
"""What an instance's nginx sends besides the origin; see modules/host/files/nginx.conf.tftpl."""

LOOK = 0.02
"""Seconds between two looks whether the client has gone."""


@dataclass
class Asked:
    """A request that came.

    Attributes:
        method: Its method.
        path: Its path.
        headers: Its headers, by lower-case name.
        body: What it holds, read as JSON; empty where there is none.
        aborted: Whether the client went before the answer had ended.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any] = field(default_factory=dict[str, Any])
    aborted: bool = False

    @property
    def prompt(self) -> str:
        """The whole prompt."""
        return str(self.body.get("prompt", ""))

    @property
    def text(self) -> str:
        """What is to be translated: all that stands after the first two blank lines."""
        return self.prompt.partition("\n\n\n")[2]


class Exchange:
    """One request and its answer, while it is given.

    Attributes:
        asked: The request.
    """

    def __init__(
        self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.asked = asked
        self._reader = reader
        self._writer = writer

    async def begin(
        self, status: int = 200, headers: Mapping[str, str] | None = None, *, cors: bool = True
    ) -> None:
        """Send the head of an answer: of one whose length is not known, or of a 204."""
        sent = {"Cache-Control": "no-store", "Vary": "Origin"}
        if status != 204:
            sent |= {"Content-Type": "application/x-ndjson", "Transfer-Encoding": "chunked"}
        sent |= dict(headers or {})
        if cors and "origin" in self.asked.headers:
            sent |= CORS | {"Access-Control-Allow-Origin": self.asked.headers["origin"]}
        lines = [f"HTTP/1.1 {status} Scripted", *(f"{k}: {v}" for k, v in sent.items())]
        await self._write("\r\n".join([*lines, "", ""]).encode())

    async def piece(self, content: bytes) -> None:
        """Send a piece of the answer at once."""
        await self._write(b"%x\r\n%b\r\n" % (len(content), content))

    async def line(self, document: Mapping[str, Any]) -> None:
        """Send a line as Ollama writes them."""
        await self.piece(json.dumps(document, ensure_ascii=False).encode() + b"\n")

    async def end(self) -> None:
        """End the answer as it should end."""
        await self._write(b"0\r\n\r\n")

    async def wait(self, seconds: float) -> None:
        """Let time pass.

        Raises:
            ConnectionResetError: The client has gone meanwhile.
        """
        ends = asyncio.get_running_loop().time() + seconds
        while (left := ends - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(min(left, LOOK))
            if self._reader.at_eof():
                raise ConnectionResetError

    def cut(self) -> None:
        """Drop the connection."""
        self._writer.transport.abort()

    async def _write(self, content: bytes) -> None:
        if self._reader.at_eof():
            raise ConnectionResetError
        self._writer.write(content)
        await self._writer.drain()


Answer = Callable[[Exchange], Awaitable[None]]


class ScriptedApi:
    """The API, in a thread of its own.

    Attributes:
        port: Where it listens, or will.
        asked: What it was asked to generate, in order.
        preflights: How often a browser asked whether it may ask.
    """

    def __init__(self, certificate: Path, key: Path, ordinary: Answer) -> None:
        """With the certificate of its name; `ordinary` answers what nothing was scripted for."""
        self.port = free_port()
        self.asked: list[Asked] = []
        self.preflights = 0
        self._ordinary = ordinary
        self._script: list[Answer] = []
        self._trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._trust.load_cert_chain(certificate, key)
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()
        self._swallowed: list[asyncio.StreamWriter] = []
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.listen()

    def play(self, *answers: Answer) -> None:
        """Answer the next requests so; the last one answers all that follow."""
        self._script = list(answers)

    def reset(self) -> None:
        """As it was at first: listening, with nothing scripted and nothing noted."""
        self.hang_up()
        self.listen()
        self.asked.clear()
        self.preflights = 0
        self._script = []

    def listen(self) -> None:
        """Be reached."""
        self._run(self._listen())

    def swallow(self) -> None:
        """Say nothing to whoever comes, as a firewall that drops every packet."""
        self.hang_up()
        self._run(self._swallow())

    def hang_up(self) -> None:
        """Be reached no more; whoever is being answered is cut off."""
        self._run(self._hang_up())

    def close(self) -> None:
        """End it."""
        self.hang_up()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, doing: Any) -> None:
        asyncio.run_coroutine_threadsafe(doing, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(
                self._serve, "127.0.0.1", self.port, ssl=self._trust
            )

    async def _swallow(self) -> None:
        def keep(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._swallowed.append(writer)

        self._server = await asyncio.start_server(keep, "127.0.0.1", self.port)

    async def _hang_up(self) -> None:
        for writer in self._swallowed:
            writer.transport.abort()
        self._swallowed.clear()
        if self._server is not None:
            self._server.close()
        self._server = None
        for task in self._serving:
            task.cancel()
        if self._serving:
            await asyncio.wait(self._serving)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        # Who is cancelled here is told to hang up.
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while asked := await _request(reader):
                await self._answer(Exchange(asked, reader, writer))
        writer.transport.abort()
        self._serving.discard(task)

    async def _answer(self, exchange: Exchange) -> None:
        asked = exchange.asked
        if asked.method == "OPTIONS":
            self.preflights += 1
        elif asked.path == "/api/generate":
            self.asked.append(asked)
        answer = self._ordinary
        if self._script:
            answer = self._script[0]
            if len(self._script) > 1 and asked.path == "/api/generate" and asked.method == "POST":
                self._script.pop(0)
        try:
            await answer(exchange)
        except OSError:
            asked.aborted = True
            raise


def wait_until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something is so on the server's side, which no browser tells of.

    Raises:
        AssertionError: It is not, within that time.
    """
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it did not come to that"
        time.sleep(LOOK)


async def _request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:-2])}
    content = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, path, headers, json.loads(content) if content else {})
