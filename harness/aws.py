"""Which AWS a command speaks to: a real account, the emulated one, or none.

The environment's name alone decides: `local` lives in the emulator and nowhere else, and no other
environment is let near an endpoint of this machine.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from harness.credentials import is_offline, offline_environ, why_offline, wish
from harness.emulator.place import ENVIRONMENT, Emulator, running
from harness.problem import Problem

LOOPBACK = re.compile(
    r"https?://(127\.|0\.0\.0\.0|\[::1?\]|([^/:]*\.)?localhost[:/]?)", re.IGNORECASE
)


@dataclass(frozen=True)
class Aws:
    """What a command speaks to.

    Attributes:
        environ: The variables that Terraform gets, settings of AWS among them.
        offline: Whether it speaks to nobody, and plans against an empty state.
        why: If so, the reason, as a sentence's beginning.
        emulator: The emulator, where it speaks to one.
    """

    environ: Mapping[str, str]
    offline: bool = False
    why: str = ""
    emulator: Emulator | None = None

    @property
    def run(self) -> str:
        """What tells one emulated account from another; "" for a real one."""
        return self.emulator.run if self.emulator is not None else ""


def aws_of(environment: str, environ: Mapping[str, str] = os.environ) -> Aws:
    """Which AWS the environment's commands speak to now.

    Raises:
        Problem: OFFLINE is neither yes nor no, or asks for what is not there; or an endpoint of
            this machine is set for an environment that lives in a real account.
    """
    if environment == ENVIRONMENT:
        return _emulated(environ)
    if is_offline(environ):
        return Aws(offline_environ(environ), offline=True, why=why_offline(environ))
    for name, value in environ.items():
        if name.startswith("AWS_ENDPOINT_URL") and LOOPBACK.match(value):
            raise Problem(
                f"{name}={value} is an endpoint of this machine, and {environment} lives in a real"
                f" account: unset it. ENV={ENVIRONMENT} is what an emulator is for.",
                2,
            )
    return Aws(environ)


def online(environment: str, deed: str, environ: Mapping[str, str] = os.environ) -> Aws:
    """The AWS that something is to be done in.

    Args:
        environment: The environment.
        deed: What would be done to it, e.g. `destroyed`.
        environ: The command's variables.

    Raises:
        Problem: It is offline.
    """
    aws = aws_of(environment, environ)
    if aws.offline:
        raise Problem(f"{aws.why}, so {environment} cannot be {deed}.")
    return aws


def _emulated(environ: Mapping[str, str]) -> Aws:
    """Never a real account: of the caller's own settings of AWS nothing is passed on."""
    wanted, nothing = wish(environ), offline_environ(environ)
    if wanted:
        return Aws(nothing, offline=True, why=why_offline(environ))
    emulator = running(environ)
    if emulator is None:
        if wanted is False:
            raise Problem(f"No emulated AWS runs: make apply ENV={ENVIRONMENT} starts one.")
        why = f"No emulated AWS runs (make apply ENV={ENVIRONMENT} starts one)"
        return Aws(nothing, offline=True, why=why)
    settings = {
        "AWS_ENDPOINT_URL": emulator.url,
        "AWS_ACCESS_KEY_ID": "emulated",
        "AWS_SECRET_ACCESS_KEY": "emulated",
        "AWS_MAX_ATTEMPTS": "3",  # what it does not know it will not know later either
        "NO_PROXY": ",".join(filter(None, ("127.0.0.1", environ.get("NO_PROXY", "")))),
    }
    return Aws(nothing | settings, emulator=emulator)
