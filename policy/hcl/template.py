"""Strings with interpolation, as HCL cuts, trims and joins them: quoted, heredoc and JSON.

Source: `hclsyntax/scan_tokens.rl` and `parser_template.go` of hashicorp/hcl. White space next to
a `~` is trimmed piece by piece: in a heredoc a piece ends with its line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal as Word

from policy.hcl.syntax import Conditional, Expression, ForTuple, Literal, Template, TemplateFor

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy.hcl.scanner import Scanner

SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What Go's `unicode.IsSpace` holds true for."""

QUOTED = re.compile(r"(?:\\[^\r\n]|[^\r\n$%\"\\])+")
LINE = re.compile(r"(?:\$\$\{~?|%%\{~?|\$(?!\{)|%(?!\{)|[^$%\r\n]*)(?:\r?\n)?")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
PLAIN = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


@dataclass
class _Text:
    text: str


@dataclass
class _Sequence:
    kind: Word["value", "if", "else", "endif", "for", "endfor"]
    expression: Expression | None = None
    key: str | None = None
    item: str = ""


_Part = _Text | _Sequence


def normal(text: str) -> str:
    """Return the text in Unicode's form C, as Terraform holds every string."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class TemplateReader:
    """Reads templates at a scanner's position.

    Args:
        scanner: Stands right behind the opening mark.
        expression: Reads an expression there.
    """

    def __init__(self, scanner: Scanner, expression: Callable[[], Expression]) -> None:
        self._scanner = scanner
        self._expression = expression
        self._parts: list[_Part] = []
        self._trim_next = False

    def quoted(self) -> Expression:
        """Read up to the closing quote, and step over it."""
        scanner = self._scanner
        text = scanner.text
        while True:
            at = scanner.at
            if at >= len(text) or text[at] in "\r\n":
                raise scanner.error("a string is not closed on its line")
            if text[at] == '"':
                scanner.jump(at + 1)
                return self._assemble()
            if found := QUOTED.match(text, at):
                scanner.jump(found.end())
                self._text(ESCAPE.sub(self._unescape, found.group()))
            elif text.startswith(("$${", "%%{"), at):
                self._escaped(at)
            elif not self._sequence_at(at):
                scanner.jump(at + 1)
                self._text(text[at])

    def heredoc(self, marker: str, *, flush: bool) -> Expression:
        """Read the lines up to the one that holds the marker alone, and step over the marker."""
        scanner = self._scanner
        fresh = True
        while True:
            at = scanner.at
            if at >= len(scanner.text):
                raise scanner.error(f"the text that ends with {marker} is not closed")
            if self._sequence_at(at):
                fresh = False
                continue
            line = self._line(at)
            if fresh and line.endswith("\n") and line.strip(SPACE) == marker:
                end = at + len(line) - (2 if line.endswith("\r\n") else 1)
                scanner.jump(end)
                self._parts.pop()
                if flush:
                    _flush(self._parts)
                return self._assemble()
            fresh = line.endswith("\n")

    def bare(self) -> Expression:
        """Read the whole source, which is a string of JSON syntax."""
        scanner = self._scanner
        while (at := scanner.at) < len(scanner.text):
            if not self._sequence_at(at):
                self._line(at)
        return self._assemble()

    def _line(self, at: int) -> str:
        found = LINE.match(self._scanner.text, at)
        if not found or found.end() == at:
            raise self._scanner.error("a carriage return stands alone in a string", at)
        self._scanner.jump(found.end())
        piece = found.group()
        self._text(piece[1:] if piece.startswith(("$${", "%%{")) else piece)
        return piece

    def _escaped(self, at: int) -> None:
        end = at + (4 if self._scanner.text.startswith("~", at + 3) else 3)
        self._scanner.jump(end)
        self._text(self._scanner.text[at + 1 : end])

    def _text(self, text: str) -> None:
        if self._trim_next:
            text = text.lstrip(SPACE)
            self._trim_next = False
        self._parts.append(_Text(text))

    def _unescape(self, found: re.Match[str]) -> str:
        short, long, other = found.groups()
        if other is not None and other not in PLAIN:
            raise self._scanner.error(f"`\\{other}` is no escape")
        if other is not None:
            return PLAIN[other]
        code = int(short or long, 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise self._scanner.error(f"`{found.group()}` is no character")
        return chr(code)

    def _sequence_at(self, at: int) -> bool:
        scanner = self._scanner
        if not scanner.text.startswith(("${", "%{"), at):
            return False
        control = scanner.text[at] == "%"
        trim = scanner.text.startswith("~", at + 2)
        last = self._parts[-1] if self._parts else None
        if trim and isinstance(last, _Text):
            last.text = last.text.rstrip(SPACE)
        self._trim_next = False
        scanner.jump(at + 3 if trim else at + 2)
        with scanner.nested(newlines=False):
            part = self._control() if control else _Sequence("value", self._expression())
            closing = scanner.expect("}", "~}")
        self._parts.append(part)
        self._trim_next = closing.kind == "~}"
        scanner.jump(closing.end)
        return True

    def _control(self) -> _Sequence:
        scanner = self._scanner
        for word in ("else", "endif", "endfor"):
            if scanner.keyword(word):
                return _Sequence(word)
        if scanner.keyword("if"):
            return _Sequence("if", self._expression())
        if scanner.keyword("for"):
            key, item = for_names(scanner)
            return _Sequence("for", self._expression(), key, item)
        raise scanner.error("`%{` is followed by no directive")

    def _assemble(self) -> Expression:
        parts: list[_Part] = []
        for part in self._parts:
            last = parts[-1] if parts else None
            if isinstance(part, _Text) and isinstance(last, _Text):
                parts[-1] = _Text(last.text + part.text)
            else:
                parts.append(part)
        if len(parts) == 1 and isinstance(parts[0], _Sequence) and parts[0].kind == "value":
            assert parts[0].expression is not None  # noqa: S101 # a value always has one
            return parts[0].expression
        parts.reverse()
        return _template(self._until(parts, ()))

    def _until(self, parts: list[_Part], ends: tuple[str, ...], depth: int = 0) -> list[Expression]:
        found: list[Expression] = []
        if depth > 20:
            raise self._scanner.error("directives are nested too deeply to be read")
        while parts:
            part = parts.pop()
            if isinstance(part, _Text):
                found.append(Literal(normal(part.text)))
                continue
            if part.kind in ends:
                parts.append(part)
                return found
            if part.expression is None:
                raise self._scanner.error(f"`%{{ {part.kind} }}` has no beginning")
            if part.kind == "value":
                found.append(part.expression)
            elif part.kind == "if":
                found.append(self._if(part.expression, parts, depth))
            else:
                body = _template(self._until(parts, ("endfor",), depth + 1))
                self._close(parts, "endfor")
                loop = ForTuple(part.key, part.item, part.expression, body, None)
                found.append(TemplateFor(loop))
        if ends:
            raise self._scanner.error(f"a `%{{ {ends[-1]} }}` is missing")
        return found

    def _if(self, condition: Expression, parts: list[_Part], depth: int) -> Expression:
        yes = self._until(parts, ("else", "endif"), depth + 1)
        no: list[Expression] = []
        last = parts.pop()
        if isinstance(last, _Sequence) and last.kind == "else":
            no = self._until(parts, ("endif",), depth + 1)
            self._close(parts, "endif")
        return Conditional(condition, _template(yes), _template(no))

    def _close(self, parts: list[_Part], kind: str) -> None:
        if not parts:
            raise self._scanner.error(f"a `%{{ {kind} }}` is missing")
        parts.pop()


def for_names(scanner: Scanner) -> tuple[str | None, str]:
    """Read `key, item in` or `item in`."""
    item = scanner.expect("identifier").text
    key = None
    if scanner.accept(","):
        key, item = item, scanner.expect("identifier").text
    if not scanner.keyword("in"):
        raise scanner.error("`for` has no `in`")
    return key, item


def _template(parts: list[Expression]) -> Expression:
    if not parts:
        return Literal("")
    if len(parts) == 1 and isinstance(parts[0], Literal) and isinstance(parts[0].value, str):
        return parts[0]
    return Template(tuple(parts))


def _flush(parts: list[_Part]) -> None:
    """Take from every line the indentation that the least indented line has (`<<-`)."""
    least: int | None = None
    adjust: list[_Text] = []
    fresh = True
    for part in parts:
        if fresh:
            fresh = False
            if not isinstance(part, _Text):
                least = 0
            elif part.text.strip(SPACE) or not part.text.endswith("\n"):
                spaces = len(part.text) - len(part.text.lstrip(SPACE))
                least = spaces if least is None else min(least, spaces)
                adjust.append(part)
        if isinstance(part, _Text) and part.text.endswith("\n"):
            fresh = True
    for part in adjust:
        part.text = part.text[least:]
