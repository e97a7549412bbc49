"""Says what runs and how long it took: live on a terminal, plain lines elsewhere, quiet in CI."""

import itertools
import os
import sys
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TextIO

SPINNER = "|/-\\"


class Progress:
    """Reports steps to `stream` (stderr, so that results on stdout can be redirected).

    A terminal gets a line that lives while the step runs; anything else a line a finished step;
    `CI=true` neither, as a job's log is read for its results.
    """

    def __init__(
        self, stream: TextIO = sys.stderr, environ: Mapping[str, str] = os.environ
    ) -> None:
        self._stream = stream
        self._quiet = _in_ci(environ)
        self._live = stream.isatty() and environ.get("TERM") != "dumb" and not self._quiet
        self._color = wants_color(stream, environ)
        self._note = ""

    @contextmanager
    def step(self, name: str) -> Generator[None]:
        """Time the block, and show that it runs and how it ended; `note` adds a word to it."""
        started = time.monotonic()
        self._note = ""
        ended = threading.Event()
        spinner = threading.Thread(target=self._spin, args=(name, started, ended), daemon=True)
        if self._live:
            spinner.start()
        mark = self._paint("failed", "31")
        try:
            yield
            mark = self._paint("done", "32")
        finally:
            ended.set()
            if self._live:
                spinner.join()
                self._stream.write("\r\x1b[K")
            if not self._quiet:
                seconds = time.monotonic() - started
                line = f"  {name:<22} {seconds:6.1f} s  {mark}  {self._note}".rstrip()
                self._stream.write(f"{line}\n")
                self._stream.flush()

    def note(self, text: str) -> None:
        """Add to the running step's line, e.g. how much of it is done."""
        self._note = text

    def line(self, text: str) -> None:
        """Show a line between steps, unless in CI."""
        if not self._quiet:
            self.say(text)

    def say(self, text: str) -> None:
        """Show a line in CI too, e.g. why nothing goes on."""
        self._stream.write(("\r\x1b[K" if self._live else "") + f"{text}\n")
        self._stream.flush()

    def _spin(self, name: str, started: float, ended: threading.Event) -> None:
        for wheel in itertools.cycle(SPINNER):
            seconds = time.monotonic() - started
            line = f"{wheel} {name:<22} {seconds:6.1f} s  {self._note}"
            self._stream.write(f"\r\x1b[K{line[: self._width()]}")
            self._stream.flush()
            if ended.wait(0.1):
                return

    def _width(self) -> int:
        """What fits on a line: of one that wraps, only the last part could be replaced."""
        try:
            return (os.get_terminal_size(self._stream.fileno()).columns or 80) - 1
        except OSError:
            return 79

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._color else text


def wants_color(stream: TextIO, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether `stream` should get colours: a terminal, NO_COLOR, CLICOLOR and CI permitting."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    if _in_ci(environ):
        return False
    return stream.isatty() and environ.get("CLICOLOR") != "0" and environ.get("TERM") != "dumb"


def _in_ci(environ: Mapping[str, str]) -> bool:
    return environ.get("CI", "").lower() in {"1", "true"}
