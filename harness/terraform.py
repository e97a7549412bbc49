"""Runs Terraform through python-terraform, mended where 0.10.1 is broken.

Kept of it: building the command line. Replaced: how the process runs (it had no timeout, swallowed
the output until the end, left Ctrl-C to chance and took "there are changes" for an error), and
whatever reads state or writes variables to temporary files.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO, Any, Never, Self

import python_terraform

from harness.problem import Problem

FLAG = python_terraform.IsFlagged
"""The value of an option that has none, e.g. `json=FLAG` for `-json`."""

CHANGES = 2
"""What `-detailed-exitcode` ends with where there is something to do: a success."""

STOPPING = b"stopping; Terraform ends tidily (Ctrl-C once more forces it)\n"

STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class KilledError(Problem):
    """Terraform did not end by itself: what it changed last may be missing in the state."""


@dataclass(frozen=True)
class Result:
    """How a Terraform command ended.

    Attributes:
        exit_code: Terraform's own.
        stdout: Everything it printed there.
        stderr: Everything it printed there.
        seconds: How long it ran.
    """

    exit_code: int
    stdout: str
    stderr: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether it did what it was asked, with or without changes to report."""
        return self.exit_code in {0, CHANGES}


class Terraform(python_terraform.Terraform):
    """One folder's Terraform; `cmd` runs it.

    Args:
        command: What starts Terraform, e.g. `("/usr/bin/terraform",)`.
        working_dir: The root module's folder.
        environ: The child's whole environment; credentials travel here, never on a command line.
        grace: Seconds a command that ran out of time gets to end by itself before it is killed.
    """

    def __init__(
        self,
        command: Sequence[str],
        working_dir: Path,
        environ: Mapping[str, str],
        grace: float = 30,
    ) -> None:
        super().__init__(working_dir=str(working_dir))
        self.folder = working_dir
        self._command = tuple(command)
        self.environ = dict(environ)
        self._grace = grace

    def __getattr__(self, item: str) -> Never:
        """Refuse what is not there; python-terraform would run any misspelt name as a command."""
        raise AttributeError(f"Terraform has no attribute {item!r}; run commands through cmd().")

    def read_state_file(self, file_path: str | None = None) -> None:
        """Leave state to Terraform: it may be remote, and it may hold secrets."""

    def words(self, cmd: str, *args: str, **options: Any) -> list[str]:
        """The command line that `cmd` runs; python-terraform builds it."""
        if any(isinstance(value, dict) for value in options.values()):
            raise TypeError("python-terraform would write a dict to a temporary file: pass a path")
        return [*self._command, *self.generate_cmd_string(cmd, *args, **options)[1:]]

    def cmd(  # pyright: ignore[reportIncompatibleMethodOverride] # its tuple cannot hold a time
        self,
        cmd: str,
        *args: str,
        on_line: Callable[[str], None] | None = None,
        timeout: float | None = None,
        **options: Any,
    ) -> Result:
        """Run a command such as `cmd("plan", out="plan.tfplan", input=False)` to its end.

        Ctrl-C (or SIGTERM, SIGHUP) is passed to Terraform once for each time it comes, and
        Terraform's end is waited for, so that it can finish writing state.

        Args:
            cmd: The command and sub-command.
            args: What stands after the options.
            on_line: Called with each line of either stream, as it comes.
            timeout: Seconds until it is told to stop and, after its grace, killed with the rest.
            options: The flags; `_` becomes `-`, FLAG stands for no value, a list repeats.

        Raises:
            Problem: It ran out of time or was interrupted.
            KilledError: Likewise, or by somebody else, and it could not end by itself.
        """
        words = self.words(cmd, *args, **options)
        started = time.monotonic()
        with _Interrupts() as interrupts:
            process = subprocess.Popen(  # noqa: S603 # the words are this project's own
                words,
                cwd=self.folder,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,  # a group of its own: the terminal's Ctrl-C skips it
            )
            interrupts.pass_on_to(process)
            streams = [_Reader(stream, on_line) for stream in (process.stdout, process.stderr)]
            timed_out = False
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                timed_out = True
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(self._grace)
            with contextlib.suppress(ProcessLookupError):  # what it left running, if anything
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            stdout, stderr = (stream.text() for stream in streams)
        if timed_out:
            kind = KilledError if process.returncode < 0 else Problem
            raise kind(f"terraform {cmd} ran for more than {timeout:g} s and was stopped.")
        if interrupts.count > 1:
            raise KilledError(f"interrupted: terraform {cmd} was told to stop twice.", 130)
        if interrupts.count:
            raise Problem(f"interrupted: terraform {cmd} was told to stop, and has ended.", 130)
        if process.returncode < 0:
            name = signal.Signals(-process.returncode).name
            raise KilledError(f"terraform {cmd} was killed ({name}).")
        return Result(process.returncode, stdout, stderr, time.monotonic() - started)


class _Reader:
    """Reads a stream to its end in a thread, so that neither pipe can fill up and block."""

    def __init__(self, stream: IO[str] | None, on_line: Callable[[str], None] | None) -> None:
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._read, args=(stream, on_line), daemon=True)
        self._thread.start()

    def _read(self, stream: IO[str], on_line: Callable[[str], None] | None) -> None:
        with stream:
            for line in stream:
                self._lines.append(line)
                if on_line is not None:
                    on_line(line.rstrip("\n"))

    def text(self) -> str:
        """Everything read; the group is dead by now, but who left it may hold the pipe open."""
        self._thread.join(timeout=5)
        return "".join(self._lines)


class _Interrupts:
    """Counts stop signals and passes each to the child as the one Terraform ends tidily on."""

    def __init__(self) -> None:
        self.count = 0
        self._process: subprocess.Popen[str] | None = None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():  # Python allows it there alone
            self._before = {each: signal.signal(each, self._received) for each in STOPPING_SIGNALS}
        return self

    def __exit__(self, *_error: object) -> None:
        for each, handler in self._before.items():
            signal.signal(each, handler)

    def pass_on_to(self, process: subprocess.Popen[str]) -> None:
        """Name the child; a signal that came while it was being started is passed on now."""
        self._process = process
        if self.count:
            process.send_signal(signal.SIGINT)

    def _received(self, _signal: int, _frame: FrameType | None) -> None:
        self.count += 1
        if self.count == 1:
            # Not through sys.stderr, which the signal may have found in the middle of a write.
            clear = b"\r\x1b[K" if os.isatty(2) else b""
            with contextlib.suppress(OSError):  # on SIGHUP the terminal is gone
                os.write(2, clear + STOPPING)
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
