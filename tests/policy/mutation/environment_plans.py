"""The plans of our environments, made once for all test workers and kept while nothing changes."""

import hashlib
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from harness.locked import locked
from tests.conftest import ROOT

SHAPING = (
    "main.py",
    "cdktf.json",
    ".terraform.lock.hcl",
    "requirements.txt",
    "envs",
    "modules",
    "ui",
)
"""What decides what a plan holds."""

RUNNING = ("harness", "policy")
"""What runs the planning, besides."""

KEPT = ROOT / "build" / "mutation"


def pickled(environment: str) -> bytes:
    """An environment's plan: `pickle` of its JSON document and its configuration's files.

    The files are the members of the saved plan below `tfconfig/`.
    """
    place = KEPT / f"{environment}-{_digest()}.pickle"
    with locked(KEPT / f"{environment}.lock"):
        if not place.is_file():
            for older in KEPT.glob(f"{environment}-*.pickle"):
                older.unlink()
            place.write_bytes(_planned(environment))
        return place.read_bytes()


def _digest() -> str:
    total = hashlib.sha256()
    for path in sorted(p for name in SHAPING for p in _files(ROOT / name)):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _files(top: Path) -> list[Path]:
    if top.is_file():
        return [top]
    return [p for p in top.rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def _planned(environment: str) -> bytes:
    """Plan in a checkout apart, so that no plan of a developer's is touched."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        top = Path(folder)
        for name in (*SHAPING, *RUNNING):
            source = ROOT / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "build")
                shutil.copytree(source, top / name, ignore=ignored)
            else:
                shutil.copy(source, top)
        done = subprocess.run(  # noqa: S603 # this project's own program
            [sys.executable, "-m", "harness", "plan", environment],
            cwd=top,
            env={**os.environ, "OFFLINE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        made = top / "build" / environment
        # A plan that the gate refuses is made all the same, and is what these tests are about.
        assert (made / "plan.tfplan").is_file(), done.stderr
        document = json.loads((made / "plan.json").read_text(encoding="utf-8"))
        with zipfile.ZipFile(made / "plan.tfplan") as archive:
            files = {
                name.removeprefix("tfconfig/"): archive.read(name)
                for name in archive.namelist()
                if name.startswith("tfconfig/")
            }
        return pickle.dumps((document, files))
