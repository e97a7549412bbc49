"""The stack of `make up`, started once from a copy of this checkout: nobody's own is hit."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.bootstrap import make_local
from harness.local.nginx import free_port
from tests.checkout import copy_checkout
from tests.local.running import Stack, model_asked_for

COPIED = (
    *("main.py", "cdktf.json", ".terraform.lock.hcl", "requirements.txt"),
    *("requirements-local.txt", "envs", "harness", "modules", "policy", "ui"),
)

Make = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def local_python() -> Path:
    """The Python of `.venv-local`, installed where it was not."""
    return make_local()


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory, local_python: Path) -> Path:
    """A copy of this checkout, in a folder whose name needs quoting, with its environments."""
    top = tmp_path_factory.mktemp("up") / "a b's {copy};"
    copy_checkout(top, COPIED)
    (top / ".venv-local").symlink_to(local_python.parents[1])
    return top


@pytest.fixture(scope="session")
def make(project: Path) -> Make:
    """Runs `python -m harness …` in the copy; keywords are environment variables."""

    def run(command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        unset = {"PORT", "OLLAMA_URL", "MODEL", "PYTHON"}
        environ = {name: value for name, value in os.environ.items() if name not in unset}
        return subprocess.run(  # noqa: S603 # this project's own program
            [sys.executable, "-m", "harness", command],
            cwd=project,
            env=environ | variables,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=180,
        )

    return run


@pytest.fixture(scope="session")
def bring_up(make: Make, project: Path) -> Callable[[], Stack]:
    """`make up` with a port of its own, and with the Ollama that the contract is about, if any."""
    given = os.environ.get("OLLAMA_CONTRACT_URL")
    variables = {"PORT": str(free_port())}
    variables |= {"OLLAMA_URL": given, "MODEL": model_asked_for()} if given else {}

    def up() -> Stack:
        done = make("up", **variables)
        assert done.returncode == 0, done.stderr
        folder = project / "build" / "up"
        chosen = json.loads((folder / "chosen.json").read_text(encoding="utf-8"))
        return Stack(folder, done.stdout, chosen)

    return up


@pytest.fixture(scope="session")
def ended(make: Make) -> Iterator[None]:
    """Takes down what is up when the tests of this folder have run."""
    yield
    assert make("down").returncode == 0


@pytest.fixture
def stack(bring_up: Callable[[], Stack], kept: list[Stack], ended: None) -> Stack:
    """The stack; it stays up from test to test, unless one has taken it down."""
    del ended
    if not kept or not (kept[0].folder / "chosen.json").exists():
        kept[:] = [bring_up()]
    return kept[0]


@pytest.fixture(scope="session")
def kept() -> list[Stack]:
    """The stack that is up, if one is."""
    return []
