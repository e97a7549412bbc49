"""Asks the servers of the stack, over TLS by their own names, which a system may not resolve."""

import http.client
import json
import socket
import ssl
from pathlib import Path
from typing import Any

from harness.local.place import PAGE
from harness.problem import Problem

TOKEN_SECONDS = 120
"""How long a model may take to be loaded and to write one token."""


def status(connection: http.client.HTTPConnection, path: str) -> int:
    """The status of a GET; 0 where nobody answers."""
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def plain(address: str, timeout: float = 5) -> http.client.HTTPConnection:
    """A connection to `HOST:PORT`."""
    return http.client.HTTPConnection(address, timeout=timeout)


class OverTls(http.client.HTTPSConnection):
    """A connection to a name of this machine's, held to the authority's certificate.

    Args:
        authority: The authority's certificate.
        port: The port.
        name: The host's name, asked for and checked.
    """

    def __init__(self, authority: Path, port: int, name: str = PAGE, timeout: float = 5) -> None:
        self._trust = ssl.create_default_context(cafile=authority)
        super().__init__(name, port, timeout=timeout, context=self._trust)

    def connect(self) -> None:
        """Reach it on loopback."""
        raw = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = self._trust.wrap_socket(raw, server_hostname=self.host)


def first_token(ollama: str, model: str, origin: str) -> None:
    """Have the model loaded and one token made, as an instance does before it is ready.

    Raises:
        Problem: Nobody answers, or the page or the model is unknown there.
    """
    request: dict[str, Any] = {
        "model": model,
        "prompt": "Hello",
        "stream": False,
        "keep_alive": -1,
        "options": {"num_predict": 1},
    }
    connection = plain(ollama, TOKEN_SECONDS)
    try:
        # As nginx asks on an instance.
        headers = {"Host": "localhost", "Origin": origin, "Content-Type": "application/json"}
        connection.request("POST", "/api/generate", json.dumps(request), headers)
        answer = connection.getresponse()
        said = answer.read().decode("utf-8", "replace").strip()
    except (OSError, http.client.HTTPException) as error:
        raise Problem(f"No Ollama answers at {ollama}: {error}.") from error
    finally:
        connection.close()
    if answer.status == 403:
        raise Problem(
            f"The Ollama at {ollama} refuses the page: start it with OLLAMA_ORIGINS={origin}."
        )
    if answer.status == 404:
        raise Problem(
            f"The Ollama at {ollama} has no {model}: pull it there, or name another with MODEL=…."
        )
    if answer.status != 200:
        raise Problem(f"The Ollama at {ollama} answers {answer.status}: {said[:200]}")
