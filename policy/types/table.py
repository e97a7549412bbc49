"""The table of resource types, from the text files beside this one.

`modelled.txt`, `harmless.txt`, `attached.txt` and `refused.txt` list every managed type of the
AWS provider 5.100.0 once, in sections that share a reason. Of the keys, `types` are managed
resources, `data` data sources, `ephemeral` what is opened anew for each run. `conditions.txt`
refuses single values of types that are otherwise let through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

from policy.types.sections import Section, read_sections

Kind = Literal["modelled", "harmless", "attached", "refused"]
Mode = Literal["managed", "data", "ephemeral"]

FOLDER: Final = Path(__file__).parent

PROVIDERS: Final = {
    prefix: f"registry.terraform.io/hashicorp/{name}"
    for prefix, name in {
        "archive": "archive",
        "aws": "aws",
        "cloudinit": "cloudinit",
        "external": "external",
        "http": "http",
        "local": "local",
        "null": "null",
        "random": "random",
        "template": "template",
        "time": "time",
        "tls": "tls",
    }.items()
} | {"terraform": "terraform.io/builtin/terraform"}
"""Which provider a type's first word stands for in this table: its full address in a plan.

A configuration may name any provider `aws`; the table speaks only of this one's types.
"""

WORDS: Final[dict[str, Mode]] = {"types": "managed", "data": "data", "ephemeral": "ephemeral"}
"""Which mode of a type each key of a section lists."""

READING: Final = "It reads, and opens no network path."


@dataclass(frozen=True)
class TypeEntry:
    """What the gate holds of a resource type.

    Attributes:
        kind: `modelled`: the proof or a requirement reads it. `harmless`: it opens no network
            path into a VPC and makes no other resources. `attached`: it joins a VPC, carries
            groups or forwards, and may stand as long as it does not carry or target what is
            protected. `refused`: nobody can tell from the plan what it does.
        reason: One sentence.
        mend: One sentence, for what is refused; else empty.
    """

    kind: Kind
    reason: str
    mend: str = ""


@dataclass(frozen=True)
class Condition:
    """A value that is refused of a type which may otherwise stand in a plan.

    Attributes:
        attribute: Dotted path, through nested blocks and their elements: `stage.action.provider`.
        denied: A pattern to search for in the value as text (`true` for a boolean). One that
            matches the empty text refuses whatever stands at the path, a nested block included.
        reason: One sentence.
        mend: One sentence.
    """

    attribute: str
    denied: re.Pattern[str]
    reason: str
    mend: str


def entry(type: str, mode: Mode = "managed") -> TypeEntry | None:  # noqa: A002 # Terraform's word
    """Return what the table says of a type; None where it stands outside the table.

    A data source or ephemeral resource of the AWS provider that the table does not name reads and
    no more, so it is harmless; of other providers, only what the table names is known.
    """
    listed = _entries().get((type, mode))
    if listed is None and mode != "managed" and type.startswith("aws_"):
        return TypeEntry("harmless", READING)
    return listed


def target_attributes(type: str) -> tuple[str, ...]:  # noqa: A002
    """Return the dotted paths of a type that can point at what the proof protects.

    That is: a load balancer, a listener, a target group, an Auto Scaling group, an instance, an
    interface, a launch template, a subnet, a route table or a bucket. Empty for types without.
    """
    return _targets().get(type, ())


def conditions(type: str) -> tuple[Condition, ...]:  # noqa: A002
    """Return the values that are refused of a managed type, in the file's order."""
    return _conditions().get(type, ())


def listed(mode: Mode = "managed") -> frozenset[str]:
    """Return the types that the table names."""
    return frozenset(type_ for type_, of_mode in _entries() if of_mode == mode)


def conditional() -> frozenset[str]:
    """Return the types that have a condition."""
    return frozenset(_conditions())


def pointing() -> frozenset[str]:
    """Return the types that have attributes which point at something."""
    return frozenset(_targets())


@cache
def _sections(kind: Kind) -> list[Section]:
    return read_sections(FOLDER / f"{kind}.txt")


@cache
def _entries() -> dict[tuple[str, Mode], TypeEntry]:
    entries: dict[tuple[str, Mode], TypeEntry] = {}
    for kind in get_args(Kind):
        for section in _sections(kind):
            row = TypeEntry(kind, section.text("reason"), section.text("mend"))
            for word, mode in WORDS.items():
                for type_ in section.words(word):
                    if (type_, mode) in entries:
                        raise ValueError(f"{kind}.txt lists {type_}, which the table already has.")
                    entries[type_, mode] = row
    return entries


@cache
def _targets() -> dict[str, tuple[str, ...]]:
    paths: dict[str, tuple[str, ...]] = {}
    for section in _sections("attached"):
        for word in section.words("targets"):
            type_, _, path = word.partition(".")
            paths[type_] = (*paths.get(type_, ()), path)
    return paths


@cache
def _conditions() -> dict[str, tuple[Condition, ...]]:
    found: dict[str, tuple[Condition, ...]] = {}
    for section in read_sections(FOLDER / "conditions.txt"):
        denied = section.text("denied")
        condition = Condition(
            section.text("attribute"),
            re.compile("" if denied == "any" else denied),
            section.text("reason"),
            section.text("mend"),
        )
        found[section.title] = (*found.get(section.title, ()), condition)
    return found
