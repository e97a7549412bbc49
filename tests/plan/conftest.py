"""Plans of the environments, made by the very command that users run, in a checkout apart."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

PARTS = (
    "main.py",
    "cdktf.json",
    ".terraform.lock.hcl",
    "requirements.txt",
    "envs",
    "harness",
    "modules",
    "policy",
    "ui",
)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what `make plan` needs, so that tests touch no plan of the developer's."""
    top = tmp_path_factory.mktemp("checkout")
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, top / name, ignore=shutil.ignore_patterns("__pycache__", "build")
            )
        else:
            shutil.copy(source, top)
    return top


@pytest.fixture(scope="session")
def plan(checkout: Path) -> Callable[[str], dict[str, Any]]:
    """The plan of an environment as `terraform show -json` prints it, made once a session."""
    made: dict[str, dict[str, Any]] = {}

    def of(environment: str) -> dict[str, Any]:
        if environment not in made:
            done = subprocess.run(  # noqa: S603 # this project's own program
                [sys.executable, "-m", "harness", "plan", environment],
                cwd=checkout,
                env={**os.environ, "OFFLINE": "1"},
                capture_output=True,
                text=True,
                check=False,
                timeout=300,
            )
            assert done.returncode == 0, done.stderr
            path = checkout / "build" / environment / "plan.json"
            made[environment] = json.loads(path.read_text(encoding="utf-8"))
        return made[environment]

    return of
