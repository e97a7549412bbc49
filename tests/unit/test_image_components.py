"""What Image Builder runs, run: the components' documents, on a machine of stand-ins.

The documents are rendered by Terraform from the same inputs as user data.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.terraform import FLAG, Terraform
from tests.unit.image_machine import ARCHIVE, STAND_IN, STAND_INS, Machine

CHILDREN = Path(__file__).parents[1] / "plan" / "children"

PHASES = {"build": {"build", "validate"}, "test": {"test"}}
"""Which phases may stand in which component; AWSTOE knows these three.

https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html
"""

STEP = {"name", "action", "timeoutSeconds", "onFailure", "maxAttempts", "inputs", "loop", "if"}
"""Every key of a step (the same page)."""

INPUTS = {"ExecuteBash": {"commands"}}
"""The one action used here and its inputs.

https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-action-modules.html
"""

ONE_WORD = '{"model":"m","done":true,"eval_count":1}'
ON_GPU = '{"models":[{"name":"m","size_vram":123}]}'


@pytest.fixture(scope="session")
def texts(
    document: Callable[[str], dict[str, Any]],
    stacks: Path,
    terraform: Callable[[Path], Terraform],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, str]:
    """The text of each component's document, as Terraform renders it for AWS."""
    folder = tmp_path_factory.mktemp("image")
    digest = hashlib.sha256(ARCHIVE.encode()).hexdigest()
    call = (CHILDREN / "host.tf").read_text().partition("\noutput ")[0]
    (folder / "host.tf").write_text(re.sub("[0-9a-f]{64}", digest, call))
    shutil.copytree(stacks / "host", folder / "modules" / "host")
    # No resource in it, so without the requirement Terraform needs no provider and starts at once.
    path = folder / "modules" / "host" / "cdk.tf.json"
    host = json.loads(path.read_text())
    del host["terraform"]["required_providers"]
    path.write_text(json.dumps(host))
    rendered = {
        name.removesuffix("_document"): {
            "value": re.sub(r"var\.(\w+_script)", r"module.host.image_\1", expression)
        }
        for name, expression in document("image")["locals"].items()
        if name.endswith("_document")
    }
    (folder / "documents.tf.json").write_text(json.dumps({"output": rendered}))
    run = terraform(folder)
    assert run.cmd("init", input=False, no_color=FLAG, timeout=60).ok
    applied = run.cmd("apply", input=False, auto_approve=FLAG, no_color=FLAG, timeout=60)
    assert applied.ok, applied.stderr
    outputs = json.loads(run.cmd("output", json=FLAG, timeout=60).stdout)
    return {name: output["value"] for name, output in outputs.items()}


@pytest.fixture(scope="session")
def documents(texts: dict[str, str]) -> dict[str, Any]:
    return {name: yaml.safe_load(text) for name, text in texts.items()}


@pytest.fixture
def machine(tmp_path: Path, documents: dict[str, Any]) -> Machine:
    """A machine on which packages are missing, and Ollama's model once it is pulled is there."""
    for name in ("root", "stand-ins", "etc", "local/share"):
        (tmp_path / name).mkdir(parents=True)
    for name in STAND_INS:
        path = tmp_path / "stand-ins" / name
        path.write_text(STAND_IN)
        path.chmod(0o755)
    made = Machine(tmp_path, documents)
    made.answer("dpkg", ("", 1, ""))
    made.answer("curl", ("api/generate", 0, ONE_WORD), ("api/ps", 0, ON_GPU))
    made.answer("ollama", ("show", 1, ""))
    return made


def test_there_is_a_component_that_builds_and_one_that_tests(documents: dict[str, Any]) -> None:
    assert set(documents) == set(PHASES)


@pytest.mark.parametrize("component", PHASES)
def test_a_document_holds_what_awstoe_knows_and_nothing_else(
    component: str, texts: dict[str, str], documents: dict[str, Any]
) -> None:
    found = documents[component]

    # The most that Image Builder takes, and what it would take for an expression of its own.
    assert len(texts[component]) <= 16_000
    assert "{{" not in texts[component]
    assert set(found) == {"name", "schemaVersion", "phases"}
    assert found["schemaVersion"] == 1.0
    assert {phase["name"] for phase in found["phases"]} <= PHASES[component]
    for step in (step for phase in found["phases"] for step in phase["steps"]):
        assert set(step) <= STEP
        assert set(step["inputs"]) == INPUTS[step["action"]]
        assert step["onFailure"] in ("Abort", "Continue", "Ignore")
        assert 0 < step["timeoutSeconds"] <= 86_400


@pytest.mark.parametrize("component", PHASES)
def test_shellcheck_finds_nothing_in_what_a_document_runs(
    component: str, documents: dict[str, Any]
) -> None:
    """The scripts inside are files of the host's module, which are checked as such."""
    for step in (step for phase in documents[component]["phases"] for step in phase["steps"]):
        for command in step["inputs"]["commands"]:
            done = subprocess.run(  # noqa: S603 # the locked tool, on the project's own text
                [Path(sys.executable).with_name("shellcheck"), "--shell", "bash", "-"],
                input=command,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert done.returncode == 0, done.stdout


def test_a_build_installs_pulls_and_leaves_nothing_running_or_enabled(machine: Machine) -> None:
    done = machine.run("build")

    assert done.returncode == 0, done.stderr
    assert (machine.folder / "local/share/ollama-version").read_text() == "0.32.0\n"
    assert "ollama pull gemma3n:e4b" in machine.calls
    services = [call for call in machine.calls if call.startswith("systemctl ")]
    assert services == [
        "systemctl disable --now nginx.service",
        "systemctl daemon-reload",
        "systemctl start ollama.service",
        "systemctl stop ollama.service",
    ]


def test_a_build_tells_no_group(machine: Machine) -> None:
    machine.run("build")

    assert not [call for call in machine.calls if call.startswith("aws ")]


def test_a_download_that_is_not_the_pinned_one_makes_no_image(machine: Machine) -> None:
    machine.answer("tar", ("", 0, "must not be reached"))
    stand_in = machine.folder / "stand-ins" / "curl"
    stand_in.write_text(STAND_IN.replace("$ARCHIVE", "something else"))

    assert machine.run("build").returncode != 0
    assert not [call for call in machine.calls if call.startswith("tar ")]


def test_a_model_that_says_nothing_makes_no_image(machine: Machine) -> None:
    machine.answer("curl", ("api/generate", 0, '{"done":true,"eval_count":0}'))
    done = machine.run("build")

    assert done.returncode != 0
    assert "produced no token" in done.stdout + done.stderr


@pytest.fixture
def built(machine: Machine) -> Machine:
    """A machine that was started from an image."""
    assert machine.run("build").returncode == 0
    machine.answer("ollama")
    return machine


def test_an_image_passes_with_a_token_of_its_own_model(built: Machine) -> None:
    done = built.run("test")

    assert done.returncode == 0, done.stderr
    assert [call for call in built.calls if "api/generate" in call]
    assert not [call for call in built.calls if call.startswith("ollama pull")]


def test_an_image_without_its_model_fails_and_does_not_pull_it(built: Machine) -> None:
    built.answer("ollama", ("show", 1, ""))
    done = built.run("test")

    assert done.returncode != 0
    assert "the image lacks gemma3n:e4b" in done.stderr
    assert not [call for call in built.calls if call.startswith("ollama pull")]


def test_an_image_without_a_token_fails(built: Machine) -> None:
    built.answer("curl", ("api/generate", 0, '{"done":true,"eval_count":0}'))
    done = built.run("test")

    assert done.returncode != 0
    assert "produced no token" in done.stdout + done.stderr


def test_an_image_of_another_release_fails(built: Machine) -> None:
    (built.folder / "local/share/ollama-version").write_text("0.31.0\n")
    done = built.run("test")

    assert done.returncode != 0
    assert "the image lacks Ollama 0.32.0" in done.stderr
