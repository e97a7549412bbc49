"""The Makefile: what it says, and what it checks before it installs anything."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent

Make = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def make(project: Path, environ: dict[str, str]) -> Make:
    shutil.copy(SOURCE / "Makefile", project)

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 # this project's own program
            ["make", *words],  # noqa: S607 # the one on PATH is meant
            cwd=project,
            env=environ | variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def test_alone_it_lists_every_command_with_a_line(make: Make) -> None:
    said = make().stdout
    targets = re.findall(r"^([a-z-]+):", (SOURCE / "Makefile").read_text(), re.MULTILINE)

    assert said.startswith("usage: make COMMAND [ENV=NAME], where NAME is one of: dev prod\n")
    for target in set(targets) - {"environment", "venv"}:
        assert re.search(rf"^  make {target} +\w", said, re.MULTILINE), target


@pytest.mark.parametrize("command", ["plan", "apply", "destroy", "drift"])
@pytest.mark.parametrize(
    "words",
    [
        (),
        ("ENV=",),
        ("ENV=pord",),
        ("ENV=%",),
        ("ENV=dev prod",),
        ("ENV='; touch broken; '",),
        ("ENV=$(shell touch broken)",),
        ("ENV=pord", "ROOT=$(shell touch broken)", "CONFIRM=$(shell touch broken)"),
    ],
    ids=["none", "empty", "unknown", "pattern", "two", "shell", "make", "make elsewhere"],
)
def test_without_a_known_environment_it_lists_them(
    make: Make, project: Path, command: str, words: tuple[str, ...]
) -> None:
    refused = make(command, *words)

    assert refused.returncode == 2
    assert "is no environment: say ENV=NAME, where NAME is one of: dev prod." in refused.stderr
    assert not (project / ".venv").exists(), "it installed before it checked"
    assert not (project / "broken").exists()


def test_what_it_is_given_reaches_the_command_as_it_is(make: Make, project: Path) -> None:
    python = project / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$*|$ROOT|$CONFIRM"\n')
    python.chmod(0o755)
    given = ("ENV=prod", "ROOT=$(x) state", "CONFIRM=$$(id)")

    assert make("destroy", *given, "PYTHON=true").stdout == (
        "-m harness destroy prod|$(x) state|$$(id)\n"
    )
    assert make("destroy", "PYTHON=true", ENV="dev", ROOT="$(id)").stdout == (
        "-m harness destroy dev|$(id)|\n"
    )


def test_no_name_of_a_variable_file_is_run(make: Make, project: Path) -> None:
    for name in ("x$(id>broken)", "x`id>broken`", "x';id>broken;'", 'x";id>broken;"'):
        (project / f"envs/{name}.tfvars").touch()
    for command in ("help", "plan"):
        make(command)

    assert not (project / "broken").exists()


def test_without_a_new_enough_python_it_says_so(make: Make, tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    refused = make("synth", f"PYTHON={old}")

    assert refused.returncode == 2
    assert f"No Python 3.11 or newer among: {old}. Install one, or name one" in refused.stderr


def test_python_reads_utf_8_whatever_the_language(make: Make, project: Path) -> None:
    python = project / "python"
    python.write_text('#!/bin/sh\necho "$PYTHONUTF8" >said\nexit 1\n')
    python.chmod(0o755)
    make("synth", "PYTHON=./python", LC_ALL="C")

    assert (project / "said").read_text() == "1\n"


def test_clean_leaves_what_is_not_its_own(make: Make, project: Path) -> None:
    compiled = "modules/base/__pycache__"
    for name in ("build", "cdktf.out", ".synth-left", compiled, ".venv/__pycache__"):
        (project / name).mkdir(parents=True)

    assert make("clean").returncode == 0
    assert not (project / "build").exists()
    assert not (project / "cdktf.out").exists()
    assert not (project / ".synth-left").exists()
    assert not (project / compiled).exists()
    assert (project / ".venv/__pycache__").exists()
    assert (project / "envs/prod.tfvars").exists()
