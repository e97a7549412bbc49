"""How a command looks: its steps, its results, on a terminal, in CI and elsewhere."""

import os
import pty
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.locked import locked

Run = Callable[..., subprocess.CompletedProcess[str]]

STEPS = ("variables", "synth", "terraform init", "terraform plan", "plan as JSON", "gate")


def test_an_output_that_takes_nothing_is_a_sentence(
    project: Path, harness: Run, environ: dict[str, str]
) -> None:
    harness("synth")
    with Path("/dev/full").open("w") as full:
        failed = subprocess.run(
            [sys.executable, "-m", "harness", "plan", "prod"],
            cwd=project,
            env=environ | {"CI": "true"},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    said = "error: The disk is full: free some space and run the command again.\n"
    assert (failed.returncode, failed.stderr) == (1, said)


def test_without_an_output_it_plans_all_the_same(project: Path, environ: dict[str, str]) -> None:
    planned = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" -m harness plan prod >&-', sys.executable],
        cwd=project,
        env=environ,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )

    assert planned.returncode == 0, planned.stderr
    assert "Traceback" not in planned.stderr


@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}], ids=["plain", "NO_COLOR"])
def test_elsewhere_than_on_a_terminal_each_step_is_a_plain_line(
    harness: Run, variables: dict[str, str]
) -> None:
    planned = harness("plan", "prod", **variables)

    lines = planned.stderr.splitlines()
    assert [next(step for step in STEPS if step in line) for line in lines] == list(STEPS)
    assert all(" s  done" in line for line in lines)
    assert "\x1b" not in planned.stderr + planned.stdout
    assert "\r" not in planned.stderr + planned.stdout


def test_in_ci_only_results_are_printed(harness: Run) -> None:
    planned = harness("plan", "prod", CI="true")

    assert planned.stderr == ""
    assert "prod: 4 to add" in planned.stdout


def test_waiting_for_another_command_is_said_in_ci_too(
    project: Path, environ: dict[str, str]
) -> None:
    for lock, said in (
        ("prod/lock", "another command works on prod; waiting\n"),
        ("synth.lock", "another command works on the synth; waiting\n"),
    ):
        with locked(project / "build" / lock):
            waiting = subprocess.Popen(
                [sys.executable, "-m", "harness", "plan", "prod"],
                cwd=project,
                env=environ | {"CI": "true"},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            assert waiting.stderr is not None
            assert waiting.stderr.readline() == said
        with waiting:
            assert waiting.communicate(timeout=60)[1] == ""
        assert waiting.returncode == 0


def test_on_a_terminal_the_running_step_lives(project: Path, environ: dict[str, str]) -> None:
    said = _on_terminal(project, environ)

    assert "\r\x1b[K| terraform plan" in said or "\r\x1b[K/ terraform plan" in said
    assert "\x1b[32mdone\x1b[0m" in said
    assert "\x1b[1mprod: 4 to add\x1b[0m" in said


def test_a_narrow_terminals_line_is_cut(project: Path, environ: dict[str, str]) -> None:
    said = _on_terminal(project, environ, columns=12)

    assert "\r\x1b[K| terraform\r\x1b[K" in said


def test_on_a_terminal_no_color_is_honoured(project: Path, environ: dict[str, str]) -> None:
    for variables in ({"NO_COLOR": "1"}, {"CLICOLOR": "0"}, {"CI": "true"}):
        said = _on_terminal(project, environ | variables)

        assert "\x1b[32m" not in said
        assert "\x1b[1m" not in said
        assert "prod: 4 to add" in said


def _on_terminal(project: Path, environ: dict[str, str], columns: int = 100) -> str:
    """What a person sees: the command runs on a terminal of its own."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    with subprocess.Popen(
        [sys.executable, "-m", "harness", "plan", "prod"],
        cwd=project,
        env=environ,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        said = b""
        while chunk := _read(ours):
            said += chunk
    os.close(ours)
    return said.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux's way of saying that the other side is closed
        return b""
