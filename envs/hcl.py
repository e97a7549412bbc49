"""The literal part of HCL, which is all that a variable file may hold.

Terraform accepts no reference and no function in a variable file, so a file is a list of
`name = literal`. The general HCL parsers for Python read more than that and less exactly: they
join `1 2` to 12, take two settings on one line, keep the last of two equal names and hand out
`-5` and `"${x}"` alike as text. This reader takes what Terraform takes, refuses the rest and
remembers the line of every value. It runs in linear time whatever the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Path: TypeAlias = "tuple[str | int, ...]"

DEPTH = 16
"""How deep lists and objects may be nested; no setting needs more than two."""

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


@dataclass(slots=True)
class Document:
    """What a file holds: its values, and the line on which each of them starts."""

    values: dict[str, Value] = field(default_factory=dict[str, Value])
    lines: dict[Path, int] = field(default_factory=dict[Path, int])


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


def read(text: str) -> Document:
    """Read a variable file's text.

    Raises:
        HclError: the first place at which the text is no literal HCL.
    """
    return _Reader(text).document()


def _tokens(text: str) -> Iterator[_Token]:
    position, line = 0, 1
    while position < len(text):
        match = _TOKENS.match(text, position)
        if match is None:
            raise HclError(_unreadable(text, position), line)
        kind = match.lastgroup or ""
        if kind != "space":
            yield _Token(kind, match.group(), line)
        line += match.group().count("\n")
        position = match.end()
    yield _Token("newline", "", line)
    yield _Token("end", "", line)


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


class _Reader:
    """A recursive-descent reader over the tokens; it looks one token ahead."""

    def __init__(self, text: str) -> None:
        self._stream = _tokens(text)
        self._path: Path = ()
        self._result = Document()
        self._next = _Token("newline", "", 1)

    def document(self) -> Document:
        try:
            self._take()
            self._skip_newlines()
            while self._next.kind != "end":
                self._setting()
                self._skip_newlines()
        except HclError as error:
            raise HclError(str(error), error.line, error.path or self._path) from None
        return self._result

    def _setting(self) -> None:
        name = self._take()
        if name.kind != "name":
            raise HclError("is no setting; write name = value", name.line)
        self._path = (name.text,)
        if self._next.text == "{" or self._next.kind == "string":
            raise HclError("is a block; write name = value", name.line)
        self._expect("=", "has no value; write name = value")
        self._place(self._result.values, name, self._value())
        if self._next.kind != "newline":
            raise HclError(_TRAILING, self._next.line)
        self._path = ()

    def _value(self) -> Value:
        token = self._take()
        self._result.lines.setdefault(self._path, token.line)
        match token.kind, token.text:
            case ("string" | "number", _) | ("name", "true" | "false" | "null"):
                return _scalar(token)
            case "mark", "[":
                return self._list()
            case "mark", "{":
                return self._object()
            case "end", _:
                raise HclError("has no value; the file ends too early", token.line)
            case "name", _:
                raise HclError(
                    "is an expression or a word without quotes; write a plain value, "
                    "text in double quotes",
                    token.line,
                )
            case _:
                raise HclError("has no value; write one after the equals sign", token.line)

    def _list(self) -> list[Value]:
        items: list[Value] = []
        outer = self._enter()
        self._skip_newlines()
        while self._next.text != "]":
            self._path = (*outer, len(items))
            items.append(self._value())
            self._path = outer
            self._skip_newlines()
            if self._next.text == ",":
                self._take()
                self._skip_newlines()
            elif self._next.text != "]":
                raise HclError(
                    "is a list that is not closed with ] or lacks a comma", self._next.line
                )
        self._take()
        return items

    def _object(self) -> dict[str, Value]:
        items: dict[str, Value] = {}
        outer = self._enter()
        self._skip_newlines()
        while self._next.text != "}":
            key = self._take()
            if key.kind not in {"name", "string"}:
                raise HclError("is an object that is not closed with }", key.line)
            name = key.text if key.kind == "name" else _unquote(key.text[1:-1], key.line)
            self._path = (*outer, name)
            if self._next.text == ":":
                self._take()
            else:
                self._expect("=", "has no value; write name = value")
            self._place(items, _Token("name", name, key.line), self._value())
            self._path = outer
            if self._next.text == "," or self._next.kind == "newline":
                self._take()
                self._skip_newlines()
            elif self._next.text != "}":
                raise HclError(_TRAILING, self._next.line)
        self._take()
        return items

    def _place(self, into: dict[str, Value], name: _Token, value: Value) -> None:
        if name.text in into:
            first = self._result.lines[self._path]
            raise HclError(f"is set twice, first on line {first}; remove one", name.line)
        into[name.text] = value

    def _enter(self) -> Path:
        if len(self._path) > DEPTH:
            raise HclError("is nested too deeply", self._next.line)
        return self._path

    def _expect(self, mark: str, otherwise: str) -> None:
        token = self._take()
        if token.text != mark:
            raise HclError(otherwise, token.line)

    def _skip_newlines(self) -> None:
        while self._next.kind == "newline":
            self._take()

    def _take(self) -> _Token:
        token = self._next
        if token.kind != "end":
            self._next = next(self._stream)
        return token


_TRAILING = "has something after its value; write one plain value, and one setting a line"


def _scalar(token: _Token) -> Value:
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
