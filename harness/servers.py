"""Processes that outlive a command: started, recorded, found again, ended by their numbers."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harness.problem import Problem
from harness.written import write

GRACE = 5
"""Seconds that a process gets to end by itself."""


@dataclass(frozen=True)
class Process:
    """A process that runs.

    Attributes:
        pid: Its number.
        group: The number of the process that leads its group.
        command: Its command line.
    """

    pid: int
    group: int
    command: str


@dataclass(frozen=True)
class Servers:
    """The servers of one folder.

    Attributes:
        folder: Where their record and their logs lie.
    """

    folder: Path

    def start(self, name: str, command: Sequence[str], cwd: Path) -> int:
        """Start a server in a group of its own and record it; returns its number.

        `command` names this folder, by which the process is known for ours later: a number alone
        may by then be another's. What it prints goes to NAME.log.
        """
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 # this project's own words
                command,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        write(self._record(), json.dumps({**self.recorded(), name: process.pid}) + "\n")
        return process.pid

    def recorded(self) -> dict[str, int]:
        """The number of each server that was started, by its name."""
        try:
            found = json.loads(self._record().read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): int(pid) for name, pid in found.items()}

    def alive(self, pid: int) -> list[Process]:
        """The processes of the server that was started as `pid`: itself and what it started.

        Of a server that was killed its workers may be left, which lead no group; nginx's are
        known by their title.
        """
        group = [each for each in _processes() if each.group == pid]
        leader = next((each for each in group if each.pid == pid), None)
        if leader is not None:
            return group if str(self.folder) in leader.command else []
        return [each for each in group if each.command.startswith("nginx: ")]

    def leads(self, pid: int) -> bool:
        """Whether the server itself runs, and not only workers that it left."""
        return any(each.pid == pid for each in self.alive(pid))

    def wait_for(self, name: str, pid: int, answers: Callable[[], bool], seconds: float) -> None:
        """Wait until `answers()` is true.

        Raises:
            Problem: The server ended instead, or it took too long; with the last line of its log.
        """
        ends = time.monotonic() + seconds
        while not answers():
            gone = not _is_running(pid)
            if gone or time.monotonic() > ends:
                how = "ended" if gone else f"did not answer within {seconds:g} s"
                raise Problem(f"{name} {how}: {self.last_line(name)}")
            time.sleep(0.05)

    def last_line(self, name: str) -> str:
        """The last line of a server's log."""
        text = (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")
        return (text.strip().splitlines() or ["it printed nothing"])[-1]

    def end_all(self) -> None:
        """End every recorded server, the last one first."""
        for pid in reversed(self.recorded().values()):
            self._end(pid)

    def _end(self, pid: int) -> None:
        if self.leads(pid):
            _signal(pid, signal.SIGTERM)
            _reap(pid, GRACE)
        for each in self.alive(pid):
            _signal(each.pid, signal.SIGKILL)
            _reap(each.pid, GRACE)

    def _record(self) -> Path:
        return self.folder / "servers.json"


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _reap(pid: int, seconds: float) -> None:
    """Wait until the process has ended, ours or adopted by another."""
    ends = time.monotonic() + seconds
    while _is_running(pid) and time.monotonic() < ends:
        time.sleep(0.02)


def _is_running(pid: int) -> bool:
    with suppress(ChildProcessError):
        if os.waitpid(pid, os.WNOHANG)[0] == pid:  # a child of ours that ended
            return False
    return any(each.pid == pid for each in _processes())


def _processes() -> list[Process]:
    """Every process of this machine that has not ended yet."""
    listed = subprocess.run(
        ("ps", "-A", "-ww", "-o", "pid=,pgid=,stat=,command="),  # noqa: S607 # PATH's own
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=True,
    ).stdout
    rows = [line.split(None, 3) for line in listed.splitlines()]
    return [
        Process(int(row[0]), int(row[1]), row[3])
        for row in rows
        if len(row) == 4 and not row[2].startswith("Z")
    ]
