"""A bucket on loopback that notes what is put into it and removed from it, in order."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

NO_SUCH_KEY = b"<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"
NO_TAGS = b"<Tagging><TagSet/></Tagging>"


class Bucket(ThreadingHTTPServer):
    """What lies in the bucket, and how it came there.

    Attributes:
        url: Where it is asked.
        objects: Headers and content by key.
        history: `PUT key` and `DELETE key`, as they were done.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.objects: dict[str, tuple[dict[str, str], bytes]] = {}
        self.history: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    """Objects without versions; of their tags it knows nothing."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        sent = {name.lower(): said for name, said in self.headers.items()}
        self._bucket.objects[self._key] = (sent, content)
        self._bucket.history.append(f"PUT {self._key}")
        self._answer(200, b"", {"ETag": _etag(content)})

    def do_DELETE(self) -> None:
        self._bucket.objects.pop(self._key, None)
        self._bucket.history.append(f"DELETE {self._key}")
        self._answer(204, b"", {})

    def do_GET(self) -> None:
        found = self._bucket.objects.get(self._key)
        if "?tagging" in self.path:
            self._answer(200, NO_TAGS, {})
        elif found is None:
            self._answer(404, NO_SUCH_KEY, {})
        else:
            sent, content = found
            kept = {name: sent[name] for name in ("cache-control", "content-type")}
            self._answer(200, content, kept | {"ETag": _etag(content)})

    def do_HEAD(self) -> None:
        self.do_GET()

    @property
    def _bucket(self) -> Bucket:
        return cast("Bucket", self.server)

    @property
    def _key(self) -> str:
        return self.path.split("?")[0].split("/", 2)[2]

    def _answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, said in headers.items():
            self.send_header(name, said)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 # its own name
        pass


@contextmanager
def bucket() -> Generator[Bucket]:
    """A bucket that takes every name; it keeps one version of each object."""
    with Bucket() as kept:
        thread = threading.Thread(target=kept.serve_forever, daemon=True)
        thread.start()
        yield kept
        kept.shutdown()
        thread.join()


def _etag(content: bytes) -> str:
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'
