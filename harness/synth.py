"""Runs `main.py`, unless what it would write is there already.

The synth's output depends on files alone, so a digest of those files is its key. The output is
written beside `cdktf.out/`, on its file system, and moved there when whole, with the key and its
own digest in it: a run that was killed leaves nothing behind that could be taken for a result, nor
does a hand's edit.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.explain import lacking
from harness.locked import locked
from harness.problem import Problem
from harness.project import ROOT

INPUTS = (
    "main.py",
    "cdktf.json",
    ".terraform.lock.hcl",
    "requirements.txt",
    "modules",
    "ui",
    "envs/*.py",
)
"""What the output may depend on; variable files are not among it, and a test proves that."""

SEAL = ".sealed"
"""The file that says of an output what it was made from and what it must hold."""

UNFINISHED = ".synth-"
"""What the names of folders begin with that a synth is made in."""


@dataclass(frozen=True)
class Synth:
    """A whole synth.

    Attributes:
        stacks: The folder with a folder a module and root.
        key: The digest of everything it was made from.
        repeated: Whether it was made just now.
    """

    stacks: Path
    key: str
    repeated: bool


@contextlib.contextmanager
def synthesised(say: Callable[[str], None], project: Path = ROOT) -> Generator[Synth]:
    """Have an up-to-date synth, which stays as it is while the block runs.

    Args:
        say: Called with a line to show if another command must be waited for.
        project: The checkout.

    Raises:
        Problem: `main.py` failed; its last line says why.
    """
    out = project / "cdktf.out"
    lock = project / "build" / "synth.lock"
    with locked(lock, lambda: say("another command works on the synth; waiting")):
        for left in project.glob(f"{UNFINISHED}*"):  # by runs that were killed: the lock is ours
            shutil.rmtree(left, ignore_errors=True)
        key = input_key(project)
        fresh = _seal(key, out) != _read_seal(out)
        if fresh:
            _make(project, out, key)
        yield Synth(out / "stacks", key, repeated=fresh)


def input_key(project: Path) -> str:
    """The digest of every file the synth may read, and of the Python it runs on."""
    found = [path for pattern in INPUTS for path in project.glob(pattern)]
    files = [path for each in found for path in ([each] if each.is_file() else each.rglob("*"))]
    return tree_digest(project, files, sys.version)


def tree_digest(top: Path, files: Iterable[Path], salt: str = "") -> str:
    """A digest of files' places and contents."""
    total = hashlib.sha256(salt.encode())
    for path in sorted(files):
        if path.is_file() and "__pycache__" not in path.parts:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(top).as_posix()}\0{content}\n".encode())
    return total.hexdigest()


def _make(project: Path, out: Path, key: str) -> None:
    with tempfile.TemporaryDirectory(dir=project, prefix=UNFINISHED) as name:
        made = Path(name) / "out"
        _run_main(project, made)
        (made / SEAL).write_text(_seal(key, made), encoding="utf-8")
        if out.exists():
            out.rename(Path(name) / "before")  # a folder cannot be replaced in one step
        made.rename(out)


def _run_main(project: Path, out: Path) -> None:
    done = subprocess.run(  # this project's own main.py
        [sys.executable, "main.py"],
        cwd=project,
        env=environ_for(out, os.environ),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode != 0:
        (project / "build" / "synth.log").write_text(done.stdout + done.stderr, encoding="utf-8")
        missing = re.search(
            r"^ModuleNotFoundError: No module named '(.+)'$", done.stderr, re.MULTILINE
        )
        sentence = lacking(missing[1]) if missing else None
        if sentence is not None:
            raise Problem(sentence)
        last = (done.stderr.strip().splitlines() or ["it printed nothing"])[-1]
        raise Problem(f"main.py failed: {last} (all of it: build/synth.log).")
    if not any(out.glob("stacks/*/cdk.tf.json")):
        raise Problem("main.py wrote no stack: it must end with App.synth().")


def environ_for(out: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """What main.py runs with: its output folder, and cdktf's version check and reports off."""
    return {**environ, "CDKTF_OUTDIR": str(out), "CHECKPOINT_DISABLE": "1", "PYTHONUTF8": "1"}


def _seal(key: str, out: Path) -> str:
    files = [path for path in out.rglob("*") if path.name != SEAL] if out.is_dir() else []
    return f"from {key}\nholds {tree_digest(out, files)}\n"


def _read_seal(out: Path) -> str:
    try:
        return (out / SEAL).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
