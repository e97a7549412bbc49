"""Processes that a killed run left behind in its workspace."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from harness.problem import Problem
from harness.progress import Progress
from harness.workspace import Workspace

PATIENCE = 600
"""Seconds that a Terraform which lost its command gets to finish what it has begun."""


@dataclass(frozen=True)
class Survivor:
    """A process of a run whose command is gone.

    Attributes:
        pid: Its number.
        provider: Whether it is a provider, which keeps no state and may be ended at once.
    """

    pid: int
    provider: bool


def survivors(workspace: Workspace) -> list[Survivor]:
    """The processes that work in this workspace; asked while it is held, so no command's own.

    They are known by TF_DATA_DIR in their environment, which names this very folder: a number
    alone may by now be another's.
    """
    ours = f" TF_DATA_DIR={workspace.data} "
    return [
        Survivor(pid, "terraform-provider-" in words.split(" ", maxsplit=1)[0])
        for pid, words in _processes()
        if ours in f"{words} " and pid != os.getpid()
    ]


def end(workspace: Workspace, progress: Progress) -> int:
    """End them, Terraform itself tidily; returns how many there were.

    Raises:
        Problem: Terraform is still at it.
    """
    found = survivors(workspace)
    for each in found:
        if not each.provider:
            _signal(each, signal.SIGINT)
    ends = time.monotonic() + PATIENCE
    while any(not each.provider for each in survivors(workspace)):
        progress.note("Terraform finishes what it has begun")
        if time.monotonic() > ends:
            raise Problem(
                f"Terraform of the killed run still works (process"
                f" {next(each.pid for each in survivors(workspace) if not each.provider)}): wait"
                " for it or end it, then recover again."
            )
        time.sleep(0.2)
    while left := survivors(workspace):
        for each in left:
            _signal(each, signal.SIGKILL)
        time.sleep(0.05)
    return len(found)


def _signal(survivor: Survivor, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(survivor.pid, number)


def _processes() -> Iterator[tuple[int, str]]:
    """Every living process with its command line and, where we may see it, its environment."""
    listed = subprocess.run(
        ("ps", "axeww", "-o", "pid=,stat=,command="),  # noqa: S607 # PATH's own
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=True,
    ).stdout
    for line in listed.splitlines():
        row = line.split(None, 2)
        if len(row) == 3 and not row[1].startswith("Z"):
            yield int(row[0]), row[2]
