"""Words and signs of the native syntax, one at a time, as HCL's own scanner cuts them.

A template is scanned by `policy.hcl.template`; here is what stands outside of strings.
Source: `hclsyntax/scan_tokens.rl` of hashicorp/hcl.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from policy.hcl.syntax import DEPTH, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Generator

IDENTIFIER = r"[^\W\d][\w-]*"
BLANK = re.compile(r"(?:[ \t]+|/\*.*?\*/)+", re.DOTALL)
NEWLINE = re.compile(r"(?:#|//)[^\n]*(?:\n|\Z)|\r?\n")
TOKEN = re.compile(
    rf"(?P<number>[0-9](?:(?:[0-9.]|[eE][+-]?[0-9])*(?:[0-9]|[eE][+-]?[0-9]))?)"
    rf"|(?P<identifier>{IDENTIFIER})"
    rf"|(?P<heredoc><<-?{IDENTIFIER}\r?\n)"
    r"|(?P<sign>\.\.\.|::|=>|==|!=|>=|<=|&&|\|\||~\}|[\[\](){}.,*/%+\-=<>!?:\"])"
)
DIGITS = 150
"""Numbers longer than this lose digits in Terraform (512 bits), so they are not read."""


class Token(NamedTuple):
    """One word or sign: `kind` is number, identifier, heredoc, newline, end, or the sign itself."""

    kind: str
    text: str
    start: int
    end: int


class Scanner:
    """A position in a source text.

    Args:
        text: The whole source.
        path: What to call it in errors.
    """

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.at = 0
        self._newlines = [True]
        self._depth = 0
        self._seen: Token | None = None
        self._counted = (0, 1)

    def error(self, message: str, at: int | None = None) -> ConfigurationError:
        """Return an error that names the file and the line."""
        line = self.line(self.at if at is None else at)
        return ConfigurationError(f"{self.path}, line {line}: {message}.")

    def line(self, at: int) -> int:
        """Return the number of the line, counted from 1, in which a place lies."""
        for start, count in ((self._counted[0], self._counted[1]), (0, 1)):
            if at >= start:
                self._counted = (at, count + self.text.count("\n", start, at))
                break
        return self._counted[1]

    @property
    def newlines(self) -> bool:
        """Whether a line's end counts here."""
        return self._newlines[-1]

    def peek(self) -> Token:
        """Return the next token without taking it."""
        if self._seen is None:
            self._seen = self._scan()
        return self._seen

    def take(self) -> Token:
        """Return the next token and step over it."""
        token = self.peek()
        self.jump(token.end)
        return token

    def jump(self, at: int) -> None:
        """Go on from a place in the text."""
        self.at = at
        self._seen = None

    def accept(self, *kinds: str) -> Token | None:
        """Take the next token if it is of one of these kinds."""
        return self.take() if self.peek().kind in kinds else None

    def expect(self, *kinds: str) -> Token:
        """Take the next token, which must be of one of these kinds."""
        token = self.take()
        if token.kind not in kinds:
            wanted = " or ".join(f"`{kind}`" for kind in kinds)
            raise self.error(f"expected {wanted}, not `{token.text[:20]}`", token.start)
        return token

    def keyword(self, word: str) -> bool:
        """Take the next token if it is this word."""
        token = self.peek()
        if token.kind == "identifier" and token.text == word:
            self.take()
            return True
        return False

    @contextmanager
    def nested(self, *, newlines: bool) -> Generator[None]:
        """Go one level deeper, where a line's end counts or not."""
        if self._depth >= DEPTH:
            raise self.error("nested too deeply to be read")
        self._depth += 1
        self._newlines.append(newlines)
        self._seen = None
        try:
            yield
        finally:
            self._depth -= 1
            self._newlines.pop()
            self._seen = None

    def _scan(self) -> Token:
        at, text = self.at, self.text
        while True:
            if blank := BLANK.match(text, at):
                at = blank.end()
            line = NEWLINE.match(text, at)
            if not line:
                break
            if self._newlines[-1]:
                return Token("newline", "line end", at, line.end())
            at = line.end()
        if at >= len(text):
            return Token("end", "end of file", at, at)
        found = TOKEN.match(text, at)
        if not found or found.lastgroup is None:
            raise self.error(f"`{text[at : at + 1]}` is not part of the language", at)
        kind = found.group() if found.lastgroup == "sign" else found.lastgroup
        return Token(kind, found.group(), at, found.end())


def number(text: str) -> int | float | None:
    """Return what a number's text is worth, `None` where it is none or too long to be exact."""
    try:
        value = Decimal(text) if len(text) <= DIGITS else Decimal("nan")
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value.adjusted()) > DIGITS:
        return None
    if value == 0:
        return 0
    return int(value) if value == value.to_integral_value() else float(value)
