"""One request to the scripted API, and its answer while it is given."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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


async def request(reader: asyncio.StreamReader) -> Asked:
    """The next request of a connection.

    Raises:
        asyncio.IncompleteReadError: There is none: the client has gone.
    """
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:-2])}
    content = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method, path, headers, json.loads(content) if content else {})
