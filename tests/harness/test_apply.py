"""Nothing is applied but the file that the gate allowed; each refusal says why."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.workspace import sha256

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def planned(project: Path, harness: Run) -> Path:
    """The folder of a plan that was made online and allowed."""
    assert harness("plan", "prod", OFFLINE="0").returncode == 0
    folder = project / "build/prod"
    allow(folder)
    return folder


def allow(folder: Path, **said: str) -> None:
    """Write the gate's verdict."""
    verdict = {"verdict": "allowed", "plan_sha256": sha256(folder / "plan.tfplan")}
    (folder / "gate.json").write_text(json.dumps(verdict | said))


def edit_meta(folder: Path, **values: Any) -> None:
    """Change what is said of the plan."""
    meta = folder / "plan.meta.json"
    meta.write_text(json.dumps(json.loads(meta.read_text()) | values))


REFUSALS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no plan": (
        lambda folder: (folder / "plan.tfplan").unlink(),
        "There is no plan at build/prod/plan.tfplan: say make plan ENV=prod first.",
    ),
    "nothing known about it": (
        lambda folder: (folder / "plan.meta.json").write_text("[]"),
        "build/prod/plan.meta.json does not tell what plan.tfplan is: plan again.",
    ),
    "another environment's": (
        lambda folder: edit_meta(folder, environment="dev"),
        "build/prod/plan.tfplan is a plan of dev, not of prod: say make plan ENV=prod.",
    ),
    "offline": (
        lambda folder: edit_meta(folder, offline=True),
        "build/prod/plan.tfplan was planned offline against an empty state, so it cannot be",
    ),
    "changed after planning": (
        lambda folder: (folder / "plan.tfplan").write_bytes(b"other"),
        "build/prod/plan.tfplan is not the file that was planned: say make plan ENV=prod.",
    ),
    "not judged": (
        lambda folder: (folder / "gate.json").unlink(),
        "The gate has not judged build/prod/plan.tfplan yet.",
    ),
    "verdict unreadable": (
        lambda folder: (folder / "gate.json").write_text("{"),
        "build/prod/gate.json cannot be read: let the gate judge anew.",
    ),
    "verdict of another form": (
        lambda folder: (folder / "gate.json").write_text("[]"),
        "The gate did not allow build/prod/plan.tfplan: build/prod/gate.json says why.",
    ),
    "denied": (
        lambda folder: allow(folder, verdict="denied"),
        "The gate did not allow build/prod/plan.tfplan: build/prod/gate.json says why.",
    ),
    "another file allowed": (
        lambda folder: allow(folder, plan_sha256="0" * 64),
        "The gate allowed another file than build/prod/plan.tfplan: let it judge this one.",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_it_is_refused(project: Path, planned: Path, harness: Run, case: str) -> None:
    prepare, sentence = REFUSALS[case]
    prepare(planned)
    refused = harness("apply", "prod", OFFLINE="0")

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"error: {sentence}")
    assert not (project / "state.tfstate").exists()


def test_without_credentials_it_is_refused(planned: Path, harness: Run) -> None:
    assert planned.is_dir()
    refused = harness("apply", "prod")

    assert refused.returncode == 1
    assert "No AWS credentials are configured, so prod cannot be applied." in refused.stderr


def test_what_the_gate_allowed_is_applied_once(project: Path, planned: Path, harness: Run) -> None:
    applied = harness("apply", "prod", OFFLINE="0")
    assert applied.returncode == 0, applied.stderr
    assert len(json.loads((project / "state.tfstate").read_text())["resources"]) == 2
    assert not (planned / "plan.tfplan").exists()

    assert harness("apply", "prod", OFFLINE="0").returncode == 1
    assert "nothing to change" in harness("plan", "prod", OFFLINE="0").stdout


@pytest.mark.parametrize("command", ["destroy", "drift", "recover"])
def test_what_needs_the_account_is_refused_offline(harness: Run, command: str) -> None:
    refused = harness(command, "prod", CONFIRM="prod")

    assert refused.returncode == 1
    assert "No AWS credentials are configured, so prod cannot be" in refused.stderr

    chosen = harness(command, "prod", CONFIRM="prod", OFFLINE="1", AWS_PROFILE="work")
    assert "OFFLINE=1 is set, so prod cannot be" in chosen.stderr


def test_drift_and_destroy(project: Path, planned: Path, harness: Run) -> None:
    assert planned.is_dir()
    assert harness("apply", "prod", OFFLINE="0").returncode == 0

    same = harness("drift", "prod", OFFLINE="0")
    assert (same.returncode, same.stdout) == (0, "prod: nothing changed behind Terraform's back.\n")

    gone = harness("destroy", "prod", OFFLINE="0", CONFIRM="prod")
    assert gone.returncode == 0, gone.stderr
    assert json.loads((project / "state.tfstate").read_text())["resources"] == []


def test_destroy_asks_for_the_name(harness: Run) -> None:
    nobody = harness("destroy", "prod", OFFLINE="0")
    assert nobody.returncode == 1
    assert (
        "Nobody is here to confirm: say CONFIRM=prod to destroy everything in prod."
        in nobody.stderr
    )

    wrong = harness("destroy", "prod", OFFLINE="0", CONFIRM="dev")
    assert wrong.returncode == 1
    assert "'dev' is not 'prod': nothing was destroyed." in wrong.stderr


def test_to_destroy_the_states_bucket_takes_another_name(harness: Run) -> None:
    nobody = harness("destroy", "prod", OFFLINE="0", ROOT="state")
    said = "say CONFIRM=prod/state to destroy the bucket that prod's state lies in."
    assert said in nobody.stderr

    environments = harness("destroy", "prod", OFFLINE="0", ROOT="state", CONFIRM="prod")
    assert environments.returncode == 1
    assert "'prod' is not 'prod/state': nothing was destroyed." in environments.stderr

    buckets = harness("destroy", "prod", OFFLINE="0", CONFIRM="prod/state")
    assert "'prod/state' is not 'prod': nothing was destroyed." in buckets.stderr
