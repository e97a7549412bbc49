"""Terraform's native syntax: a file's text to its blocks and arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy.hcl.expression_text import ExpressionParser
from policy.hcl.syntax import Block, Body, Literal
from policy.hcl.template import TemplateReader

if TYPE_CHECKING:
    from policy.hcl.scanner import Token
    from policy.hcl.syntax import Expression


class Parser(ExpressionParser):
    """Reads one source text: a file, an expression or a template.

    Args:
        text: Native syntax.
        path: What to call it in errors.
    """

    def file(self) -> Body:
        """Read a whole file."""
        return self._body("end")

    def _body(self, closing: str) -> Body:
        scanner = self.scanner
        attributes: dict[str, Expression] = {}
        lines: dict[str, int] = {}
        blocks: list[Block] = []
        while True:
            while scanner.accept("newline"):
                pass
            if scanner.accept(closing):
                return Body(attributes, tuple(blocks), lines)
            name = scanner.expect("identifier")
            if scanner.accept("="):
                if name.text in attributes:
                    raise scanner.error(f"`{name.text}` is set twice", name.start)
                attributes[name.text] = self.expression()
                lines[name.text] = scanner.line(name.start)
            else:
                blocks.append(self._block(name))
            if scanner.peek().kind != closing:
                scanner.expect("newline", "end")

    def _block(self, name: Token) -> Block:
        scanner = self.scanner
        labels: list[str] = []
        while not scanner.accept("{"):
            token = scanner.expect("identifier", '"')
            if token.kind == "identifier":
                labels.append(token.text)
                continue
            label = TemplateReader(scanner, self.expression).quoted()
            if not isinstance(label, Literal) or not isinstance(label.value, str):
                raise scanner.error("a block's label is no plain text", token.start)
            labels.append(label.value)
        with scanner.nested(newlines=True):
            body = self._body("}")
        return Block(name.text, tuple(labels), body, scanner.line(name.start))
