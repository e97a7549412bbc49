"""The literal part of HCL, which is all that a variable file may hold.

Terraform accepts no reference and no function in a variable file, so a file is a list of
`name = literal`. The general HCL parsers for Python read more than that and less exactly: they
join `1 2` to 12, take two settings on one line, make a list of two equal names and hand out
`-5` and `"${x}"` alike as text. This reader takes what Terraform takes, refuses the rest and
remembers the line of every value. It runs in linear time whatever the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from envs.tokens import HclError, Path, Token, scalar, tokens

__all__ = ["Document", "HclError", "Path", "Value", "read"]

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"

DEPTH = 16
"""How deep lists and objects may be nested; no setting needs more than two."""

_TRAILING = "has something after its value; write one plain value, and one setting a line"


@dataclass(slots=True)
class Document:
    """What a file holds: its values, and the line on which each of them starts."""

    values: dict[str, Value] = field(default_factory=dict[str, Value])
    lines: dict[Path, int] = field(default_factory=dict[Path, int])


def read(text: str) -> Document:
    """Read a variable file's text.

    Raises:
        HclError: the first place at which the text is no literal HCL.
    """
    return _Reader(text).document()


class _Reader:
    """A recursive-descent reader over the tokens; it looks one token ahead."""

    def __init__(self, text: str) -> None:
        self._stream = tokens(text)
        self._path: Path = ()
        self._result = Document()
        self._next = Token("newline", "", 1)

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
                return scalar(token)
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
            name = key.text if key.kind == "name" else str(scalar(key))
            self._path = (*outer, name)
            if self._next.text == ":":
                self._take()
            else:
                self._expect("=", "has no value; write name = value")
            self._place(items, Token("name", name, key.line), self._value())
            self._path = outer
            if self._next.text == "," or self._next.kind == "newline":
                self._take()
                self._skip_newlines()
            elif self._next.text != "}":
                raise HclError(_TRAILING, self._next.line)
        self._take()
        return items

    def _place(self, into: dict[str, Value], name: Token, value: Value) -> None:
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

    def _take(self) -> Token:
        token = self._next
        if token.kind != "end":
            self._next = next(self._stream)
        return token
