"""Reads the JSON lines that Terraform prints under `-json`, as they come."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness import state_lock
from harness.explain import advice
from harness.problem import Problem
from harness.project import shown

SHOWN_ERRORS = 5


@dataclass
class Events:
    """What a run of Terraform said.

    Attributes:
        log: The file that gets every line in readable form.
        on_message: Called with each message as it comes.
        changing: Called once, when the first change begins.
        errors: The errors, each trimmed to what it says and where.
        warnings: The warnings, likewise.
    """

    log: Path
    on_message: Callable[[str], None] = lambda _message: None
    changing: Callable[[], None] | None = None
    errors: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])

    def line(self, line: str) -> None:
        """Take one line; what is no JSON goes to the log alone."""
        try:
            event: dict[str, Any] = json.loads(line)
            message = str(event["@message"])
        except (ValueError, KeyError, TypeError):
            self._write(line)
            return
        match event.get("type"):
            case "diagnostic":
                found = event["diagnostic"]
                text = diagnostic(found)
                (self.errors if found["severity"] == "error" else self.warnings).append(text)
                self._write(f"{found['severity']}: {text}")
                return
            case "apply_start" if self.changing is not None:
                self.changing()
                self.changing = None
            case _:
                pass
        self._write(message)
        self.on_message(message)

    def failure(self, doing: str, other: str = "") -> Problem:
        """The problem to raise when the run failed.

        Args:
            doing: What failed, e.g. `terraform plan`.
            other: What it printed that was no JSON.
        """
        errors = self.errors or [trimmed(other)]
        more = len(errors) - SHOWN_ERRORS
        said = "\n".join(errors[:SHOWN_ERRORS] + ([f"… and {more} more"] if more > 0 else []))
        lock = state_lock.of_error(f"{said} {other}")
        if lock is not None:
            return state_lock.held(lock, "ENV=…")
        todo = advice("\n".join([*errors, other])) or "Mend what Terraform names and run it again."
        return Problem(f"{doing} failed:\n{said}\n{todo} All of it: {shown(self.log)}.")

    def _write(self, text: str) -> None:
        with self.log.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")


def diagnostic(found: dict[str, Any]) -> str:
    """An error or warning of Terraform as a few lines: where, what, and its detail."""
    where = found.get("address") or (found.get("range") or {}).get("filename", "")
    detail = " ".join(str(found.get("detail", "")).split())
    summary = f"{found['summary']}{': ' if detail else ''}{detail}"
    return f"  {where}: {summary}" if where else f"  {summary}"


def trimmed(text: str) -> str:
    """Terraform's boxed error text without the box, blank lines and warnings before it."""
    lines = [line.strip("│╷╵ \t") for line in text.splitlines()]
    lines = [line for line in lines if line]
    first = next((at for at, line in enumerate(lines) if line.startswith("Error")), 0)
    return "\n".join(f"  {line}" for line in lines[first : first + 12])
