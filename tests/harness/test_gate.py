"""The gate behind the commands: make plan ends with it, and what it denies is not applied."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.workspace import sha256

Run = Callable[..., subprocess.CompletedProcess[str]]

PROVISIONED = '{"count": SIZE, "provisioner": [{"local-exec": {"command": "true"}}], '


@pytest.fixture
def open_project(project: Path) -> Path:
    """A project whose resources run a provisioner, which the gate refuses."""
    main = project / "main.py"
    main.write_text(main.read_text().replace('{"count": SIZE, ', PROVISIONED))
    return project


def test_an_allowed_plan_is_kept_with_its_verdict(project: Path, harness: Run) -> None:
    planned = harness("plan", "prod")

    folder = project / "build/prod"
    said = json.loads((folder / "gate.json").read_text())
    assert planned.returncode == 0
    assert "allowed: " in planned.stdout.splitlines()[-1]
    assert said["verdict"] == "allowed"
    assert said["plan_sha256"] == sha256(folder / "plan.tfplan")
    assert {each.name for each in folder.glob("gate.*")} == {
        "gate.json",
        "gate.junit.xml",
        "gate.sarif",
        "gate.codequality.json",
    }


def test_a_denied_plan_is_said_and_cannot_be_applied(open_project: Path, harness: Run) -> None:
    planned = harness("plan", "prod", OFFLINE="0")
    applied = harness("apply", "prod", OFFLINE="0")

    assert planned.returncode == 1
    assert "refused hidden-resources: module.network.terraform_data.box[0]" in planned.stdout
    assert planned.stdout.splitlines()[-1].startswith("denied: ")
    assert (open_project / "build/prod/plan.tfplan").exists()
    assert applied.returncode == 1
    assert "The gate did not allow build/prod/plan.tfplan" in applied.stderr


def test_the_gate_alone_repeats_the_verdict(project: Path, harness: Run) -> None:
    harness("plan", "prod")
    verdict = project / "build/prod/gate.json"
    first = verdict.read_text()
    verdict.unlink()

    again = harness("gate", "prod")

    assert again.returncode == 0
    assert "allowed: " in again.stdout
    assert verdict.read_text() == first


def test_without_a_plan_there_is_nothing_to_judge(project: Path, harness: Run) -> None:
    judged = harness("gate", "prod")

    assert judged.returncode == 1
    assert judged.stderr == (
        "error: There is no build/prod/plan.tfplan: say make plan ENV=prod first.\n"
    )
    assert not (project / "build/prod/gate.json").exists()


def test_another_plans_json_gives_no_verdict(project: Path, harness: Run) -> None:
    harness("plan", "prod")
    shown = project / "build/prod/plan.json"
    document = json.loads(shown.read_text())
    shown.write_text(json.dumps(document | {"timestamp": "2020-01-01T00:00:00Z"}))

    judged = harness("gate", "prod")

    assert judged.returncode == 2
    assert "was not made from build/prod/plan.tfplan" in judged.stderr.replace(f"{project}/", "")
    assert not (project / "build/prod/gate.json").exists()
