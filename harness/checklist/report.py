"""The checklist for people, for a document, and for programs."""

import json
from collections.abc import Sequence

from harness.checklist.tasks import Ticked

MARKS = {"stands": "✔", "planned": "…", "missing": "✘"}
COLORS = {"stands": "\x1b[32m", "planned": "\x1b[33m", "missing": "\x1b[31m"}
SHOWN = 4
"""How many proofs of a task the terminal shows; the files have all."""


def text(rows: Sequence[Ticked], environment: str, source: str, *, color: bool) -> str:
    """A line a task, with what proves it, and what is lacking."""
    wide = max(len(row.task.phase) for row in rows)
    lines = ["", f"{environment}: the deployment checklist, by {source}", ""]
    for row in rows:
        mark = f"{MARKS[row.status]} {row.status:<7}"
        if color:
            mark = f"{COLORS[row.status]}{mark}\x1b[0m"
        lines.append(f"  {mark}  {row.task.phase:<{wide}}  {row.task.task}")
        lines += [f"      lacks: {sentence}" for sentence in row.lacks]
        lines += [f"      {proof.resource.address}: {proof.shows}" for proof in row.proofs[:SHOWN]]
        if len(row.proofs) > SHOWN:
            lines.append(f"      and {len(row.proofs) - SHOWN} more")
    counts = ", ".join(f"{_count(rows, status)} {status}" for status in MARKS)
    return "\n".join([*lines, "", f"{counts}; all of it: checklist.md, checklist.json.", ""])


def markdown(rows: Sequence[Ticked], environment: str, source: str) -> str:
    """The owner's table with a status, and beneath it the evidence."""
    lines = [f"# Deployment checklist of {environment}", "", f"By {source}.", ""]
    lines += ["| Phase | Task | Status |", "| :--- | :--- | :--- |"]
    lines += [
        f"| **{row.task.phase}** | {row.task.task} | {MARKS[row.status]} {row.status} |"
        for row in rows
    ]
    for row in rows:
        lines += ["", f"## {row.task.task}", ""]
        lines += [f"- lacks: {sentence}" for sentence in row.lacks]
        lines += [f"- `{proof.resource.address}`: {proof.shows}" for proof in row.proofs]
    return "\n".join([*lines, ""])


def document(rows: Sequence[Ticked], environment: str, source: str) -> str:
    """All of it as JSON."""
    tasks = [
        {
            "phase": row.task.phase,
            "task": row.task.task,
            "status": row.status,
            "evidence": [
                {"address": proof.resource.address, "shows": proof.shows} for proof in row.proofs
            ],
            "lacks": list(row.lacks),
        }
        for row in rows
    ]
    found = {"environment": environment, "source": source, "tasks": tasks}
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _count(rows: Sequence[Ticked], status: str) -> int:
    return sum(row.status == status for row in rows)
