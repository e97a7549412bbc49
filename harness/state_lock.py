"""The lock of a state: who holds it, and whether that is a run of ours that was killed."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

from harness.problem import Problem
from harness.runs import Run

HELD = 3
"""What a command ends with that another run keeps from the state."""

PATIENCE = "20s"
"""How long a command waits for the lock: a plan is over by then, an apply may take an hour."""

INFO = re.compile(
    r"ID:\s*(?P<id>\S+)\s+Path:\s*\S+\s+Operation:\s*(?P<operation>\S+)\s+Who:\s*(?P<who>\S+)"
    r"\s+Version:\s*\S*\s+Created:\s*(?P<day>[\d-]+) (?P<time>[\d:]+)"
)
"""How Terraform tells of a lock in an error, blanks aside."""


@dataclass(frozen=True)
class Lock:
    """A lock, as Terraform's S3 backend writes it beside the state.

    Attributes:
        id: What `terraform force-unlock` takes.
        who: The user and machine that hold it, as `user@machine`.
        operation: What they do, as Terraform names it, such as `OperationTypeApply`.
        created: Since when, in UTC.
    """

    id: str
    who: str
    operation: str
    created: dt.datetime

    @property
    def holder(self) -> str:
        """Who holds it, since when, and what for, as a sentence's beginning."""
        doing = self.operation.removeprefix("OperationType").lower()
        since = f"{self.created:%Y-%m-%d %H:%M:%S} UTC"
        return f"{self.who} holds the state's lock since {since} ({doing})"

    def is_of(self, run: Run, host: str) -> bool:
        """Whether the killed run took it.

        A run that changes something holds the lock. The lock that was there then, and still is,
        was taken after that run began and before its first change; any other's is younger.
        """
        if not run.changed or run.host != host or self.who.rpartition("@")[2] != host:
            return False
        started, changed = map(dt.datetime.fromisoformat, (run.started, run.changed))
        return started <= self.created <= changed


def of_object(text: bytes) -> Lock:
    """The lock that an object beside the state is.

    Raises:
        Problem: It is none.
    """
    try:
        found: Any = json.loads(text)
        # Go writes nanoseconds, Python reads microseconds.
        created = dt.datetime.fromisoformat(re.sub(r"(\.\d{6})\d*", r"\1", found["Created"]))
        return Lock(found["ID"], found["Who"], found["Operation"], created)
    except (ValueError, KeyError, TypeError) as error:
        raise Problem(
            "The object beside the state that should be its lock is none: look at it, and remove"
            " it once nobody works on the state."
        ) from error


def of_error(text: str) -> Lock | None:
    """The lock that an error of Terraform tells of."""
    found = INFO.search(text)
    if found is None:
        return None
    created = dt.datetime.fromisoformat(f"{found['day']}T{found['time']}+00:00")
    return Lock(found["id"], found["who"], found["operation"], created)


def held(lock: Lock, arguments: str) -> Problem:
    """The problem to raise where another run holds the lock; what `make` calls the state."""
    return Problem(
        f"{lock.holder}: wait until that run has ended. If it is dead, make recover"
        f" {arguments} tells so or, where this machine cannot know, make recover"
        f" {arguments} UNLOCK={lock.id} opens it.",
        HELD,
    )
