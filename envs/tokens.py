"""The words of HCL's literals: where each stands, and the value that a scalar has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Path: TypeAlias = "tuple[str | int, ...]"
Scalar: TypeAlias = "str | int | float | bool | None"

_TOKENS = re.compile(
    r"""(?P<space>[ \t]+|/\*(?:[^*]|\*(?!/))*\*/)
      | (?P<newline>(?:(?:\#|//)[^\n]*)?(?:\r?\n|\Z))
      | (?P<string>"(?:[^"\\\r\n]|\\.)*")
      | (?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.]))
      | (?P<name>[^\W\d][\w-]*)
      | (?P<mark>[=:,\[\]{}])""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|\$\$\{|%%\{|\$\{|%\{", re.DOTALL)
_SHORT = {r"\n": "\n", r"\r": "\r", r"\t": "\t", r"\"": '"', r"\\": "\\", "$${": "${", "%%{": "%{"}
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class HclError(ValueError):
    """Text that is no list of `name = literal`; the message is the end of a sentence.

    Attributes:
        line: where, counted from 1.
        path: the setting it happened in, empty between settings.
    """

    def __init__(self, message: str, line: int, path: Path = ()) -> None:
        super().__init__(message)
        self.line = line
        self.path = path


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a file.

    Attributes:
        kind: string, number, name, mark (one of `= : , [ ] { }`), newline or end.
        text: as it stands in the file, quotes included.
        line: where it starts, counted from 1.
    """

    kind: str
    text: str
    line: int


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, without spaces and comments; the last two are a newline and the end.

    Raises:
        HclError: something stands there that is no word of a literal.
    """
    position, line = 0, 1
    while position < len(text):
        match = _TOKENS.match(text, position)
        if match is None:
            raise HclError(_unreadable(text, position), line)
        kind = match.lastgroup or ""
        if kind != "space":
            yield Token(kind, match.group(), line)
        line += match.group().count("\n")
        position = match.end()
    yield Token("newline", "", line)
    yield Token("end", "", line)


_UNREADABLE = (
    ('"', "has a string that is not closed on its line; end it with a double quote"),
    ("'", "is in single quotes; write it in double quotes"),
    ("/*", "has a comment that is not closed; end it with */"),
    ("<<", "is a heredoc; write a string in double quotes on one line"),
    (tuple("0123456789-"), "is no number; write digits only, such as 5"),
    (tuple("(!$%&*+/<>?.|^~"), "is an expression; a variable file holds only plain values"),
)


def _unreadable(text: str, position: int) -> str:
    for start, message in _UNREADABLE:
        if text.startswith(start, position):
            return message
    return f"has an unexpected character, U+{ord(text[position]):04X}; remove it"


def scalar(token: Token) -> Scalar:
    """The value of a string, of a number, or of one of the names true, false and null.

    Raises:
        HclError: a number is too large, or a string holds a template or an unknown escape.
    """
    match token.kind:
        case "string":
            return _unquote(token.text[1:-1], token.line)
        case "number":
            return _number(token.text, token.line)
        case _:
            return _WORDS[token.text]


def _number(text: str, line: int) -> int | float:
    # 40 digits are more than any setting takes; without a bound, 1e999999999 would fill the memory.
    exponent = text.lower().partition("e")[2]
    number = Decimal(text) if len(text) <= 40 and len(exponent) <= 3 else Decimal("Infinity")
    if abs(number) >= Decimal(10) ** 40:
        raise HclError("is a number larger than any setting takes", line)
    return int(number) if number == number.to_integral_value() else float(number)


def _unquote(text: str, line: int) -> str:
    def replace(match: re.Match[str]) -> str:
        found = match.group()
        if found in _SHORT:
            return _SHORT[found]
        if found in {"${", "%{"}:
            raise HclError(
                "has a template in it; a variable file holds only plain values, "
                f"and a literal {found} is written {found[0]}{found}",
                line,
            )
        digits = found[2:]
        code = int(digits, 16) if digits else -1
        if not 0 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise HclError(r"has an unknown escape; write \\ for a backslash, \" for a quote", line)
        return chr(code)

    return _ESCAPE.sub(replace, text)
