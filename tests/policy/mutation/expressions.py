"""A small evaluator of the expressions that our generated configuration holds.

It reads references, conditionals, comparisons, lists, `for` lists, splats and the few functions
that link one resource to another; anything else is `OPAQUE`. It is the oracle's own and shares
nothing with the reader it checks.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.policy.mutation.referred import World


class Opaque:
    """The type of `OPAQUE`."""

    def __repr__(self) -> str:
        return "(not read)"


OPAQUE = Opaque()
"""The worth of an expression that this evaluator does not read."""

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>\d+)|(?P<name>[A-Za-z_][\w-]*)"""
    r"""|(?P<mark>=>|==|!=|&&|\|\||[\[\]{}().,?:!*]))"""
)


class UnreadableError(Exception):
    """An expression outside the small language."""


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: its module, and what `each` and loop variables are worth."""

    module: str
    each: Any = None
    names: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Resource:
    kind: str
    name: str


def evaluate(text: Any, scope: Scope, world: World) -> Any:
    """The worth of a value of Terraform's JSON syntax: lists and objects member by member."""
    if isinstance(text, list):
        return [evaluate(item, scope, world) for item in text]
    if isinstance(text, dict):
        return {name: evaluate(item, scope, world) for name, item in text.items()}
    if not isinstance(text, str) or "${" not in text:
        return text
    if not (text.startswith("${") and text.endswith("}")):
        return OPAQUE
    try:
        tokens = _tokens(text[2:-1])
        reader = _Reader(tokens, scope, world)
        value = reader.expression()
        reader.expect_end()
    except UnreadableError:
        return OPAQUE
    return value


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if match is None:
            raise UnreadableError(text)
        found.append(match[0].strip())
        at = match.end()
    return found


class _Reader:
    """Parses and evaluates in one pass; a branch not taken is read with its worth thrown away."""

    def __init__(self, tokens: list[str], scope: Scope, world: World) -> None:
        self._tokens = tokens
        self._at = 0
        self._scope = scope
        self._world = world

    def expect_end(self) -> None:
        if self._at != len(self._tokens):
            raise UnreadableError(self._peek())

    def expression(self) -> Any:
        test = self._either()
        if not self._take("?"):
            return test
        yes = self.expression()
        self._need(":")
        no = self.expression()
        return OPAQUE if test is OPAQUE else yes if test else no

    def _either(self) -> Any:
        value = self._both()
        while self._take("||"):
            other = self._both()
            value = OPAQUE if OPAQUE in (value, other) else value or other
        return value

    def _both(self) -> Any:
        value = self._equal()
        while self._take("&&"):
            other = self._equal()
            value = OPAQUE if OPAQUE in (value, other) else value and other
        return value

    def _equal(self) -> Any:
        value = self._unary()
        while self._peek() in ("==", "!="):
            same = self._next() == "=="
            other = self._unary()
            value = OPAQUE if OPAQUE in (value, other) else (value == other) is same
        return value

    def _unary(self) -> Any:
        if self._take("!"):
            value = self._unary()
            return OPAQUE if value is OPAQUE else not value
        return self._steps(self._primary())

    def _steps(self, value: Any) -> Any:
        while True:
            if self._take("."):
                name = self._next()
                if name == "*":
                    return self._splat(value)
                value = self._member(value, name)
            elif self._take("["):
                if self._take("*"):
                    self._need("]")
                    return self._splat(value)
                key = self.expression()
                self._need("]")
                value = self._element(value, key)
            else:
                return self._single(value)

    def _splat(self, value: Any) -> Any:
        items = self._all(value)
        after = self._at
        results: list[Any] = []
        if not isinstance(items, list):
            items = [] if items is None else [items]
        for item in items or [OPAQUE]:
            self._at = after
            results.append(self._steps(item))
        return results if items else []

    def _all(self, value: Any) -> Any:
        if isinstance(value, _Resource):
            return self._world.instances(self._scope.module, value.kind, value.name)
        return value

    def _single(self, value: Any) -> Any:
        return self._element(value, None) if isinstance(value, _Resource) else value

    def _element(self, value: Any, key: Any) -> Any:
        if isinstance(value, _Resource):
            if key is OPAQUE:
                return OPAQUE
            return self._world.instance(self._scope.module, value.kind, value.name, key)
        if isinstance(value, list | dict) and key is not OPAQUE:
            try:
                return value[key]
            except (KeyError, IndexError, TypeError):
                return OPAQUE
        return OPAQUE

    def _member(self, value: Any, name: str) -> Any:
        if isinstance(value, dict):
            return value.get(name, OPAQUE)
        value = self._single(value)
        return OPAQUE if value is OPAQUE else self._world.attribute(value, name)

    def _primary(self) -> Any:
        word = self._next()
        if word.startswith('"'):
            return OPAQUE if "${" in word else json.loads(word)
        if word.isdigit():
            return int(word)
        if word == "(":
            value = self.expression()
            self._need(")")
            return value
        if word == "[":
            return self._loop() if self._take("for") else self._items("]")
        if self._take("("):
            return self._call(word, self._items(")"))
        return self._named(word)

    def _named(self, word: str) -> Any:
        if word in ("true", "false", "null"):
            return json.loads(word)
        if word in self._scope.names:
            return self._scope.names[word]
        if word == "each":
            return _each(self._scope)
        self._need(".")
        name = self._next()
        if word == "module":
            self._need(".")
            return self._world.output(name, self._next())
        look_up = {"var": self._world.variable, "local": self._world.local}.get(word)
        return look_up(self._scope.module, name) if look_up else _Resource(word, name)

    def _items(self, end: str) -> list[Any]:
        items: list[Any] = []
        while not self._take(end):
            items.append(self.expression())
            if not self._take(","):
                self._need(end)
                break
        return items

    def _loop(self) -> Any:
        name = self._next()
        self._need("in")
        source = self._all(self.expression())
        self._need(":")
        outer, start = self._scope, self._at
        results: list[Any] = []
        readable = isinstance(source, list)
        for item in source if readable and source else [OPAQUE]:
            self._at = start
            self._scope = Scope(outer.module, outer.each, {**outer.names, name: item})
            value = self.expression()
            kept = self.expression() if self._take("if") else True
            if kept:
                results.append(value)
        self._scope = outer
        self._need("]")
        return OPAQUE if not readable else results if source else []

    def _call(self, function: str, args: list[Any]) -> Any:
        first = self._all(args[0]) if args else OPAQUE
        if function in ("toset", "tolist", "values", "tostring"):
            return list(first.values()) if isinstance(first, dict) else first
        if function == "one":
            return (first[0] if first else None) if isinstance(first, list) else OPAQUE
        if function == "concat":
            known = all(isinstance(part, list) for part in args)
            return [item for part in args for item in part] if known else OPAQUE
        if function == "strcontains":
            return OPAQUE if OPAQUE in args else args[1] in args[0]
        return OPAQUE

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise UnreadableError("the expression ends too early")
        self._at += 1
        return token

    def _take(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self._at += 1
        return True

    def _need(self, token: str) -> None:
        if not self._take(token):
            raise UnreadableError(f"{token} was expected, not {self._peek()}")


def _each(scope: Scope) -> dict[str, Any]:
    """A set's element is its own key; the VPN's routes are keyed by "table range"."""
    key = scope.each
    table, _, prefix = str(key).partition(" ")
    return {"key": key, "value": {"table": table, "range": prefix} if prefix else key}
