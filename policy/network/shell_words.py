"""What scripts, units and environment files set and run, word by word and in linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN_MARK: Final = "\N{REPLACEMENT CHARACTER}(known after apply)"
"""Stands in a decoded text where a part is known only after the apply."""

_MARK: Final = UNKNOWN_MARK[0]
_MOST: Final = 100  # mentions of one name: more are made to tire a reader
_ESCAPED_LINE: Final = re.compile(r"\\[nrtx0]")
_SIGN: Final = re.compile(r"\\?[\"']?[ \t]*\+?[=:][ \t]*")
# Kubernetes and ECS name a variable and its value apart.
_NAME_KEY: Final = re.compile(r"name\\?[\"']?[ \t]*[:=][ \t]*\\?[\"']?$", re.IGNORECASE)
_VALUE_KEY: Final = re.compile(
    r"\\?[\"']?[ \t]*,?\s*\\?[\"']?value\\?[\"']?[ \t]*[:=][ \t]*", re.IGNORECASE
)
_VALUE: Final = re.compile(
    r"(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|\\\"(?P<escaped>[^\"\\\n]*)\\\""
    r"|(?P<bare>[^\s\"'`\\;&|<>()]*))"
)
# Quotes around the whole, and the escape by which printf ends a line.
_CLOSED: Final = re.compile(r"(?:\\{0,3}[\"']|\\{1,2}[nrt](?=[\"'\s\\]|$))*(?=$|[\s;&|)<>,}\]])")
# To an environment file a blank, `;` or `#` is part of a value: another origin may follow it.
_MORE: Final = re.compile(r"\*|://")
_CODED: Final = re.compile(r"\\x|\\[0-7]")
_BLANK_MORE: Final = re.compile(r"[ \t]+[$`\"',*]")
_PASSED_ON: Final = re.compile(r"(?:^|[\s;&|])(?:export|readonly|-e|--env)[ \t]+$")
_END: Final = re.compile(r"[ \t]*(?:$|[;&|\n\r]|\s-)")
_VARIABLE: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_LITERAL: Final = re.compile(r"""(["']?)([A-Za-z0-9:/._*,\[\]-]*)\1""")
_SET_VARIABLE: Final = re.compile(
    r"^[ \t]*(?:(?:export|readonly|local|declare)[ \t]+)?(\w+)=(.*)$", re.MULTILINE
)
_ANY_SET: Final = re.compile(r"\b(\w+)\b[ \t]*\+?=")
_SEPARATORS: Final = re.compile(r"[;&|\n(){}`]")


@dataclass(frozen=True)
class Setting:
    """One mention of a variable.

    Attributes:
        value: What it is set to; None where that cannot be read.
        assigned: Whether the mention looks like an assignment at all.
    """

    value: str | None
    assigned: bool


def settings_in(text: str, name: str) -> list[Setting]:
    """Return every mention of a variable that is not just read; comments mention nothing.

    A clean assignment of a literal has a value, whatever the language: an environment file, a
    systemd unit, a shell script, JSON or YAML. A shell variable that the text sets once, to a
    literal, is followed.

    Args:
        text: A decoded text.
        name: The variable's name.
    """
    if name not in text:
        return []
    lines = _joined(text.replace(UNKNOWN_MARK, _MARK))
    if sum(bare.count(name) for bare, _ in lines) > _MOST:
        return [Setting(None, assigned=True)]
    found = [
        setting
        for index, (bare, whole) in enumerate(lines)
        for at in _places(bare, name)
        if (setting := _mention(bare, whole, at, at + len(name), _after(lines, index)))
    ]
    if not any(one.value and "$" in one.value for one in found):
        return found
    variables = _variables("\n".join(bare for bare, _ in lines))
    return [
        Setting(_followed(one.value, variables), one.assigned) if one.value else one
        for one in found
    ]


def _places(line: str, name: str) -> Iterator[int]:
    at = line.find(name)
    while at >= 0:
        yield at
        at = line.find(name, at + len(name))


def _after(lines: list[tuple[str, str]], index: int) -> str:
    return lines[index + 1][0] if index + 1 < len(lines) else ""


def _mention(bare: str, whole: str, start: int, end: int, following: str) -> Setting | None:
    before = bare[:start]
    rest = bare[end:]
    if before.endswith("${"):
        return None if rest.startswith("}") else Setting(None, assigned=False)
    if before.endswith("$") and not _SIGN.match(rest):
        return None
    if _PASSED_ON.search(before[-40:]) and _END.match(rest):
        return None
    sign = _SIGN.match(rest)
    if sign is None and _NAME_KEY.search(before[-40:]):
        rest = f"{rest}\n{following}"
        sign = _VALUE_KEY.match(rest)
    if sign is None or before.endswith("$"):
        return Setting(None, assigned=False)
    at_start = not before.strip() and "=" in sign[0]
    tail = rest + whole[len(bare) :] if at_start else rest
    return Setting(_value(tail, sign, own=at_start or before.endswith(('"', "'"))), assigned=True)


def _value(text: str, sign: re.Match[str], *, own: bool) -> str | None:
    """Read a literal; None where something is glued to it, or may belong to it after a blank."""
    found = _VALUE.match(text, sign.end())
    if found is None:
        return None
    groups = found.group("double", "single", "escaped", "bare")
    value = next((one for one in groups if one is not None), "")
    if found["bare"] is not None and ":" in sign[0]:
        value = value.rstrip(",}]") if not value.startswith("[") else value
    tail = text[found.end() :].split("\n", 1)[0]
    closed = _CLOSED.match(tail)
    if closed is None or _MORE.search(tail.partition(",")[2]) or _CODED.search(tail):
        return None
    if own and not closed[0] and found["bare"] is not None and _BLANK_MORE.match(tail):
        return None
    return value


def _variables(text: str) -> dict[str, str]:
    """Return the shell variables that a text sets once, to a literal."""
    times: dict[str, int] = {}
    for name in _ANY_SET.findall(text):
        times[name] = times.get(name, 0) + 1
    return {
        name: literal[2]
        for name, value in _SET_VARIABLE.findall(text)
        if times.get(name) == 1 and (literal := _LITERAL.fullmatch(value.strip()))
    }


def _followed(value: str, variables: dict[str, str]) -> str:
    variable = _VARIABLE.fullmatch(value)
    return value if variable is None else variables.get(variable[1] or variable[2], value)


def commands(text: str) -> Iterator[list[str]]:
    """Yield the words of each simple command of a text, without quotes and comments."""
    for bare, _ in _joined(text):
        for command in _SEPARATORS.split(bare):
            words = command.replace('"', "").replace("'", "").replace("\\", "").split()
            if words:
                yield words


def lines_in(text: str) -> list[str]:
    """Return a text's lines without their comments, continued lines joined."""
    return [bare for bare, _ in _joined(text)]


def _joined(text: str) -> list[tuple[str, str]]:
    """Return each line without its comment and with it, continued lines joined."""
    found: list[tuple[str, str]] = []
    pieces: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        # A comment ends with its line, whatever sign it ends with.
        if line.endswith("\\") and not line.endswith("\\\\") and _without_comment(line) == line:
            pieces.append(line[:-1])
            continue
        whole = "".join([*pieces, line])
        found.append((_without_comment(whole), whole))
        pieces = []
    if pieces:
        found.append(("".join(pieces), "".join(pieces)))
    return found


def uncommented(text: str) -> str:
    """Return a text without its comments: whole lines, and what follows a `#` after a space.

    A `#` inside quotes that the line itself opens is none, and neither is one before the escape of
    a line's end: that is a string of several lines.
    """
    return "\n".join(lines_in(text))


def _without_comment(line: str) -> str:
    if "#" not in line:
        return line
    quote = ""
    escaped = False
    for index, sign in enumerate(line):
        if escaped:
            escaped = False
        elif sign == "\\" and quote != "'":
            escaped = True
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "#" and (index == 0 or line[index - 1] in " \t"):
            return line if _ESCAPED_LINE.search(line, index) else line[:index]
    return line
