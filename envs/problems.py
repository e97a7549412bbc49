"""What is wrong with a file, in sentences: file, line, setting, value and what would be right."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ROOT = Path(__file__).resolve().parent.parent
_SHOWN = 60
"""How many characters of a value a sentence repeats."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        file: the file, relative to the repository where it lies inside.
        fault: what is wrong and what would be right, the end of a sentence without its full stop.
        line: the line in the file, counted from 1, where there is one.
        key: the setting, such as `vpn_cidrs[0]`; empty where the file as a whole is wrong.
        value: the setting's value, shortened; empty where it is not to be repeated.
    """

    file: str
    fault: str
    line: int | None = None
    key: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        key = _shortened(self.key)
        subject = f"{key} = {self.value}" if self.value else key
        return _printable(": ".join(part for part in (place, subject, self.fault) if part) + ".")


class EnvironmentFileError(ValueError):
    """A file of an environment cannot be used; its text is one sentence per problem.

    Attributes:
        problems: what is wrong, in the order of the file.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def shown(file: str | Path) -> str:
    """A file's name as sentences write it."""
    path = Path(file).absolute()
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else str(file)


def literal(value: object) -> str:
    """A value as the file would write it, shortened to one line."""
    return _printable(_shortened(json.dumps(value, ensure_ascii=False, default=str)))


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint at the known word nearest to a wrong one, or nothing."""
    found = difflib.get_close_matches(name[:_SHOWN], list(known), n=1)
    return f", perhaps {literal(found[0])} is meant" if found else ""


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
