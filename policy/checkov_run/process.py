"""checkov in a process of its own, started while Terraform plans."""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from policy.checkov_run.answers import CheckovResult, read_result
from policy.problem import CannotJudgeError

COMMAND = (sys.executable, "-m", "policy.checkov_run.worker")
_ROOT = Path(__file__).parent.parent.parent
# Nothing else reaches checkov: an API key of its platform (BC_API_KEY), a proxy or one of its many
# switches would make it ask, report or judge otherwise than on the next machine.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "SYSTEMROOT", "PYTHONDONTWRITEBYTECODE")
# Shows a value that only the apply will know as present instead of absent
# (checkov/terraform/plan_parser.py), so that a key's unknown ARN is a key.
_SET = {
    "EVAL_TF_PLAN_AFTER_UNKNOWN": "1",
    "PYTHONUTF8": "1",
    "LOG_LEVEL": "ERROR",
    "GIT_PYTHON_REFRESH": "quiet",
}
_LONGEST_ANSWER = 64 * 1024 * 1024


class CheckovError(CannotJudgeError):
    """checkov could not judge the plan; one sentence that says why."""


class Checkov:
    """A process that has checkov ready and judges one plan.

    `with Checkov().start() as checkov:` before Terraform plans, then `checkov.judge(plan_json)`, or
    submit() and result() with other work between. It ends with the block, and by itself when this
    process does.

    Args:
        timeout: How long the result may take once it is waited for, in seconds.
        command: What is run.
    """

    def __init__(self, timeout: float = 120.0, command: Sequence[str] = COMMAND) -> None:
        self._timeout = timeout
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""

    def start(self) -> Self:
        """Start the process, and return at once.

        Raises:
            CheckovError: When it cannot be started.
        """
        environ = {name: os.environ[name] for name in _KEPT if name in os.environ} | _SET
        try:
            self._process = subprocess.Popen(  # noqa: S603 # this project's own program
                self._command,
                cwd=_ROOT,
                env=environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        except OSError as error:
            raise CheckovError(f"checkov cannot be started: {error.strerror}.") from None
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def judge(self, plan_json: Path) -> CheckovResult:
        """Submit a plan and wait for the result; a process judges one.

        Raises:
            CheckovError: When checkov breaks, takes too long, or did not look at all of the plan.
        """
        self.submit(plan_json)
        return self.result()

    def submit(self, plan_json: Path) -> None:
        """Let it judge a plan while this process does something else.

        Args:
            plan_json: What `terraform show -json` wrote.

        Raises:
            CheckovError: When there is no process that could take it.
        """
        if self._process is None or self._process.stdin is None:
            raise CheckovError("checkov is not started: call start() before judge().")
        path = os.fsdecode(plan_json.absolute())
        if not path.isprintable():
            raise CheckovError(f"checkov takes no file name with control characters: {path!r}.")
        try:
            self._process.stdin.write(path.encode() + b"\n")
        except (OSError, ValueError):
            raise CheckovError(self._ended()) from None

    def result(self) -> CheckovResult:
        """Wait for what it found about the plan that was submitted.

        Raises:
            CheckovError: When checkov breaks, takes too long, or did not look at all of the plan.
        """
        if self._process is None:
            raise CheckovError("checkov is not started: call start() before judge().")
        end = time.monotonic() + self._timeout
        self._line(self._process, end)
        document = self._line(self._process, end)
        try:
            return read_result(document)
        except ValueError as error:
            raise CheckovError(f"checkov's process gave no result: {error}.") from None

    def close(self) -> None:
        """End the process, if it still runs; no other process is touched."""
        if (process := self._process) is None:
            return
        self._process = None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _line(self, process: subprocess.Popen[bytes], end: float) -> dict[str, Any]:
        """Read one line of the process as a JSON object, until a point of time.monotonic()."""
        assert process.stdout is not None  # noqa: S101 # it was asked for a pipe
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._unread:
                if not selector.select(max(0.0, end - time.monotonic())):
                    raise CheckovError(f"checkov gave no answer within {self._timeout:g} seconds.")
                part = os.read(process.stdout.fileno(), 1024 * 1024)
                self._unread += part
                if not part:
                    raise CheckovError(self._ended())
                if len(self._unread) > _LONGEST_ANSWER:
                    raise CheckovError("checkov's answer is longer than 64 MiB.")
        line, _, self._unread = self._unread.partition(b"\n")
        try:
            document = json.loads(line)
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise CheckovError("checkov's process answered something that is no JSON object.")
        if "error" in document:
            raise CheckovError(f"checkov could not judge the plan: {document['error']}")
        return document

    def _ended(self) -> str:
        status = self._process.wait() if self._process is not None else None
        return f"checkov's process ended with status {status} before it answered."
