"""Processes that die at the very moment they changed something."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.apply.way import Way


class StrikingWay(Way):
    """A way that strikes at one of the changes: it was made, and its answer never arrives.

    Attributes:
        struck: Set once it has struck.
    """

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream)
        self.struck = threading.Event()
        self._at = 0
        self._strike: Callable[[], None] | None = None

    def strike_at(self, count: int, strike: Callable[[], None]) -> None:
        """Strike when `count` changes have been made; at the next, if there were so many."""
        with self.turn:
            self._at, self._strike = count, strike
            self.struck.clear()

    def carried_out(self, change: str) -> bool:
        """Take note of a change, and strike at the one that was said."""
        with self.turn:
            self.changes.append(change)
            if self._strike is None or len(self.changes) < self._at:
                return True
            self._strike()
            self._strike = None
            self.struck.set()
            return False


def working_in(data: Path) -> dict[int, str]:
    """The processes whose TF_DATA_DIR is `data`: the command line of each, by its number."""
    ours = f"TF_DATA_DIR={data}".encode()
    found: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if ours in (folder / "environ").read_bytes().split(b"\0"):
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                if words:
                    found[int(folder.name)] = words
    return found


def kill_terraform(data: Path) -> None:
    """End the Terraform that works there, at once, and neither its provider nor its command."""
    for pid, words in working_in(data).items():
        if "terraform-provider-" not in words:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
