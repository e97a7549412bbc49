"""What a terminal can show: colour, and the characters of its encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

Style = Literal["bold", "dim", "red", "green", "yellow"]

_CODES: dict[Style, str] = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}
_ASCII = str.maketrans({"→": "->", "…": "..."})


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether text for this stream should be coloured.

    In this order, an empty variable counting as unset: NO_COLOR says no (no-color.org), FORCE_COLOR
    and CLICOLOR_FORCE say yes unless they are "0" (force-color.org, bixense.com/clicolors),
    TERM=dumb says no, and otherwise a terminal says yes.
    """
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


def encodable(text: str, encoding: str | None) -> str:
    r"""Return the text with nothing in it that the encoding lacks.

    An arrow becomes "->", an ellipsis "...", anything else its escape, `\u00fc`.

    Args:
        text: What is to be printed.
        encoding: The stream's; unknown or None counts as ASCII.
    """
    try:
        text.encode(encoding or "ascii")
    except LookupError:
        return encodable(text, "ascii")
    except UnicodeEncodeError:
        known = encoding or "ascii"
        return text.translate(_ASCII).encode(known, "backslashreplace").decode(known)
    return text


def painted(text: str, *styles: Style, colour: bool) -> str:
    """Return the text in these styles, or as it is where no colour is wanted."""
    if not colour or not text:
        return text
    return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"
