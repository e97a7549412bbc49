"""What every layer of tests stands on: the modules, freshly synthesised, and a real Terraform."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.locked import locked
from harness.terraform import Terraform
from harness.toolchain import child_environ, find_terraform
from tests.checkout import ROOT, copy_synth

# What the tests start inherits this. Terraform and its provider live shortly, and to collect
# garbage less often saves them a quarter; nor need every Python compile the project once more.
os.environ["GOGC"] = "400"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A shell's background job ignores Ctrl-C, and so would what it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

WAITING = ("apply", "boot", "faults", "ui/browser", "local")
"""Folders whose tests wait more than they compute, the longest first: started first, the others
fill the time. A long test among them bears an `xdist_group`, and so does a folder with one server.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have the tests that wait start first, in whatever order the workers take them up."""
    tests = [ROOT / "tests" / name for name in WAITING]

    def rank(item: pytest.Item) -> int:
        folders = [number for number, folder in enumerate(tests) if folder in item.path.parents]
        return folders[0] if folders else len(tests)

    items.sort(key=rank)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-inventories",
        action="store_true",
        help="write the plans' present values into tests/plan/inventories/, for a look at the diff",
    )
    parser.addoption(
        "--update-screenshots",
        action="store_true",
        help="write the browser's pictures of the page into docs/ui/, where README shows them",
    )


@pytest.fixture(scope="session")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all modules, as `make synth` writes it now, once for all workers."""
    session = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        session = session.parent
    made = session / "synth"
    with locked(session / "synth.lock"):
        if not made.is_dir():
            new = session / "synth.new"
            new.mkdir()
            copy_synth(new)
            new.rename(made)
    return made / "cdktf.out" / "stacks"


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
    environ = child_environ()

    def at(folder: Path) -> Terraform:
        data = {"TF_DATA_DIR": str(folder / ".terraform")}
        return Terraform(toolchain.command, folder, environ | data)

    return at
