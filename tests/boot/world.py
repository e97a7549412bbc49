"""Everything that an instance reaches, inside a network of its own: GitHub, Ollama's registry, AWS.

Run as `unshare --net python world.py FOLDER`. The folder holds `archive` (Ollama's release),
`models/` (what registry and bucket offer), the certificate `server.pem`, and `faults.json`: what
goes wrong. Every call of AWS's command line is a line of `aws.calls` there; `up` appears once all
of it answers.
"""

import http.server
import json
import re
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1])
FAULTS: dict[str, Any] = json.loads((FOLDER / "faults.json").read_text(encoding="utf-8"))
RELEASE = re.compile(r"/ollama/ollama/releases/download/v[0-9.]+/ollama-linux-amd64[.]tar[.]zst")
INSTANCE = "i-0123456789abcdef0"


class Answer(http.server.BaseHTTPRequestHandler):
    """An answer of bytes, or of a part of them."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 # the base class's name
        """Requests are not this program's to report."""

    def give(
        self, body: bytes, *, status: int = 200, until: int | None = None, **headers: str
    ) -> None:
        """Send it, or as much as comes before `until`, and hang up there."""
        first = 0
        span = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        if span and status == 200:
            first, status = int(span[1]), 206
            headers["Content-Range"] = f"bytes {first}-{len(body) - 1}/{len(body)}"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) - first))
        self.end_headers()
        self.wfile.write(body[first:until])
        self.close_connection = until is not None


class Internet(Answer):
    """GitHub's releases and Ollama's registry."""

    def do_GET(self) -> None:
        """Answer by path: the hosts share none."""
        if RELEASE.fullmatch(self.path):
            asset = "https://release-assets.githubusercontent.com/archive"
            self.give(b"", status=302, Location=asset)
        elif self.path == "/archive":
            self._archive()
        elif FAULTS.get("registry") == "down":
            self.give(b"", status=503)
        elif found := re.fullmatch("/v2/library/([^/]+)/manifests/([^/]+)", self.path):
            path = Path("manifests", "registry.ollama.ai", "library", *found.groups())
            self.give((FOLDER / "models" / path).read_bytes())
        elif found := re.fullmatch("/v2/library/[^/]+/blobs/sha256:([0-9a-f]+)", self.path):
            self.give((FOLDER / "models" / "blobs" / f"sha256-{found[1]}").read_bytes())
        else:
            self.give(b"", status=404)

    def _archive(self) -> None:
        body = (FOLDER / "archive").read_bytes()
        fault = FAULTS.get("archive")
        if fault == "broken once":
            del FAULTS["archive"]
        self.give(body, until=len(body) // 2 if fault else None)


class Amazon(Answer):
    """The instance's metadata, and what its command line asks of AWS."""

    def do_PUT(self) -> None:
        """A token."""
        self.give(b"token")

    def do_GET(self) -> None:
        """The metadata."""
        known = self.path == "/latest/meta-data/instance-id"
        self.give(INSTANCE.encode() if known else b"", status=200 if known else 404)

    def do_POST(self) -> None:
        """A call of the command line."""
        words = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with (FOLDER / "aws.calls").open("a", encoding="utf-8") as calls:
            calls.write(" ".join(words) + "\n")
        if words[:2] != ["s3api", "get-object"]:
            self.give(b"{}")
            return
        given = dict(zip(words[2:-1:2], words[3::2], strict=True))
        path = FOLDER / "models" / given["--key"].removeprefix("ollama/")
        if not path.exists():
            self.give(b"", X_Complaint="An error occurred (NoSuchKey)")
            return
        body = path.read_bytes()
        if span := re.fullmatch(r"bytes=(\d+)-(\d+)", given.get("--range", "")):
            body = body[int(span[1]) : int(span[2]) + 1]
        self.give(body)


def main() -> None:
    """Make the network, and serve in it."""
    for words in ("link set lo up", "address add 169.254.169.254/32 dev lo"):
        subprocess.run(["ip", *words.split()], check=True)  # noqa: S603, S607
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "server.pem")
    internet = http.server.ThreadingHTTPServer(("127.0.0.2", 443), Internet)
    internet.socket = context.wrap_socket(internet.socket, server_side=True)
    amazon = http.server.ThreadingHTTPServer(("169.254.169.254", 80), Amazon)
    threading.Thread(target=internet.serve_forever, daemon=True).start()
    (FOLDER / "up").touch()
    amazon.serve_forever()


if __name__ == "__main__":
    main()
