"""What every layer of tests stands on: the modules, freshly synthesised, and a real Terraform."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.terraform import Terraform
from harness.toolchain import child_environ, find_terraform

ROOT = Path(__file__).parent.parent

MEMORY_FOR_TIME = {"GOGC": "400"}
"""Terraform and its provider live shortly: to collect garbage less often saves them a quarter."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-inventories",
        action="store_true",
        help="write the plans' present values into tests/plan/inventories/, for a look at the diff",
    )


@pytest.fixture(scope="session")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all modules, as `python main.py` writes it now."""
    outdir = tmp_path_factory.mktemp("synth")
    subprocess.run(  # noqa: S603 # this project's own program
        [sys.executable, str(ROOT / "main.py")],
        env={**os.environ, "CDKTF_OUTDIR": str(outdir)},
        check=True,
        timeout=120,
    )
    return outdir / "stacks"


@pytest.fixture(scope="session")
def document(stacks: Path) -> Callable[[str], dict[str, Any]]:
    """A module's `cdk.tf.json`, by the module's name."""

    def read(module: str) -> dict[str, Any]:
        return json.loads((stacks / module / "cdk.tf.json").read_text(encoding="utf-8"))

    return read


@pytest.fixture(scope="session")
def terraform() -> Callable[[Path], Terraform]:
    """A real Terraform in a folder; where none is found it fails and says how to get one."""
    toolchain = find_terraform()
    environ = child_environ() | MEMORY_FOR_TIME

    def at(folder: Path) -> Terraform:
        data = {"TF_DATA_DIR": str(folder / ".terraform")}
        return Terraform(toolchain.command, folder, environ | data)

    return at
