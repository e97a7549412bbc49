"""Requests as they go over the wire: well-formed ones, and any bytes at all."""

import http.client
import json
import socket
from dataclasses import dataclass
from typing import Any

ORIGIN = "https://translate.example.com"
MODEL = "gemma3n:e4b"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Answer:
    """An answer, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> str:
        """The sentence of a refusal in Ollama's shape, which has nothing else."""
        assert self.headers["content-type"] == "application/json", self
        ((name, sentence),) = json.loads(self.body).items()
        assert name == "error"
        return sentence


def ask(
    port: int,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Send one request and read the answer.

    Raises:
        http.client.IncompleteRead: It broke off.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        assert len(names) == len(answer.getheaders()), answer.getheaders()
        return Answer(answer.status, names, answer.read())
    finally:
        connection.close()


def generation(**changes: Any) -> dict[str, Any]:
    """What the page sends, with changes."""
    return {"model": MODEL, "prompt": "Good morning", "stream": True} | changes


def conversation(**changes: Any) -> dict[str, Any]:
    """The same as a chat."""
    messages = [{"role": "user", "content": "Good morning"}]
    return {"model": MODEL, "messages": messages, "stream": True} | changes


def generate(
    port: int, request: Any = None, headers: dict[str, str] | None = None, **changes: Any
) -> Answer:
    """POST to /api/generate as the page does, or another document."""
    document = generation(**changes) if request is None else request
    return ask(port, "POST", "/api/generate", json.dumps(document).encode(), JSON | (headers or {}))


def send(port: int, content: bytes) -> bytes:
    """Any bytes; all that comes back until the other side closes or is silent for a second."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(content)
        connection.settimeout(1)
        answer = b""
        try:
            while piece := connection.recv(65536):
                answer += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return answer


def request(path: str, *fields: str, method: str = "GET", body: bytes = b"") -> bytes:
    """A request written out, its connection to be closed."""
    head = "\r\n".join((f"{method} {path} HTTP/1.1", "Host: api.example.com", *fields))
    return f"{head}\r\nConnection: close\r\n\r\n".encode() + body


def status(answer: bytes) -> int:
    """The status of a raw answer."""
    return int(answer.split(b" ", 2)[1])
