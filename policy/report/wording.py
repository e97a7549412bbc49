"""A finding in words: the same in every output, short, and safe to show."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

from policy.report.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy.verdict import Finding, Packet

_NAME = 200
"""The most characters of an address or a range; Terraform's own are far shorter."""

_SENTENCE = 800
"""The most characters of a message."""

_WAY = 8
"""The most resources that one path is told by."""


def name(text: str) -> str:
    """Return an address, a range or a port as it is shown."""
    return visible(text, _NAME)


def sentence(text: str) -> str:
    """Return a message as it is shown, with its full stop."""
    shown = visible(text, _SENTENCE).rstrip()
    return shown if shown.endswith((".", "!", "?", "…")) or not shown else f"{shown}."


def way(addresses: Sequence[str]) -> tuple[str, ...]:
    """Return the resources of a path, the first eight and how many more there are."""
    shown = tuple(name(address) for address in addresses[:_WAY])
    more = len(addresses) - len(shown)
    return (*shown, f"{more:,} more") if more else shown


def packet_words(packet: Packet) -> str:
    """Return the packet on one line."""
    return str(
        replace(
            packet,
            source=name(packet.source),
            protocol=name(packet.protocol),
            port=name(packet.port),
            target=name(packet.target),
            via=way(packet.via),
        )
    )


def place(finding: Finding) -> str:
    """Return the address with where it is written: `aws_lb.main (main.tf:12, internal)`."""
    notes: list[str] = []
    if finding.location:
        notes.append(f"{name(finding.location.path)}:{finding.location.line}")
    if finding.attribute:
        notes.append(name(finding.attribute))
    return name(finding.address) + (f" ({', '.join(notes)})" if notes else "")


def paragraph(finding: Finding) -> str:
    """Return the whole finding as one line, for viewers that show one text."""
    parts = [f"{name(finding.address)}: {sentence(finding.message)}"]
    if finding.packet:
        parts.append(f"Packet: {packet_words(finding.packet)}.")
    if finding.mend:
        parts.append(sentence(finding.mend))
    return " ".join(parts)


def relative(path: str) -> str:
    """Return a path as reports name files: with slashes, relative, without `./`."""
    if path.startswith("/"):
        path = posixpath.basename(path)
    normal = posixpath.normpath(path)
    return "plan" if normal == "." else normal


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 warning", "1,200 warnings"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
