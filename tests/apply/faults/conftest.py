"""A small root in an emulated AWS of its own, reached by a way that can go wrong."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.apply.conftest import Make, maker
from tests.apply.emulated import BUCKET, Emulated, serving
from tests.apply.faults.faulty import FaultyWay
from tests.apply.way import opened
from tests.checkout import copy_checkout

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
    way: FaultyWay
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
    copy_checkout(top, COPIED)
    shutil.copytree(HERE / "project", top, dirs_exist_ok=True)
    return top


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    """The project with nothing applied yet; one for the tests of a module."""
    folder = tmp_path_factory.mktemp("bare")
    with serving(folder) as aws, opened(FaultyWay(aws.url)) as way:
        project = bare_project(folder / "project")
        yield Bare(project, aws, way, maker(project, EMULATOR_URL=way.url))
