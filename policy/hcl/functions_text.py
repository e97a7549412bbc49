"""Functions of strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy.hcl.conversion import Failed, Unsorted, doubt, pending, reject, to_number, to_text
from policy.hcl.format_text import formatted
from policy.hcl.size import LONGEST
from policy.hcl.template import SPACE, normal
from policy.hcl.traversal import join_texts
from policy.hcl.values import Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

MATCHING = 10_000_000
"""How many steps a regular expression may take, counted for the worst text."""

SIMPLE = re.compile(
    r"(?:[^\\\[\](){}*+?|^$.]|\\[dDwWsS]|\\[^\w\s]|[.^$|()]|\(\?:|\[\^?[\w \-./:,@%+=~]+\]|[*+?])*"
)
"""Patterns that Python and RE2 read alike: no flags, no counts, no named classes."""


def string(value: Value) -> str:
    """Return a known argument as the string that Terraform converts it to."""
    found = to_text(value)
    return found if isinstance(found, str) else reject("an argument is no string")


def integer(value: Value) -> int:
    """Return a known argument as the whole number that Terraform converts it to."""
    found = to_number(value)
    return found if isinstance(found, int) else reject("an argument is no whole number")


def ascii_string(value: Value) -> str:
    """Return a string in which a character is a byte; others are not modelled."""
    text = string(value)
    if not text.isascii() or "\r\n" in text:
        doubt("text beyond ASCII is not modelled here")
    return text


def _substr(text: Value, offset: Value, length: Value) -> Value:
    whole, start, count = ascii_string(text), integer(offset), integer(length)
    if start < 0:
        start += len(whole)
    if start < 0 or count < -1:
        doubt("an offset before the beginning is not modelled")
    return whole[start:] if count == -1 else whole[start : start + count]


def _split(separator: Value, text: Value) -> Value:
    by, whole = string(separator), string(text)
    if not by:
        return list(ascii_string(text))
    return list(whole.split(by)) if whole else [""]


def _title(text: str) -> str:
    return re.sub(r"(?<![A-Za-z0-9_])[a-z]", lambda found: found.group().upper(), text)


def _replace(text: Value, old: Value, new: Value) -> Value:
    whole, pattern, by = string(text), string(old), string(new)
    if len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/"):
        return normal(_replaced(whole, pattern[1:-1], by))
    if (whole.count(pattern) + 1) * len(by) > LONGEST:
        doubt("the result is too long")
    return normal(whole.replace(pattern, by)) if pattern or whole.isascii() else doubt("no pattern")


def _replaced(whole: str, pattern: str, by: str) -> str:
    unbounded = len(re.findall(r"(?<!\\)[*+]", pattern))
    nested = re.search(r"\)[*+?]", pattern) or re.search(r"[*+?]{2}|\(\?[^:]", pattern)
    if not SIMPLE.fullmatch(pattern) or nested or not (whole.isascii() and pattern.isascii()):
        doubt("this regular expression is not modelled")
    if (len(whole) + 1) ** (unbounded + 1) > MATCHING or len(whole) * len(by) > LONGEST:
        doubt("the text is too long for a regular expression")
    if re.search(r"\$(?!\d(?!\w)|\{\d\})", by):
        doubt("this replacement is not modelled")
    try:
        found = re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern), re.ASCII)
    except re.error:
        doubt("this regular expression is not modelled")
    groups = found.groups
    if found.match("") or any(int(digit) > groups for digit in re.findall(r"\d", by)):
        doubt("this regular expression is not modelled")

    def expand(match: re.Match[str]) -> str:
        return re.sub(
            r"\$(?:\{(\d)\}|(\d))",
            lambda m: match.group(int(m.group(1) or m.group(2))) or "",
            by,
        )

    return found.sub(expand, whole)


def _indent(spaces: Value, text: Value) -> Value:
    count, whole = integer(spaces), string(text)
    if not 0 <= count <= 1000:
        doubt("this indentation is not modelled")
    return whole.replace("\n", "\n" + " " * count)


def _edge(strip: Callable[[str], str], arguments: list[Value]) -> Value:
    """Strip a string's ends; of a partly unknown one only ends that are known and stay."""
    if len(arguments) != 1:
        reject("it takes one argument")
    value = to_text(arguments[0])
    if isinstance(value, str):
        return strip(value)
    if not isinstance(value, Text):
        return pending([value]) or reject("an argument is null")
    parts = list(value.parts)
    for at in (0, -1):
        part = parts[at]
        # The other end of the part touches an unknown one and must not be stripped.
        guarded = f"x{part}" if at else f"{part}x"
        if not isinstance(part, str):
            return Unknown(f"the end of a string, {part}, is known only after the apply")
        text = strip(guarded)
        parts[at] = text[1:] if at else text[:-1]
    return join_texts(list(parts))


def _chomp(text: str) -> str:
    return text.rstrip("\r\n")


def _join(arguments: list[Value]) -> Value:
    if not arguments:
        reject("it has no separator")
    if (unknown := pending(arguments, "join")) is not None:
        return unknown
    items: list[Value] = []
    for argument in arguments[1:]:
        if not isinstance(argument, list):
            reject("only lists are joined")
        if isinstance(argument, Unsorted) and len(argument) > 1:
            doubt("the order of a list is known only after the apply")
        items.extend(argument)
    separator = string(arguments[0])
    parts: list[Value] = []
    for item in items:
        parts += [separator, item] if parts else [item]
    return join_texts(parts)


def _format(arguments: list[Value]) -> Value:
    if not arguments:
        reject("it has no format")
    if (unknown := pending(arguments[:1], "format")) is not None:
        return unknown
    return join_texts(formatted(string(arguments[0]), arguments[1:]))


def _formatlist(arguments: list[Value]) -> Value:
    if (unknown := pending(arguments, "formatlist")) is not None:
        return unknown
    lists = [argument for argument in arguments[1:] if isinstance(argument, list)]
    if any(isinstance(argument, Unsorted) and len(argument) > 1 for argument in lists):
        doubt("the order of a list is known only after the apply")
    rounds = len(lists[0]) if lists else 1
    if any(len(argument) != rounds for argument in lists):
        reject("the lists differ in length")
    results = [
        _format([item[at] if isinstance(item, list) else item for item in arguments])
        for at in range(rounds)
    ]
    failed = next((result for result in results if isinstance(result, Failed)), None)
    return failed or results


def _of_strings(apply: Callable[[str, str], Value]) -> Callable[[Value, Value], Value]:
    return lambda left, right: apply(string(left), string(right))


def _of_ascii(apply: Callable[[str], str]) -> Callable[[Value], Value]:
    return lambda value: apply(ascii_string(value))


def _reversed(text: str) -> str:
    return text[::-1]


def _trim(text: str, cut: str) -> str:
    # Python strips white space where there is nothing to cut.
    return text.strip(cut) if cut else text


KNOWN: dict[str, Callable[..., Value]] = {
    "endswith": _of_strings(str.endswith),
    "indent": _indent,
    "lower": _of_ascii(str.lower),
    "replace": _replace,
    "split": _split,
    "startswith": _of_strings(str.startswith),
    "strcontains": _of_strings(str.__contains__),
    "strrev": _of_ascii(_reversed),
    "substr": _substr,
    "title": _of_ascii(_title),
    "trim": _of_strings(_trim),
    "trimprefix": _of_strings(str.removeprefix),
    "trimsuffix": _of_strings(str.removesuffix),
    "upper": _of_ascii(str.upper),
}

ANY: dict[str, Callable[[list[Value]], Value]] = {
    "chomp": lambda arguments: _edge(_chomp, arguments),
    "format": _format,
    "formatlist": _formatlist,
    "join": _join,
    "trimspace": lambda arguments: _edge(lambda text: text.strip(SPACE), arguments),
}
