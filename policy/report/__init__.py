"""What the gate prints and writes: one verdict, five outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.report.codeclimate import codeclimate
from policy.report.document import document
from policy.report.junit import junit
from policy.report.people import text
from policy.report.sarif import sarif
from policy.report.saved import ReportError, write
from policy.report.terminal import encodable, wants_colour

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policy.verdict import Verdict

__all__ = ["FORMATS", "ReportError", "encodable", "render", "text", "wants_colour", "write"]

FORMATS: Mapping[str, Callable[[Verdict], str]] = {
    "json": document,
    "junit": junit,
    "sarif": sarif,
    "codeclimate": codeclimate,
}
"""The outputs for machines by the name that `--format` takes; each ends in a line feed."""


def render(verdict: Verdict, format: str, *, colour: bool = False, width: int = 80) -> str:  # noqa: A002 # the option's own name
    """Return the verdict in one format.

    Args:
        verdict: What the gate says.
        format: "text" or a key of `FORMATS`, as the option names it.
        colour: Whether text is coloured.
        width: The most characters of a line of text.

    Raises:
        ReportError: There is no such format.
    """
    if format == "text":
        return text(verdict, colour=colour, width=width)
    if format not in FORMATS:
        known = ", ".join(("text", *FORMATS))
        raise ReportError(f"There is no report format {format!r}: choose one of {known}.")
    return FORMATS[format](verdict)
