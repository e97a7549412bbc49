"""A way to an emulated AWS on which a test decides how each call fares."""

import http.client
import http.server
import re
import socketserver
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeVar

READING = ("Describe", "Get", "List", "Head", "Lookup")
"""How the names of calls begin that change nothing."""

SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")

OF_THE_CONNECTION = {"transfer-encoding", "connection", "date", "server"}
"""Headers of an answer that this way writes itself."""


@dataclass(frozen=True)
class Answer:
    """An answer over HTTP."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    content: bytes = b""


@dataclass(frozen=True)
class Call:
    """A call of an API; the names of its headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def service(self) -> str:
        """The service that it was signed for, such as `ec2`; "" where nothing is signed."""
        found = SERVICE.search(self.headers.get("authorization", ""))
        return found[1] if found else ""

    @property
    def change(self) -> str | None:
        """What it changes, such as `CreateVpc`; None where it only reads, or is about the state."""
        if "terraform.tfstate" in self.path:
            return None
        action = self.headers.get("x-amz-target", "").rpartition(".")[2]
        if not action and b"Action=" in self.body[:4096]:
            action = self.body.partition(b"Action=")[2].partition(b"&")[0].decode()
        if action:
            return None if action.startswith(READING) else action
        if self.method in {"GET", "HEAD"}:
            return None
        return f"{self.method} {self.path.partition('?')[0]}"


class Way:
    """Forwards calls, and takes note of those that changed something.

    Attributes:
        url: Where it listens, once it is open.
        changes: What was carried out so far, the state's aside, in order.
        turn: Held by whoever reads or writes what calls share.
    """

    def __init__(self, upstream: str) -> None:
        self.url = ""
        self.changes: list[str] = []
        self.turn = threading.Lock()
        self._upstream = upstream.removeprefix("http://")

    def answer(self, call: Call) -> Answer | None:
        """What the caller gets; None ends the connection."""
        return self.forward(call)

    def forward(self, call: Call) -> Answer | None:
        """Have a call carried out; None where its answer is to be lost."""
        connection = http.client.HTTPConnection(self._upstream, timeout=120)
        connection.request(call.method, call.path, call.body, dict(call.headers))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        change = call.change if answer.status < HTTPStatus.BAD_REQUEST else None
        if change is not None and not self.carried_out(change):
            return None
        return Answer(answer.status, answer.getheaders(), content)

    def carried_out(self, change: str) -> bool:
        """Take note of a change; whether its answer is to arrive."""
        with self.turn:
            self.changes.append(change)
        return True


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, self.path, headers, body)
        answer = _way(self.server).answer(call)
        if answer is None:
            self.close_connection = True
            return
        with suppress(OSError):  # who asked may have gone
            self.send_response(answer.status)
            for name, value in answer.headers:
                if name.lower() not in OF_THE_CONNECTION:
                    self.send_header(name, value)
            if "content-length" not in {name.lower() for name, _ in answer.headers}:
                self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.content)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = _answer  # noqa: N815 # http's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 # its own name
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    way: Way

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of connections that died with whoever held them."""
        del request, client_address


def _way(server: socketserver.BaseServer) -> Way:
    assert isinstance(server, _Server)
    return server.way


AnyWay = TypeVar("AnyWay", bound=Way)


@contextmanager
def opened(way: AnyWay) -> Generator[AnyWay]:
    """Have a way listen while the block runs."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.way = way
    way.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield way
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
