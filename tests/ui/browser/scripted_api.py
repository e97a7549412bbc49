"""An Ollama API on loopback that answers as a test has scripted it, and notes who asked what."""

import asyncio
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from harness.local.nginx import free_port
from tests.ui.browser.exchange import LOOK, Asked, Exchange, request

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
            while asked := await request(reader):
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
