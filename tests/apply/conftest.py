"""A copy of this checkout whose `local` lives in an emulated AWS of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.bootstrap import make_emulator
from tests.apply.emulated import Emulated, serving
from tests.checkout import copy_checkout

COPIED = (
    *("main.py", "cdktf.json", ".terraform.lock.hcl", "requirements.txt"),
    *("requirements-emulator.txt", "envs", "harness", "modules", "policy", "ui"),
)

Make = Callable[..., subprocess.CompletedProcess[str]]


def copied(top: Path) -> Path:
    """Copy the checkout to `top`, with its environments."""
    copy_checkout(top, COPIED)
    (top / ".venv-emulator").symlink_to(make_emulator().parents[1])
    return top


def maker(project: Path, **always: str) -> Make:
    """What runs `python -m harness …` in a copy; keywords are environment variables."""

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("AWS_") and name not in {"PORT", "OFFLINE", "ROOT", "CONFIRM"}
        }
        return subprocess.run(  # noqa: S603 # this project's own program
            [sys.executable, "-m", "harness", *words],
            cwd=project,
            env=kept | always | variables,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=900,
        )

    return run


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout for all tests of a session."""
    return copied(tmp_path_factory.mktemp("applied") / "project")


@pytest.fixture(scope="session")
def make(project: Path) -> Make:
    """Runs commands in the copy."""
    return maker(project)


@pytest.fixture(scope="session")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulated]:
    """An emulator with nothing applied to it."""
    with serving(tmp_path_factory.mktemp("corrected")) as emulated:
        yield emulated


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulated]:
    """Moto as it comes, without a correction."""
    with serving(tmp_path_factory.mktemp("stock"), "--stock") as emulated:
        yield emulated


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulated]:
    """An emulator of one test; give its `url` to commands as EMULATOR_URL."""
    with serving(tmp_path) as emulated:
        yield emulated
