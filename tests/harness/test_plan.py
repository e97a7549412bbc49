"""`make plan` on a real Terraform: what lies in build/ afterwards, and why it failed."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.toolchain import find_terraform
from harness.workspace import sha256

Run = Callable[..., subprocess.CompletedProcess[str]]

NO_CREDENTIALS = """#!/bin/sh
[ "$1" != version ] || exec echo '{"terraform_version": "1.11.4"}'
echo 'Error: No valid credential sources found' >&2
exit 1
"""


def test_a_plan_is_kept_with_what_is_known_about_it(project: Path, harness: Run) -> None:
    planned = harness("plan", "prod")
    folder = project / "build/prod"
    meta = json.loads((folder / "plan.meta.json").read_text())

    assert planned.returncode == 0, planned.stderr
    assert meta["environment"] == "prod"
    assert meta["offline"] is True
    assert meta["plan_sha256"] == sha256(folder / "plan.tfplan")
    assert len(json.loads((folder / "plan.json").read_text())["resource_changes"]) == 4
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in ("plan.tfplan", "plan.json", "plan.meta.json"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600, name
    assert not (folder / "plan.unfinished").exists()


def test_the_summary_groups_by_module(harness: Run) -> None:
    said = harness("plan", "prod").stdout

    assert "prod: 4 to add\n" in said
    assert "  (root)   2          2 terraform_data\n" in said
    assert "  network  2          2 terraform_data\n" in said
    assert "  ui_url  https://translator.example.com\n" in said
    assert "No AWS credentials are configured: planned offline against an empty state; this" in said


def test_with_credentials_the_plan_is_not_offline(project: Path, harness: Run) -> None:
    said = harness("plan", "prod", AWS_ACCESS_KEY_ID="x").stdout

    assert "offline" not in said
    assert json.loads((project / "build/prod/plan.meta.json").read_text())["offline"] is False


def test_offline_decides_against_credentials(harness: Run) -> None:
    said = harness("plan", "prod", AWS_PROFILE="work", OFFLINE="Yes").stdout
    assert "OFFLINE=Yes is set: planned offline" in said
    assert "offline" not in harness("plan", "prod", OFFLINE="0").stdout


def test_another_word_for_offline_is_refused(project: Path, harness: Run) -> None:
    harness("plan", "prod")
    refused = harness("plan", "prod", OFFLINE="on")

    assert refused.returncode == 2
    assert refused.stderr.startswith("error: OFFLINE=on is neither yes nor no: say OFFLINE=1 to")
    assert (project / "build/prod/plan.tfplan").exists()


def test_credentials_asked_for_in_vain(project: Path, harness: Run) -> None:
    """A stand-in says what the provider says; to ask it takes a network."""
    terraform = project / "terraform"
    terraform.write_text(NO_CREDENTIALS)
    terraform.chmod(0o755)
    asked = harness("plan", "prod", OFFLINE="0", TERRAFORM=str(terraform))
    named = harness("plan", "prod", AWS_PROFILE="work", TERRAFORM=str(terraform))

    assert "AWS credentials were asked for (OFFLINE=0), and none were found" in asked.stderr
    assert "AWS credentials are configured but give none: log in again" in named.stderr


def test_init_runs_again_only_when_it_must(project: Path, harness: Run) -> None:
    def initialises(**variables: str) -> bool:
        said = harness("plan", "prod", **variables)
        assert said.returncode == 0, said.stderr
        line = next(line for line in said.stderr.splitlines() if "terraform init" in line)
        return "unchanged" not in line

    assert initialises()
    assert not initialises()
    (project / "build/prod/.terraform/initialised").write_bytes(b"\xff")
    assert initialises(), "what was known of it was damaged"
    assert initialises(OFFLINE="0"), "another backend"
    assert initialises()
    (project / "modules/size.py").write_text("SIZE = 1\n")
    assert not initialises(), "a resource more or less changes no module's place"
    lock = project / ".terraform.lock.hcl"
    lock.write_text(lock.read_text() + "# another\n")
    assert initialises()


def test_a_failed_plan_leaves_none_to_apply(project: Path, harness: Run) -> None:
    harness("plan", "prod")
    folder = project / "build/prod"
    (folder / "gate.json").write_text("{}")
    main = project / "main.py"
    main.write_text(main.read_text().replace("${var.owner}", "${var.nobody}"))
    failed = harness("plan", "prod")

    assert failed.returncode == 1
    assert "terraform plan failed:" in failed.stderr
    assert "Reference to undeclared input variable" in failed.stderr
    assert "All of it: build/prod/terraform.log." in failed.stderr
    for name in ("plan.tfplan", "plan.json", "plan.meta.json", "gate.json", "plan.unfinished"):
        assert not (folder / name).exists(), name


def test_a_wrong_variable_file_is_a_sentence(project: Path, harness: Run) -> None:
    (project / "envs/prod.tfvars").write_text("mistake = 1\n")
    failed = harness("plan", "prod")

    assert failed.returncode == 2
    assert failed.stderr.endswith("error: envs/prod.tfvars: mistake is no setting.\n")


def test_files_are_utf_8_whatever_the_language(project: Path, harness: Run) -> None:
    (project / "envs/prod.tfvars").write_text(
        'owner = "Zoë"\nregion = "eu-west-1"\n', encoding="utf-8"
    )
    main = project / "main.py"
    with main.open("a") as file:
        file.write("\nPath('envs/prod.tfvars').read_text()\n")
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    planned = harness("plan", "prod", **ascii_only)

    assert planned.returncode == 0, planned.stderr
    assert "Zoë" in (project / "build/prod/plan.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", ["harness/terraform.py", "main.py"])
def test_a_package_that_is_gone_is_a_sentence(project: Path, harness: Run, file: str) -> None:
    source = project / file
    source.write_text(f"import gone_package.part\n{source.read_text()}")
    failed = harness("plan", "prod")

    assert failed.returncode == 1
    said = "error: .venv lacks gone_package: remove .venv and run make again.\n"
    assert failed.stderr.endswith(said)
    assert "Traceback" not in failed.stderr


def test_a_linter_that_is_gone_is_a_sentence(project: Path, harness: Run) -> None:
    quality = project / "harness/quality.py"
    quality.write_text(quality.read_text().replace('("basedpyright",)', '("gone_linter",)'))
    failed = harness("lint")

    said = "error: .venv lacks gone_linter: remove .venv and run make again.\n"
    assert (failed.returncode, failed.stderr) == (1, said)


def test_a_build_folder_that_cannot_be_made_is_a_sentence(project: Path, harness: Run) -> None:
    (project / "build").write_text("a file")
    failed = harness("plan", "prod")

    assert failed.returncode == 1
    assert failed.stderr.startswith("error: ")
    assert "Traceback" not in failed.stderr
    assert "build" in failed.stderr


def test_a_plan_that_cannot_be_read_back_is_not_kept(
    project: Path, harness: Run, environ: dict[str, str], tmp_path: Path
) -> None:
    broken = tmp_path / "terraform"
    real = " ".join(find_terraform(environ).command)
    broken.write_text(f'#!/bin/sh\n[ "$1" != show ] || exit 1\nexec {real} "$@"\n')
    broken.chmod(0o755)
    failed = harness("plan", "prod", TERRAFORM=str(broken))

    assert failed.returncode == 1
    assert "error: terraform show failed:" in failed.stderr
    assert not list((project / "build/prod").glob("plan.*"))


def test_interrupted_it_leaves_no_plan(project: Path, environ: dict[str, str]) -> None:
    main = project / "main.py"
    main.write_text(main.read_text() + "\nimport time; Path('half').touch(); time.sleep(60)\n")
    with subprocess.Popen(
        [sys.executable, "-m", "harness", "plan", "prod"],
        cwd=project,
        env=environ,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while not (project / "half").exists():
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)

    assert process.returncode == 130
    assert said.endswith("error: interrupted.\n")
    assert "Traceback" not in said
    assert not (project / "cdktf.out").exists()
    assert not list((project / "build/prod").glob("plan.*"))


def test_two_environments_plan_side_by_side(project: Path, environ: dict[str, str]) -> None:
    both = [
        subprocess.Popen(  # noqa: S603 # this project's own program
            [sys.executable, "-m", "harness", "plan", name],
            cwd=project,
            env=environ | {"CI": "true"},
            stdout=subprocess.DEVNULL,
        )
        for name in ("prod", "dev")
    ]

    assert [each.wait(timeout=120) for each in both] == [0, 0]
    for name in ("prod", "dev"):
        assert (project / f"build/{name}/plan.tfplan").is_file()
