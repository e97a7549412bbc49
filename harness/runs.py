"""Whether the last run that changed an environment came to an end of its own."""

import contextlib
import datetime as dt
import json
import socket
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from harness.problem import Problem
from harness.terraform import KilledError
from harness.workspace import Workspace
from harness.written import write


@dataclass(frozen=True)
class Run:
    """A run of Terraform that changes an environment.

    Attributes:
        operation: `apply` or `destroy`.
        started: When, in UTC.
        host: The machine it runs on.
        changed: When it began its first change, in UTC, and so held the state's lock; "" if it
            is not known to have come that far.
    """

    operation: str
    started: str
    host: str
    changed: str = ""


def unfinished(workspace: Workspace) -> Run | None:
    """The last run, where it was killed; asked while the workspace is held, so none goes on."""
    try:
        return Run(**json.loads(_record(workspace).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):  # it is written in one step, so somebody else changed it
        return Run("run", "an unknown time", "")


def refuse_unfinished(workspace: Workspace) -> None:
    """Have nothing planned or changed before what a killed run made is found.

    Raises:
        Problem: The last run was killed.
    """
    run = unfinished(workspace)
    if run is not None:
        raise Problem(
            f"The {run.operation} of {workspace.environment} that began at {run.started} did"
            f" not end of its own, so the state may lack what it made: {_way_on(workspace)}"
        )


@contextlib.contextmanager
def recorded(workspace: Workspace, operation: str) -> Generator[Callable[[], None]]:
    """Keep a record of the run in the block; it stays behind if that is killed.

    Gives what is to be called when the run begins its first change.

    Raises:
        KilledError: Terraform was killed.
    """
    run = Run(operation, _now(), socket.gethostname())
    _write(workspace, run)
    try:
        yield lambda: _write(workspace, replace(run, changed=_now()))
    except KilledError as killed:
        raise KilledError(f"{killed} Now {_way_on(workspace)}", killed.exit_code) from killed
    except BaseException:
        forget(workspace)
        raise
    forget(workspace)


def forget(workspace: Workspace) -> None:
    """Remove the record: the state is known to hold everything."""
    _record(workspace).unlink(missing_ok=True)


def _write(workspace: Workspace, run: Run) -> None:
    write(_record(workspace), json.dumps(asdict(run)) + "\n")


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def _record(workspace: Workspace) -> Path:
    return workspace.folder / "run.json"


def _way_on(workspace: Workspace) -> str:
    return f"say make recover {workspace.arguments}."
