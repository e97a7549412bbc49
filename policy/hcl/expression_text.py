"""Terraform's native syntax: text to expressions.

Written after HCL's own parser (`hclsyntax/parser.go` of hashicorp/hcl), because what this gate
proves rests on reading exactly what Terraform reads. tree-sitter's grammar does not: it nests
`a ? b : c ? d : e` to the left, swallows the lines after an empty heredoc, drops the white space
beside `${`, and reads a line that begins with `(` as arguments of the line before.
"""

from __future__ import annotations

from policy.hcl.scanner import Scanner, Token, number
from policy.hcl.syntax import (
    Attribute,
    Binary,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    Index,
    Literal,
    Name,
    Object,
    Splat,
    SplatItem,
    Tuple,
    Unary,
)
from policy.hcl.template import TemplateReader, for_names

LEVELS = {
    sign: level
    for level, signs in enumerate(("||", "&&", "== !=", ">= <= > <", "+ -", "* / %"))
    for sign in signs.split()
}
"""How tightly each operator binds; all bind to the left."""

LONGEST_CHAIN = 200
"""How many operators or steps may follow each other; each nests the expression once more."""

CONSTANTS = {"true": True, "false": False, "null": None}


class ExpressionParser:
    """Reads one source text.

    Args:
        text: Native syntax.
        path: What to call it in errors.
    """

    def __init__(self, text: str, path: str) -> None:
        self.scanner = Scanner(text.removeprefix("\ufeff"), path)

    def whole_expression(self) -> Expression:
        """Read a text that is one expression."""
        with self.scanner.nested(newlines=False):
            found = self.expression()
            self.scanner.expect("end")
        return found

    def whole_template(self) -> Expression:
        """Read a text that is one template, as a string in JSON syntax is."""
        return TemplateReader(self.scanner, self.expression).bare()

    def expression(self) -> Expression:
        """Read an expression at the scanner's position."""
        scanner = self.scanner
        condition = self._binary(0)
        if not scanner.accept("?"):
            return condition
        with scanner.nested(newlines=scanner.newlines):
            yes = self.expression()
            scanner.expect(":")
            no = self.expression()
        return Conditional(condition, yes, no)

    def _binary(self, loosest: int) -> Expression:
        left = self._traversed()
        for _ in range(LONGEST_CHAIN):
            level = LEVELS.get(self.scanner.peek().kind, -1)
            if level < loosest:
                return left
            sign = self.scanner.take()
            left = Binary(sign.kind, left, self._binary(level + 1))
        raise self.scanner.error("an expression has too many operators in a row to be read")

    def _traversed(self) -> Expression:
        return self._steps(self._term())

    def _term(self) -> Expression:  # noqa: PLR0911 # a case, a return
        scanner = self.scanner
        token = scanner.take()
        match token.kind:
            case "number":
                value = number(token.text)
                if value is None:
                    raise scanner.error(f"`{token.text[:20]}` is no number", token.start)
                return Literal(value)
            case "identifier":
                return self._named(token)
            case '"':
                return TemplateReader(scanner, self.expression).quoted()
            case "heredoc":
                marker = token.text.strip("<\r\n")
                flush = marker.startswith("-")
                reader = TemplateReader(scanner, self.expression)
                return reader.heredoc(marker.removeprefix("-"), flush=flush)
            case "-" | "!":
                with scanner.nested(newlines=scanner.newlines):
                    return Unary(token.kind, self._traversed())
            case "(":
                with scanner.nested(newlines=False):
                    inner = self.expression()
                    scanner.expect(")")
                return inner
            case "[":
                return self._tuple()
            case "{":
                return self._object()
            case _:
                raise scanner.error(f"`{token.text[:20]}` begins no expression", token.start)

    def _named(self, token: Token) -> Expression:
        scanner = self.scanner
        if scanner.peek().kind in {"(", "::"}:
            return self._call(token.text)
        if token.text in CONSTANTS:
            return Literal(CONSTANTS[token.text])
        return Name((token.text,))

    def _call(self, name: str) -> Expression:
        scanner = self.scanner
        while scanner.accept("::"):
            name += "::" + scanner.expect("identifier").text
        scanner.expect("(")
        arguments: list[Expression] = []
        expand = False
        with scanner.nested(newlines=False):
            while not scanner.accept(")"):
                arguments.append(self.expression())
                if scanner.accept("..."):
                    expand = True
                    scanner.accept(",")
                    scanner.expect(")")
                    break
                if scanner.peek().kind != ")":
                    scanner.expect(",")
        return Call(name, tuple(arguments), expand)

    def _tuple(self) -> Expression:
        scanner = self.scanner
        items: list[Expression] = []
        with scanner.nested(newlines=False):
            if scanner.keyword("for"):
                return self._for("]")
            while not scanner.accept("]"):
                items.append(self.expression())
                if scanner.peek().kind != "]":
                    scanner.expect(",")
        return Tuple(tuple(items))

    def _object(self) -> Expression:
        scanner = self.scanner
        items: list[tuple[Expression, Expression]] = []
        with scanner.nested(newlines=False):
            if scanner.keyword("for"):
                return self._for("}")
        with scanner.nested(newlines=True):
            while True:
                while scanner.accept("newline"):
                    pass
                if scanner.accept("}"):
                    return Object(tuple(items))
                key = self._key()
                scanner.expect("=", ":")
                items.append((key, self.expression()))
                if scanner.peek().kind != "}":
                    scanner.expect(",", "newline")

    def _key(self) -> Expression:
        token = self.scanner.peek()
        key = self.expression()
        if token.kind in {"(", '"'}:
            return key
        if isinstance(key, Literal) and token.text in CONSTANTS:
            return Literal(token.text)
        if isinstance(key, Name):
            if token.text != ".".join(key.names):
                raise self.scanner.error("a key with a dot needs quotes or brackets", token.start)
            return Literal(token.text)
        return key

    def _for(self, closing: str) -> Expression:
        scanner = self.scanner
        key, item = for_names(scanner)
        source = self.expression()
        scanner.expect(":")
        value = self.expression()
        name: Expression | None = None
        if scanner.accept("=>"):
            name, value = value, self.expression()
        grouped = bool(scanner.accept("..."))
        condition = self.expression() if scanner.keyword("if") else None
        scanner.expect(closing)
        if (name is None) != (closing == "]") or (grouped and name is None):
            raise scanner.error("`for` does not fit its brackets")
        if name is None:
            return ForTuple(key, item, source, value, condition)
        return ForObject(key, item, source, name, value, grouped, condition)

    def _steps(self, source: Expression) -> Expression:
        scanner = self.scanner
        for _ in range(LONGEST_CHAIN):
            if scanner.accept("."):
                source = self._dot(source)
            elif scanner.accept("["):
                if scanner.accept("*"):
                    scanner.expect("]")
                    with scanner.nested(newlines=scanner.newlines):
                        return Splat(source, self._steps(SplatItem()))
                with scanner.nested(newlines=False):
                    source = Index(source, self.expression())
                    scanner.expect("]")
            else:
                return source
        raise scanner.error("an expression has too many steps in a row to be read")

    def _dot(self, source: Expression) -> Expression:
        scanner = self.scanner
        token = scanner.expect("identifier", "number", "*")
        if token.kind == "identifier":
            return _attribute(source, token.text)
        if token.kind == "number":
            return Index(source, self._position(token))
        each: Expression = SplatItem()
        while scanner.accept("."):
            token = scanner.expect("identifier", "number")
            if token.kind == "identifier":
                each = Attribute(each, token.text)
            else:
                each = Index(each, self._position(token))
        return Splat(source, each)

    def _position(self, token: Token) -> Literal:
        if not token.text.isdecimal() or len(token.text) > 9:
            raise self.scanner.error(f"`.{token.text[:20]}` is no index", token.start)
        return Literal(int(token.text))


def _attribute(source: Expression, name: str) -> Expression:
    if isinstance(source, Name):
        return Name((*source.names, name))
    return Attribute(source, name)
