"""The corrections as they are written, without moto: it is not where the documents are made."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corrections"


@dataclass(frozen=True)
class Correction:
    """A correction of moto.

    Attributes:
        name: File and function, e.g. `ec2.subnet_ipv6_state`.
        types: The types of Terraform's resources that need it.
        stock: What moto does without it.
        aws: What AWS does, and moto does with it.
        source: Where AWS says so.
    """

    name: str
    types: list[str]
    stock: str
    aws: str
    source: str


def corrections() -> list[Correction]:
    """Every correction, by its name."""
    return sorted(_read(), key=lambda each: each.name)


def _read() -> Iterator[Correction]:
    for path in FOLDER.glob("*.py"):
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(statement, ast.FunctionDef):
                for mark in statement.decorator_list:
                    if isinstance(mark, ast.Call):
                        told = {str(one.arg): ast.literal_eval(one.value) for one in mark.keywords}
                        yield Correction(name=f"{path.stem}.{statement.name}", **told)
