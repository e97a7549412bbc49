"""The plans of our environments, by the very command that users run, in a checkout apart.

Each is made once for all test workers, and kept while nothing changes.
"""

import hashlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from harness.locked import locked
from tests.checkout import ROOT, copy_checkout

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

KEPT = ROOT / "build" / "plans"

Json = dict[str, Any]


def pickled(environment: str) -> bytes:
    """An environment's plan: `pickle` of its JSON document and its configuration's files.

    The files are the members of the saved plan below `tfconfig/`. The plan is one that this
    configuration makes, whatever the gate and the command said of it.
    """
    return _kept(environment, by_a_good_run=False)


def planned(environment: str, root: str = "") -> Json:
    """An environment's plan as `terraform show -json` prints it, from a command that succeeded.

    Args:
        environment: Its name.
        root: Another root of it than the translator, as ROOT names it.
    """
    kept = _kept(environment, root, by_a_good_run=True)
    document, _ = pickle.loads(kept)  # noqa: S301 # made below
    return document


def _kept(environment: str, root: str = "", *, by_a_good_run: bool) -> bytes:
    """The plan that is kept, made where none is that will do."""
    whose = f"{environment}_{root}" if root else environment
    name = f"{whose}-{_digest(SHAPING)}"
    place, told = KEPT / f"{name}.pickle", KEPT / f"{name}.json"
    with locked(KEPT / f"{whose}.lock"):
        ran = _digest(RUNNING)
        run: Json = json.loads(told.read_text(encoding="utf-8")) if told.is_file() else {}
        if not run or (by_a_good_run and run != {**run, "ran": ran, "status": 0}):
            for older in KEPT.glob(f"{whose}-*"):
                older.unlink()
            plan, done = _made(environment, root)
            place.write_bytes(plan)
            run = {"ran": ran, "status": done.returncode, "said": done.stderr}
            told.write_text(json.dumps(run), encoding="utf-8")
        assert run["status"] == 0 or not by_a_good_run, run["said"]
        return place.read_bytes()


def _digest(parts: Iterable[str]) -> str:
    total = hashlib.sha256()
    for path in sorted(p for name in parts for p in _files(ROOT / name)):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _files(top: Path) -> list[Path]:
    if top.is_file():
        return [top]
    return [p for p in top.rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def _made(environment: str, root: str) -> tuple[bytes, subprocess.CompletedProcess[str]]:
    """Plan in a checkout apart, so that no plan of a developer's is touched."""
    with tempfile.TemporaryDirectory(prefix="plans-") as folder:
        top = Path(folder)
        copy_checkout(top, (*SHAPING, *RUNNING))
        done = subprocess.run(  # noqa: S603 # this project's own program
            [sys.executable, "-m", "harness", "plan", environment],
            cwd=top,
            env={**os.environ, "OFFLINE": "1", "ROOT": root},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        made = top / "build" / environment / root
        # A plan that the gate refuses is made all the same, and is what these tests are about.
        assert (made / "plan.tfplan").is_file(), done.stderr
        document = json.loads((made / "plan.json").read_text(encoding="utf-8"))
        with zipfile.ZipFile(made / "plan.tfplan") as archive:
            files = {
                name.removeprefix("tfconfig/"): archive.read(name)
                for name in archive.namelist()
                if name.startswith("tfconfig/")
            }
        return pickle.dumps((document, files)), done
