"""`make docs`: what can be read off the code is written from it, and checked in CI.

Between `<!-- generated: NAME -->` and `<!-- end -->` the README holds text of this file's; the
modules' own documents in docs/modules/ are generated whole.
"""

import json
import re
import sys
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import main as app
from envs.schema import Environment
from harness.emulator.document import document as emulator
from harness.project import ROOT, shown
from harness.written import write
from modules.base.module import Module
from modules.base.readme import table
from policy.checkov_run.selection import load_selection
from policy.gate import CHECKOV_TITLE
from policy.requirements import REQUIREMENTS

README = ROOT / "README.md"
MODULE_DOCS = ROOT / "docs" / "modules"
EMULATOR = ROOT / "docs" / "emulator.md"
BENCH = ROOT / "bench" / "results.md"
WORDING = ROOT / "ui" / "app" / "wording" / "en.js"
SENTENCE = re.compile(r'^  "failure\.([a-z.-]+)": "(.*)",$', re.MULTILINE)
BLOCK = re.compile(r"(<!-- generated: ([a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main(*, check: bool) -> int:
    """Write the documents, or with `check` only say which are stale.

    Returns:
        0; 1 if `check` found a stale one.
    """
    documents = _documents()
    gone = set(MODULE_DOCS.glob("*.md")) - set(documents)
    stale = [path for path, text in documents.items() if _read(path) != text]
    if check:
        for path in sorted([*stale, *gone]):
            sys.stderr.write(f"{shown(path)} is stale: run `make docs` and commit it.\n")
        return 1 if stale or gone else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, documents[path], mode=0o644)
    for path in gone:
        path.unlink()
    return 0


def _documents() -> dict[Path, str]:
    readme = README.read_text(encoding="utf-8")
    modules = {
        MODULE_DOCS / f"{module.module_name()}.md": module.readme()
        for module in (*app.MODULES, *app.ROOTS)
    }
    return {README: BLOCK.sub(_filled, readme), EMULATOR: emulator(), **modules}


def _filled(block: re.Match[str]) -> str:
    return f"{block[1]}\n{BLOCKS[block[2]]()}\n\n{block[3]}"


def _commands() -> str:
    """The commands, from the comments that `make` prints."""
    rules = re.findall(
        r"^([a-z-]+):.*? ## (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    rows = [(f"`make {name}`", meaning) for name, meaning in rules]
    return table(("command", "what it does"), rows)


def _modules() -> str:
    """The modules, each with the first line of its docstring."""
    rows = [
        (f"[`{module.module_name()}`](docs/modules/{module.module_name()}.md)", _summary(module))
        for module in (*app.MODULES, *app.ROOTS)
    ]
    return table(("module", "what it makes"), rows)


def _requirements() -> str:
    """What the gate demands of a plan, in the order in which it judges."""
    rows = [
        (f"`{each.id}`", each.title, "our environments" if each.own else "any plan")
        for each in REQUIREMENTS
    ]
    checks = len(load_selection().chosen)
    about = f"{CHECKOV_TITLE} ({checks} of them)"
    return table(
        ("requirement", "what it proves", "of"), [*rows, ("`checkov`", about, "our environments")]
    )


def _failures() -> str:
    """What the page says of each failure, and the way on that it shows."""
    said: dict[str, str] = dict(SENTENCE.findall(WORDING.read_text(encoding="utf-8")))
    rows = [(said[kind], said[f"{kind}.way"]) for kind in said if f"{kind}.way" in said]
    return table(("what the page says", "and the way on"), rows)


def _settings() -> str:
    """Every setting of an environment, in the order of the schema."""
    rows = [
        (
            f"`{name}`",
            _type(field.annotation),
            "required" if field.is_required() else f"`{json.dumps(field.default)}`",
            field.description or "",
        )
        for name, field in Environment.model_fields.items()
    ]
    return table(("setting", "type", "default", "what it is"), rows)


def _measurements() -> str:
    return _read(BENCH).strip() or "Not measured yet: run `make bench`."


def _summary(module: type[Module[Any, Any]]) -> str:
    return (module.__doc__ or "").partition("\n")[0]


def _type(annotation: Any) -> str:
    """An annotation in the words of a variable file."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        few = len(arguments) <= 4
        return " or ".join(f"`{choice}`" for choice in arguments) if few else "one of many"
    if origin is typing.Annotated:
        return _type(arguments[0])
    if origin is list:
        return f"list of {_type(arguments[0])}s"
    if type(None) in arguments:
        return _type(next(each for each in arguments if each is not type(None)))
    return {str: "string", int: "number", bool: "bool"}.get(annotation, "object")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


BLOCKS: Mapping[str, Callable[[], str]] = {
    "commands": _commands,
    "failures": _failures,
    "measurements": _measurements,
    "modules": _modules,
    "requirements": _requirements,
    "settings": _settings,
}
