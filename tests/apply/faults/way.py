"""A way to an emulated AWS on which calls go wrong as they do in the real one."""

import http.client
import http.server
import random
import re
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from tests.apply.faults.answers import Answer, refusal, unavailable
from tests.apply.striking import named

SLOW = 1.5
"""Seconds that a slow answer is late."""

SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")


@dataclass(frozen=True)
class Faults:
    """What goes wrong, each as the share of calls that it befalls.

    Attributes:
        throttled: Refused for now, as each service says it.
        broken: Answered with 500, 502 or 503.
        slow: Answered late.
        lost: The connection ends before the call was carried out.
        unanswered: The connection ends after it was.
    """

    throttled: float = 0
    broken: float = 0
    slow: float = 0
    lost: float = 0
    unanswered: float = 0


class Way:
    """Forwards calls, or lets them go wrong.

    Attributes:
        url: Where it listens.
        faults: What goes wrong from now on.
        met: How often each fault was met.
        changes: The calls that change something and were carried out, the state's aside, in order.
        expires_after: How many changes are made until every call is refused as that of expired
            credentials; None for no end.
    """

    def __init__(self, port: int, upstream: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.upstream = upstream.removeprefix("http://")
        self.faults = Faults()
        self.met: Counter[str] = Counter()
        self.changes: list[str] = []
        self.expires_after: int | None = None
        self._turn = threading.Lock()
        self._chance = random.Random(0)  # noqa: S311 # no secret

    def go_wrong(self, seed: int, faults: Faults) -> None:
        """Let calls go wrong from now on, by the dice of `seed`; count anew."""
        with self._turn:
            self.faults, self._chance = faults, random.Random(seed)  # noqa: S311 # no secret
            self.met = Counter()

    def fault(self) -> str:
        """What befalls the next call; "" for nothing."""
        with self._turn:
            self.met["calls"] += 1
            dice = self._chance.random()
            for name in ("throttled", "broken", "slow", "lost", "unanswered"):
                dice -= getattr(self.faults, name)
                if dice < 0:
                    self.met[name] += 1
                    return name
            return ""

    def changed(self, call: str) -> None:
        """Take note of a change."""
        with self._turn:
            self.changes.append(call)

    @property
    def is_expired(self) -> bool:
        """Whether the credentials have expired, by now."""
        return self.expires_after is not None and len(self.changes) >= self.expires_after


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one connection's calls."""

    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        found = SERVICE.search(self.headers.get("Authorization", ""))
        service, way = (found[1] if found else ""), _way(self.server)
        asked = {name.lower(): value for name, value in self.headers.items()}
        if service and way.is_expired:
            self._send(refusal("ExpiredToken", service, asked))
            return
        match way.fault() if service else "":
            case "throttled":
                self._send(refusal("Throttled", service, asked))
            case "broken":
                self._send(unavailable(service, asked))
            case "lost":
                self.close_connection = True
            case "unanswered":
                self._forward(body, service)
                self.close_connection = True
            case fault:
                if fault == "slow":
                    time.sleep(SLOW)
                self._send(self._forward(body, service))

    def _forward(self, body: bytes, service: str) -> Answer:
        way = _way(self.server)
        connection = http.client.HTTPConnection(way.upstream, timeout=120)
        connection.request(self.command, self.path, body, dict(self.headers))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        change = named(self.command, self.path, self.headers.get("X-Amz-Target", ""), body)
        is_state = service == "s3" and "terraform.tfstate" in self.path
        if change is not None and not is_state and answer.status < HTTPStatus.BAD_REQUEST:
            way.changed(change)
        return Answer(answer.status, answer.getheaders(), content)

    def _send(self, answer: Answer) -> None:
        try:
            self.send_response(answer.status)
            for name, value in answer.headers:
                if name.lower() not in {"transfer-encoding", "connection", "date", "server"}:
                    self.send_header(name, value)
            if "content-length" not in {name.lower() for name, _ in answer.headers}:
                self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.content)
        except OSError:  # who asked has gone
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = _answer  # noqa: N815 # http's names

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 # its own name
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """A way's server."""

    way: Way


def _way(server: socketserver.BaseServer) -> Way:
    assert isinstance(server, Server)
    return server.way


@contextmanager
def way_to(upstream: str) -> Generator[Way]:
    """Have a way to the emulator at `upstream` while the block runs."""
    server = Server(("127.0.0.1", 0), Handler)
    server.way = Way(server.server_address[1], upstream)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.way
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
