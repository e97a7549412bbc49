"""A way to an emulated AWS on which a process dies at the very moment it changed something."""

import http.client
import http.server
import os
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

READING = ("Describe", "Get", "List", "Head", "Lookup")
"""How the names of calls begin that change nothing."""


class Way:
    """Forwards calls, counts those that changed something, and strikes at one of them.

    The call that it strikes at was carried out, and its answer never arrives.

    Attributes:
        url: Where it listens.
        changes: The calls so far that changed something and were carried out, in order.
        struck: Set once it has struck.
    """

    def __init__(self, port: int, upstream: str, state_bucket: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.upstream = upstream.removeprefix("http://")
        self.changes: list[str] = []
        self._bucket = state_bucket
        self.struck = threading.Event()
        self._turn = threading.Lock()
        self._at = 0
        self._strike: Callable[[], None] | None = None

    def strike_at(self, count: int, strike: Callable[[], None]) -> None:
        """Strike when `count` changes have been made; at the next, if there were so many."""
        with self._turn:
            self._at, self._strike = count, strike
            self.struck.clear()

    def made(self, call: str) -> bool:
        """Take note of a change; whether its answer is to be kept back."""
        with self._turn:
            self.changes.append(call)
            if self._strike is None or len(self.changes) < self._at:
                return False
            self._strike()
            self._strike = None
            self.struck.set()
            return True

    def is_of_the_state(self, path: str) -> bool:
        """Whether a request is Terraform's own, about its state or lock."""
        return path.startswith(f"/{self._bucket}/")


def named(method: str, path: str, target: str, body: bytes) -> str | None:
    """A change's name, such as `CreateVpc`; None where the call only reads."""
    action = target.rpartition(".")[2]
    if not action and b"Action=" in body[:4096]:
        action = body.partition(b"Action=")[2].partition(b"&")[0].decode()
    if action:
        return None if action.startswith(READING) else action
    return None if method in {"GET", "HEAD"} else f"{method} {path.partition('?')[0]}"


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of connections that died with whoever held them."""
        del request, client_address


@contextmanager
def way_to(upstream: str, state_bucket: str) -> Generator[Way]:
    """Have a way to the emulator at `upstream` while the block runs."""
    way: Way

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            connection = http.client.HTTPConnection(way.upstream, timeout=120)
            connection.request(self.command, self.path, body, dict(self.headers))
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            target = self.headers.get("X-Amz-Target", "")
            change = named(self.command, self.path, target, body)
            ours = change is not None and not way.is_of_the_state(self.path)
            if ours and answer.status < 400 and way.made(change or ""):
                self.close_connection = True
                return
            with suppress(OSError):  # it asked and died
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in {"transfer-encoding", "connection", "date", "server"}:
                        self.send_header(name, value)
                if answer.getheader("Content-Length") is None:
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = _forward  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 # its own name
            del format, args

    server = _Server(("127.0.0.1", 0), Handler)
    way = Way(server.server_address[1], upstream, state_bucket)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield way
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def working_in(data: Path) -> dict[int, str]:
    """The processes whose TF_DATA_DIR is `data`: the command line of each, by its number."""
    ours = f"TF_DATA_DIR={data}".encode()
    found: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if ours in (folder / "environ").read_bytes().split(b"\0"):
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if words:
                    found[int(folder.name)] = words
    return found


def kill_terraform(data: Path) -> None:
    """End the Terraform that works there, at once, and neither its provider nor its command."""
    for pid, words in working_in(data).items():
        if "terraform-provider-" not in words:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
