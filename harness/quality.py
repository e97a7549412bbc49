"""`make lint` and `make fix`: style, types, and generated tables that are fresh."""

import importlib.util
import subprocess
import sys

from harness.explain import lacking
from harness.problem import Problem
from harness.project import ROOT

LINT = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("basedpyright",),
    ("harness", "docs", "--check"),
)
FIX = (("ruff", "check", "--fix"), ("ruff", "format"))


def run(commands: tuple[tuple[str, ...], ...]) -> int:
    """Run all of them, however the first ends; returns 1 if any failed.

    Raises:
        Problem: One of them is not installed.
    """
    for tool, *_ in commands:
        sentence = None if importlib.util.find_spec(tool) else lacking(tool)
        if sentence is not None:
            raise Problem(sentence)
    failed = [" ".join(words) for words in commands if not _passes(words)]
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return 1 if failed else 0


def _passes(words: tuple[str, ...]) -> bool:
    sys.stderr.write(f"== {' '.join(words)}\n")
    sys.stderr.flush()
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 # the words above
