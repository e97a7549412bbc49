"""The matrix for people: who reaches what, on which port, proven by which resources."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from policy.report.layout import hanging, wrapped
from policy.report.terminal import painted
from policy.report.visible import visible
from policy.report.wording import counted, name, way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy.verdict import Passage

_ROWS = 40
"""The most passages shown; two are wanted, and more than a screen shows none."""

_MARK = "  "
_GAP = "  "
_PROOF = 30
"""The least width of the last column; where less is left, each proof goes below its row."""

_HEADS = ("source", "target", "port", "proven by")


def matrix(passages: Sequence[Passage], intent: str, *, colour: bool, width: int) -> list[str]:
    """Return the lines of the table, the unwanted passages first and marked with "!"."""
    title = "who reaches what" if passages else "who reaches what: no passage"
    lines = _title(title, visible(intent, 300), colour=colour, width=width)
    if not passages:
        return lines
    shown = sorted(passages, key=lambda passage: passage.wanted)[:_ROWS]
    rows = [
        (name(row.source), name(row.target), _port(row), ", ".join(way(row.via))) for row in shown
    ]
    longest = max(len(address) for row in shown for address in way(row.via) or ("",))
    widths = _widths(rows, max(longest + 1, _PROOF), width)
    heads = _HEADS if len(widths) == len(_HEADS) else _HEADS[:-1]
    lines += [painted(line, "dim", colour=colour) for line in _row(heads, widths, _MARK)]
    for passage, row in zip(shown, rows, strict=True):
        lines += [
            line if passage.wanted else painted(line, "red", colour=colour)
            for line in _row(row[: len(widths)], widths, _MARK if passage.wanted else "! ")
        ]
        if len(widths) < len(row):
            proof = hanging(f"{_MARK}{_GAP}by ", row[-1] or "nothing", width)
            lines += [painted(line, "dim", colour=colour) for line in proof]
    if not all(passage.wanted for passage in shown):
        lines.append(f"{_MARK}! is a passage that must not exist")
    if len(passages) > len(shown):
        rest = counted(len(passages) - len(shown), "more passage")
        lines += hanging(_MARK, f"and {rest}: --format json lists all", width)
    return lines


def _title(title: str, intent: str, *, colour: bool, width: int) -> list[str]:
    first, *more = hanging("  ", f"{title}, judged against {intent}" if intent else title, width)
    first = first.removeprefix("  ").removeprefix(title)
    return [
        painted(title, "bold", colour=colour) + painted(first, "dim", colour=colour),
        *(painted(line, "dim", colour=colour) for line in more),
    ]


def _port(passage: Passage) -> str:
    if passage.protocol == passage.ports:
        return name(passage.protocol)
    return f"{name(passage.protocol)} {name(passage.ports)}"


def _widths(rows: Sequence[tuple[str, ...]], needed: int, width: int) -> list[int]:
    """Return the columns' widths: four where the needed width is left for the proof, else three."""
    source, target, port = (
        max(len(_HEADS[column]), *(len(row[column]) for row in rows)) for column in range(3)
    )
    port = min(port, 16)
    proof = width - len(_MARK) - 3 * len(_GAP) - source - target - port
    if proof >= needed:
        return [source, target, port, proof]
    room = max(16, width - len(_MARK) - 2 * len(_GAP) - port)
    if source + target > room:
        # What one of the two leaves of its half is the other's.
        half = room // 2
        source = min(source, max(half, room - target))
        target = room - source
    return [source, target, port]


def _row(cells: Sequence[str], widths: Sequence[int], mark: str) -> list[str]:
    """Lay the cells out side by side, the mark before the first line."""
    columns = [wrapped(cell, size) for cell, size in zip(cells, widths, strict=True)]
    lines: list[str] = []
    for parts in zip_longest(*columns, fillvalue=""):
        line = _GAP.join(part.ljust(size) for part, size in zip(parts, widths, strict=True))
        lines.append(((mark if not lines else _MARK) + line).rstrip())
    return lines
