"""Where the emulated AWS lies and answers, and which environment lives in it.

No command reaches a real account under `local`, and none reaches the emulator under another
environment: `harness.aws` decides it by the environment's name alone.
"""

import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from harness.problem import Problem
from harness.project import BUILD
from harness.servers import Servers

ENVIRONMENT = "local"
"""The environment that lives in the emulator."""

FOLDER = BUILD / "emulator"
"""Everything that the emulator writes; it is removed with it."""

SERVERS = Servers(FOLDER)
SERVER = "emulator"

PORT = 4566
"""Where tools that know an emulated AWS look for it; another is taken where it is in use."""

ABOUT = "/emulator"
"""The path under which the server tells its run."""


@dataclass(frozen=True)
class Emulator:
    """An emulated AWS that answers.

    Attributes:
        port: Its port on 127.0.0.1.
        run: What tells it from the one before and the next, each of which is another account.
    """

    port: int
    run: str

    @property
    def url(self) -> str:
        """The endpoint of every service."""
        return f"http://127.0.0.1:{self.port}"


def running(environ: Mapping[str, str]) -> Emulator | None:
    """The emulator that EMULATOR_URL names, else the one that `make apply ENV=local` started.

    Raises:
        Problem: EMULATOR_URL names nothing on this machine's loopback, or nothing that answers.
    """
    named = named_port(environ)
    if named is not None:
        found = _ask(named)
        if found is None:
            raise Problem(f"EMULATOR_URL={environ['EMULATOR_URL']} answers nothing: start it.")
        return found
    if not all(map(SERVERS.leads, SERVERS.recorded().values())):
        return None
    return next((_ask(port) for port in _recorded_port()), None)


def named_port(environ: Mapping[str, str]) -> int | None:
    """The port in EMULATOR_URL; None where it is not set.

    Raises:
        Problem: It is no address of this machine's loopback.
    """
    named = environ.get("EMULATOR_URL", "")
    if not named:
        return None
    found = re.fullmatch(r"http://127\.0\.0\.1:([0-9]{1,5})/?", named)
    if found is None:
        raise Problem(f"EMULATOR_URL={named} is no emulator: write http://127.0.0.1:PORT.", 2)
    return int(found[1])


def _recorded_port() -> list[int]:
    try:
        return [int(json.loads((FOLDER / "emulator.json").read_text(encoding="utf-8"))["port"])]
    except (OSError, ValueError, KeyError):
        return []


def _ask(port: int) -> Emulator | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", ABOUT)
        told = json.loads(connection.getresponse().read())
        return Emulator(port, str(told["run"]))
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None
    finally:
        connection.close()
