"""Where the stack on this machine lies, what it is called, and what the user may choose of it."""

import fcntl
import os
import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from harness.problem import Problem
from harness.project import BUILD
from harness.servers import Servers

FOLDER = BUILD / "up"
"""Everything that `make up` writes; `make down` removes it."""

SERVERS = Servers(FOLDER)

PAGE = "translator.localhost"
"""The page's host. Browsers take every name below `localhost` for this machine."""

API = f"api.{PAGE}"

PORT = 8443


@dataclass(frozen=True)
class Choice:
    """What the user chose.

    Attributes:
        port: The port of the page and the API.
        ollama: Host and port of the Ollama to use; "" for the stand-in.
        model: The model to translate with; "" for the one that envs/local.tfvars names.
    """

    port: int = PORT
    ollama: str = ""
    model: str = ""

    @property
    def page_url(self) -> str:
        """The page's origin."""
        return f"https://{PAGE}:{self.port}"

    @property
    def api_url(self) -> str:
        """The API's origin."""
        return f"https://{API}:{self.port}"


def choice(environ: Mapping[str, str]) -> Choice:
    """What PORT, OLLAMA_URL and MODEL say.

    Raises:
        Problem: One of them cannot be what it is said to be.
    """
    port = environ.get("PORT") or str(PORT)
    if not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise Problem(f"PORT={port} is no port: name a free one, such as PORT={PORT}.", 2)
    url = environ.get("OLLAMA_URL") or ""
    found = re.fullmatch(r"http://([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?/?", url)
    if url and found is None:
        raise Problem(
            f"OLLAMA_URL={url} names no Ollama: write http://HOST:PORT, such as"
            " http://127.0.0.1:11434.",
            2,
        )
    model = environ.get("MODEL") or ""
    if model and not re.fullmatch(r"[a-z0-9][a-z0-9._/-]*:[A-Za-z0-9._-]+", model):
        raise Problem(f"MODEL={model} is no model: write its name and tag, as gemma3:270m.", 2)
    return Choice(int(port), found[1] + (found[2] or ":80") if found else "", model)


@contextmanager
def held(waiting: Callable[[], None]) -> Generator[None]:
    """Keep other commands from starting or ending the stack while the block runs.

    The lock is on build/ itself, so that no file of it stays behind.
    """
    BUILD.mkdir(parents=True, exist_ok=True)
    handle = os.open(BUILD, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
