"""The verdict as text for people: what is wrong, who reaches what, and one closing line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policy.report.layout import hanging, wrapped
from policy.report.matrix import matrix
from policy.report.requirements_seen import requirements_seen
from policy.report.terminal import painted
from policy.report.visible import visible
from policy.report.wording import counted, packet_words, place, sentence

if TYPE_CHECKING:
    from policy.report.terminal import Style
    from policy.verdict import Finding, Level, Verdict

SHOWN = 10
"""How many findings of one requirement are shown; the JSON document holds all."""

_NARROWEST = 40
_COLOURS: dict[Level, Style] = {"refused": "red", "warning": "yellow"}


def text(verdict: Verdict, *, colour: bool, width: int) -> str:
    """Return the findings, the matrix and the closing line.

    Args:
        verdict: What the gate says.
        colour: Whether to colour it; `wants_colour` knows.
        width: The most characters of a line; below 40 counts as 40.

    Returns:
        Lines that end in a line feed; no character of the plan in it controls a terminal.
    """
    width = max(_NARROWEST, width)
    lines = _findings(verdict, colour=colour, width=width)
    lines += matrix(verdict.passages, verdict.intent, colour=colour, width=width)
    style: Style = "green" if verdict.allowed else "red"
    closing = [
        painted(line, "bold", style, colour=colour) for line in wrapped(_closing(verdict), width)
    ]
    return "\n".join([*lines, "", *closing]) + "\n"


def _findings(verdict: Verdict, *, colour: bool, width: int) -> list[str]:
    total = Counter((finding.level, finding.requirement) for finding in verdict.findings)
    met: Counter[tuple[Level, str]] = Counter()
    lines: list[str] = []
    for finding in verdict.findings:
        key = (finding.level, finding.requirement)
        met[key] += 1
        if met[key] <= SHOWN:
            lines += [*_block(finding, colour=colour, width=width), ""]
        elif met[key] == SHOWN + 1:
            rest = counted(total[key] - SHOWN, "more finding")
            more = f"and {rest} of {visible(finding.requirement)}: --format json lists all"
            lines += [*hanging("  ", more, width), ""]
    return lines


def _block(finding: Finding, *, colour: bool, width: int) -> list[str]:
    level, requirement = finding.level, visible(finding.requirement)
    first, *more = hanging(f"{level} {requirement}: ", place(finding), width)
    head = (
        painted(level, "bold", _COLOURS[level], colour=colour)
        + " "
        + painted(f"{requirement}:", "bold", colour=colour)
        + first.removeprefix(f"{level} {requirement}:")
    )
    lines = [head, *more, *hanging("  ", sentence(finding.message), width)]
    if finding.packet:
        lines += _labelled("  packet: ", packet_words(finding.packet), colour=colour, width=width)
    if finding.mend:
        lines += _labelled("  mend:   ", sentence(finding.mend), colour=colour, width=width)
    return lines


def _labelled(label: str, content: str, *, colour: bool, width: int) -> list[str]:
    first, *more = hanging(label, content, width)
    return [painted(label, "dim", colour=colour) + first.removeprefix(label), *more]


def _closing(verdict: Verdict) -> str:
    """Return "allowed: 18 requirements hold, 2 do not apply, 1 warning"."""
    seen = requirements_seen(verdict)
    applies = sum(row.applies for row in seen)
    broken = sum(row.broken for row in seen)
    if verdict.allowed:
        held = counted(applies - broken, "requirement holds", "requirements hold")
        parts = [f"allowed: {held}"]
    else:
        of = counted(applies, "requirement")
        parts = [f"denied: {broken:,} of {of} {'is' if broken == 1 else 'are'} broken"]
    if len(seen) > applies:
        parts.append(counted(len(seen) - applies, "does not apply", "do not apply"))
    if warnings := sum(len(row.warnings) for row in seen):
        parts.append(counted(warnings, "warning"))
    return ", ".join(parts)
