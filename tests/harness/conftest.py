"""A project in miniature: this harness and gate, and a synth that needs no provider."""

import compileall
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import ROOT, copy_checkout

HERE = Path(__file__).parent

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real harness and gate with their bytecode, which each copy would else make afresh."""
    top = tmp_path_factory.mktemp("compiled")
    copy_checkout(top, ("harness", "policy"))
    assert compileall.compile_dir(top, quiet=1)
    return top


@pytest.fixture
def project(tmp_path: Path, environ: dict[str, str], compiled: Path) -> Path:
    """A checkout with the real harness and gate, and stand-ins for the other folders.

    It locks no provider, so Terraform's own settings are an empty file rather than a mirror.
    """
    top = tmp_path / "project"
    shutil.copytree(HERE / "project", top)
    shutil.copytree(compiled, top, dirs_exist_ok=True)
    shutil.copy(ROOT / "requirements.txt", top)
    (top / ".terraform.lock.hcl").write_text("# locks nothing\n")
    settings = top / "terraform.rc"
    settings.touch()
    environ["TF_CLI_CONFIG_FILE"] = str(settings)
    return top


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment with a home of its own, no credentials, and none of the caller's settings."""
    home = tmp_path / "home"
    home.mkdir()
    return {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm"}


@pytest.fixture
def harness(project: Path, environ: dict[str, str]) -> Run:
    """Runs `python -m harness …` in the project; keywords are environment variables."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 # this project's own program
            [sys.executable, "-m", "harness", *arguments],
            cwd=project,
            env=environ | variables,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=120,
        )

    return run


@pytest.fixture
def configuration(tmp_path: Path) -> Callable[..., Path]:
    """Writes a root module of `terraform_data` resources, each running a shell command in turn."""

    def write(**commands: str) -> Path:
        folder = tmp_path / "root"
        folder.mkdir()
        resources: dict[str, Any] = {}
        for name, command in commands.items():
            before = list(resources)[-1:]
            resources[name] = {
                "provisioner": [{"local-exec": {"command": command}}],
                "depends_on": [f"terraform_data.{each}" for each in before],
            }
        (folder / "main.tf.json").write_text(
            json.dumps({"resource": {"terraform_data": resources}})
        )
        return folder

    return write
