"""The host's scripts, run: what they do when a command on which they stand fails.

Commands that need AWS, Ollama or a GPU are stand-ins on PATH that answer as told and record how
they were called. A real boot is another test's business.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

FILES = Path(__file__).parents[2] / "modules" / "host" / "files"

STAND_IN = """#!{python}
import pathlib, re, sys
folder = pathlib.Path(__file__).parent
name, words = pathlib.Path(__file__).name, " ".join(sys.argv[1:])
with (folder / "calls").open("a") as calls:
    calls.write(f"{{name}} {{words}}\\n")
answers = folder / f"{{name}}.answers"
for line in answers.read_text().splitlines() if answers.exists() else []:
    pattern, code, text = line.split("\\t")
    if re.search(pattern, words):
        print(text)
        complaints = folder / f"{{name}}.complaints"
        if code != "0" and complaints.exists():
            sys.stderr.write(complaints.read_text())
        sys.exit(int(code))
"""

ONE_WORD = r'{"model":"m","done":true,"eval_count":1}'
ON_GPU = r'{"models":[{"name":"m","size_vram":123}]}'
ON_CPU = r'{"models":[{"name":"m","size_vram":0}]}'


@dataclass(frozen=True)
class Host:
    """A machine of stand-ins."""

    folder: Path
    answer: Callable[..., None]
    run: Callable[..., subprocess.CompletedProcess[str]]

    @property
    def calls(self) -> list[str]:
        """Every call of a stand-in, in order."""
        path = self.folder / "calls"
        return path.read_text().splitlines() if path.exists() else []

    @property
    def ready(self) -> bool:
        """Whether the load balancer would be told that this machine serves."""
        return (self.folder / "ready").exists()

    @property
    def reason(self) -> str | None:
        """What nginx would say why this machine does not serve."""
        path = self.folder / "reason"
        return path.read_text() if path.exists() else None


@pytest.fixture
def host(tmp_path: Path) -> Host:
    settings = tmp_path / "settings.env"
    settings.write_text("AWS_REGION=eu-west-1\nAUTOSCALING_GROUP=group\nLAUNCH_HOOK=hook\n")
    for name in ("aws", "curl", "lspci", "ollama", "sleep"):
        stand_in = tmp_path / name
        stand_in.write_text(STAND_IN.format(python=sys.executable))
        stand_in.chmod(0o755)

    def answer(name: str, *answers: tuple[str, int, str]) -> None:
        lines = ("\t".join((pattern, str(code), text)) for pattern, code, text in answers)
        (tmp_path / f"{name}.answers").write_text("\n".join(lines))

    def run(script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environ = {
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "MODEL": "m",
            "OLLAMA_HOST": "127.0.0.1:11435",
            "TRANSLATOR_READY": str(tmp_path / "ready"),
            "TRANSLATOR_REASON": str(tmp_path / "reason"),
            "TRANSLATOR_SETTINGS": str(settings),
        }
        return subprocess.run(  # noqa: S603 # the project's own scripts
            ["/usr/bin/env", "bash", str(FILES / script), *arguments],
            env=environ | variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    answer("curl", ("api/generate", 0, ONE_WORD), ("api/ps", 0, ON_GPU), ("instance-id", 0, "i-1"))
    return Host(tmp_path, answer, run)


def test_a_model_on_disk_is_not_pulled_so_a_boot_needs_no_registry(host: Host) -> None:
    done = host.run("model")

    assert done.returncode == 0, done.stderr
    assert host.ready
    assert host.reason is None
    assert not [call for call in host.calls if call.startswith("ollama pull")]


def test_a_missing_model_is_pulled(host: Host) -> None:
    host.answer("ollama", ("^show", 1, ""))

    assert host.run("model").returncode == 0
    assert "ollama pull m" in host.calls
    assert host.ready


def test_a_model_that_cannot_be_pulled_is_tried_five_times_and_never_ready(host: Host) -> None:
    host.answer("ollama", ("^show", 1, ""), ("^pull", 1, ""))
    (host.folder / "ollama.complaints").write_text('pulling...\nError: "no such" host\n')
    done = host.run("model")

    assert done.returncode == 1
    assert host.calls.count("ollama pull m") == 5
    assert host.reason == "m could not be pulled: 'no such' host\n"
    assert not host.ready


@pytest.mark.parametrize("answer", ['{"done":false,"eval_count":0}', '{"error":"no memory"}'])
def test_without_a_token_it_is_not_ready(host: Host, answer: str) -> None:
    host.answer("curl", ("api/generate", 0, answer))
    done = host.run("model")

    assert done.returncode == 1
    assert "produced no token" in done.stderr
    assert not host.ready


def test_a_readiness_of_before_does_not_outlive_a_failure(host: Host) -> None:
    (host.folder / "ready").touch()
    host.answer("curl", ("api/generate", 22, ""))

    assert host.run("model").returncode == 1
    assert not host.ready


def test_an_ollama_that_never_answers_is_said(host: Host) -> None:
    host.answer("curl", ("api/version", 7, ""))
    done = host.run("model")

    assert done.returncode == 1
    assert "Ollama does not answer" in done.stderr


def test_a_gpu_that_is_there_and_not_used_is_a_failure(host: Host) -> None:
    host.answer("lspci", ("", 0, "00:1e.0 3D controller: NVIDIA Corporation TU104GL [Tesla T4]"))
    host.answer("curl", ("api/generate", 0, ONE_WORD), ("api/ps", 0, ON_CPU))
    done = host.run("model")

    assert done.returncode == 1
    assert host.reason == "m is not on the GPU: the driver does not work\n"
    assert not host.ready


def test_a_gpu_that_is_used_is_ready(host: Host) -> None:
    host.answer("lspci", ("", 0, "00:1e.0 3D controller: NVIDIA Corporation TU104GL [Tesla T4]"))

    assert host.run("model").returncode == 0
    assert host.ready


def test_the_group_is_told_of_this_instance(host: Host) -> None:
    assert host.run("lifecycle", "CONTINUE").returncode == 0

    (call,) = [call for call in host.calls if call.startswith("aws ")]
    assert "--auto-scaling-group-name group --lifecycle-hook-name hook" in call
    assert "--instance-id i-1 --lifecycle-action-result CONTINUE" in call


def test_a_call_that_fails_is_tried_again(host: Host) -> None:
    host.answer("aws", ("", 254, "Throttling"))
    done = host.run("lifecycle", "CONTINUE")

    assert done.returncode == 1
    assert len([call for call in host.calls if call.startswith("aws ")]) == 5


def test_a_group_that_did_not_ask_is_no_failure(host: Host) -> None:
    host.answer("aws", ("", 254, "ValidationError: No active Lifecycle Action found"))

    assert host.run("lifecycle", "CONTINUE").returncode == 0
    assert len([call for call in host.calls if call.startswith("aws ")]) == 1


@pytest.mark.parametrize(("result", "told"), [("success", 0), ("exit-code", 1), ("timeout", 1)])
def test_a_unit_that_failed_abandons_the_launch_and_one_that_ended_well_does_not(
    host: Host, result: str, told: int
) -> None:
    host.run("lifecycle", "--unless-success", "ABANDON", SERVICE_RESULT=result)

    assert len([call for call in host.calls if "ABANDON" in call]) == told
