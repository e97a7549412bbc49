"""A stack that is up, and how it is asked."""

import http.client
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.local.asking import OverTls


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def document(self) -> dict[str, Any]:
        """The body, one JSON object."""
        return json.loads(self.text)


@dataclass
class Stack:
    """A stack that is up.

    Attributes:
        folder: Where its files are.
        chosen: Its names and ports.
        said: What `make up` printed.
    """

    folder: Path
    said: str
    chosen: dict[str, Any] = field(default_factory=dict[str, Any])

    def over_tls(self, host: str) -> OverTls:
        """A connection to `translator.localhost` or the API's name."""
        return OverTls(self.folder / "ca.pem", int(self.chosen["port"]), host, timeout=60)


def model_asked_for() -> str:
    """The model that the contract is tested with."""
    return os.environ.get("OLLAMA_CONTRACT_MODEL", "gemma3:270m")


def ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """The answer to one request; the connection is closed."""
    content = None if body is None else json.dumps(body)
    sent = {"Content-Type": "application/json"} if body is not None else {}
    try:
        connection.request(method, path, content, {**sent, **(headers or {})})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8")
        return Answer(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, text
        )
    finally:
        connection.close()


def lines(answer: Answer) -> list[dict[str, Any]]:
    """The documents of a stream of newline-delimited JSON."""
    return [json.loads(line) for line in answer.text.splitlines()]
