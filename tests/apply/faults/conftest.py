"""A small root in an emulated AWS of its own, reached by a way that can go wrong."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.apply.conftest import Make, maker
from tests.apply.emulated import BUCKET, SOURCE, Emulated, serving
from tests.apply.faults.way import Way, way_to

HERE = Path(__file__).parent
COPIED = ("cdktf.json", ".terraform.lock.hcl", "requirements.txt", "envs", "harness", "policy")


@dataclass(frozen=True)
class Bare:
    """A project whose translator is some thirty resources, and the AWS that it lives in.

    Attributes:
        project: A copy of this harness, with stand-ins for synth and gate.
        aws: The emulator.
        way: What the commands reach it by.
        make: Runs commands.
    """

    project: Path
    aws: Emulated
    way: Way
    make: Make

    @property
    def folder(self) -> Path:
        """Where the plan of `local` lies."""
        return self.project / "build" / "local"

    def extend(self, size: int, *, balanced: bool = False) -> None:
        """Have another number of roles and log groups planned, and a load balancer or none."""
        text = f"SIZE = {size}\nBALANCED = {balanced}\n"
        (self.project / "modules" / "extent.py").write_text(text)

    def state(self) -> dict[str, Any]:
        """The state, as the object in the bucket says it."""
        found = self.aws.client("s3").get_object(
            Bucket=BUCKET, Key="ollama-translator/local/terraform.tfstate"
        )
        return json.load(found["Body"])


def bare_project(top: Path) -> Path:
    """Copy the harness to `top`, and the stand-ins over it."""
    top.mkdir(parents=True)
    for name in COPIED:
        source = SOURCE / name
        if source.is_dir():
            shutil.copytree(source, top / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, top)
    shutil.copytree(HERE / "project", top, dirs_exist_ok=True)
    return top


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    """The project with nothing applied yet; one for the tests of a module."""
    folder = tmp_path_factory.mktemp("bare")
    with serving(folder) as aws, way_to(aws.url) as way:
        project = bare_project(folder / "project")
        yield Bare(project, aws, way, maker(project, EMULATOR_URL=way.url))
