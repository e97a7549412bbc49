"""Lines of a given width, broken where an address or a sentence reads best."""

from __future__ import annotations


def wrapped(text: str, width: int) -> list[str]:
    """Break a text between words; a word longer than a line breaks after a dot, else anywhere.

    Args:
        text: One line of printable text; runs of spaces count as one.
        width: The most characters of a line; below 1 counts as 1.

    Returns:
        The lines, one empty line for an empty text.
    """
    width = max(1, width)
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width)
        lines += full
    return [*lines, line]


def hanging(label: str, text: str, width: int) -> list[str]:
    """Wrap a text behind a label, its further lines indented to where the text began."""
    first, *rest = wrapped(text, width - len(label))
    return [label + first, *(" " * len(label) + line for line in rest)]


def _pieces(word: str, width: int) -> list[str]:
    """Cut a word into pieces of at most the width."""
    pieces: list[str] = []
    start = 0
    while len(word) - start > width:
        dot = word.rfind(".", start, start + width)
        # A dot near the beginning would leave most of a line empty.
        end = dot + 1 if dot >= start + width // 3 else start + width
        pieces.append(word[start:end])
        start = end
    return [*pieces, word[start:]]
