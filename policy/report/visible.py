"""What a plan says, made safe to show: a plan is hostile input, and so is every name in it."""

from __future__ import annotations


def visible(text: str, limit: int | None = None) -> str:
    r"""Return the text on one line, with nothing in it that a terminal or a viewer would obey.

    Control characters, line ends, escape sequences, lone surrogates, and the marks that hide text
    or turn its direction appear as Python would write them: `\x1b`, `\n`, `\u202e`.

    Args:
        text: Anything, an address or a message that quotes a plan.
        limit: The most characters of the text to show; what is cut off becomes "…".
    """
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )
