"""Finds the line of Python that wrote a resource of a plan."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from harness.project import ROOT
from policy.verdict import Finding, Location, Verdict

MODULES = ROOT / "modules"


def with_origins(verdict: Verdict) -> Verdict:
    """The verdict with each finding placed at the Python that wrote the resource, where it can be.

    A finding's own location is the generated Terraform, which nobody mends.
    """
    return replace(verdict, findings=tuple(_placed(finding) for finding in verdict.findings))


def _placed(finding: Finding) -> Finding:
    origin = origin_of(finding.address, finding.attribute)
    return finding if origin is None else replace(finding, location=origin)


def origin_of(address: str, attribute: str) -> Location | None:
    """Where `module.load_balancer.aws_lb_listener.https` is made, at best the attribute's line.

    Returns:
        None where no construct, or more than one, bears the resource's type and name.
    """
    bare = address.split("[", 1)[0] if "[" in address.split(".", 2)[-1] else address
    parts = bare.split(".")
    if len(parts) < 2:
        return None
    identity = ".".join(parts[-2:])
    module = parts[1] if parts[0] == "module" and len(parts) > 3 else "translator"
    made = [
        (path, call)
        for path in _files(module)
        for call in _calls(path)
        if _identity(call) == identity
    ]
    if len(made) != 1:
        return None
    path, call = made[0]
    lines = [word.value.lineno for word in call.keywords if word.arg == attribute]
    line = (lines or [call.lineno])[0]
    return Location(path.relative_to(ROOT).as_posix(), line)


def _files(module: str) -> Iterator[Path]:
    single = MODULES / f"{module}.py"
    if single.is_file():
        yield single
    yield from sorted((MODULES / module).glob("*.py"))


@cache
def _calls(path: Path) -> tuple[ast.Call, ...]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _identity(call: ast.Call) -> str | None:
    """The `type.name` that a construct is made with, its second argument."""
    if len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
        value = call.args[1].value
        return value if isinstance(value, str) else None
    return None
