"""Runs a command and measures it with everything it starts."""

import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.problem import Problem

INTERVAL = 0.1
"""Seconds between two looks at the memory in use."""


@dataclass(frozen=True)
class Run:
    """What a run took.

    Attributes:
        seconds: From start to end.
        mebibytes: The most memory in use at one time, by all its processes together.
    """

    seconds: float
    mebibytes: float


def measure(command: Sequence[str], environ: Mapping[str, str], folder: Path) -> Run:
    """Run a command to its end.

    Raises:
        Problem: It failed, so its time means nothing.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        started = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 # the commands of this project
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        peak = _Peak(process.pid)
        code = process.wait()
        seconds = time.monotonic() - started
        mebibytes = peak.end()
        if code != 0:
            said.seek(0)
            last = (said.read().strip().splitlines() or ["it printed nothing"])[-1]
            raise Problem(
                f"{' '.join(command)} failed with {code}, so nothing was measured: {last}"
            )
    return Run(seconds, mebibytes)


class _Peak:
    """Watches the memory of a session's processes, which `ps` tells alike on Linux and macOS."""

    def __init__(self, session: int) -> None:
        self._group = session
        self._kibibytes = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """Stop watching; returns the peak in MiB."""
        self._ended.set()
        self._thread.join()
        return self._kibibytes / 1024

    def _watch(self) -> None:
        listing = ("ps", "-A", "-o", "pgid=,rss=")
        while not self._ended.wait(INTERVAL):
            listed = subprocess.run(listing, capture_output=True, text=True, check=True).stdout  # noqa: S603 # as above
            rows = [line.split() for line in listed.splitlines()]
            mine = sum(int(rss) for group, rss in rows if int(group) == self._group)
            self._kibibytes = max(self._kibibytes, mine)
