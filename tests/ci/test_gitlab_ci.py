"""GitLab's pipeline: valid, without secrets, and each job runs as it is written."""

import base64
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from envs import load
from tests.checkout import ROOT, copy_checkout
from tests.ci.gitlab_ci import FILE, document, jobs

JOBS = jobs()
ENVIRONMENTS = [name for name in load.names() if load.load(load.path(name)).gitlab is not None]
PARTS = (
    *(".gitlab-ci.yml", ".terraform.lock.hcl", "Makefile", "cdktf.json", "main.py"),
    *("requirements.txt", "envs", "harness", "modules", "policy", "ui"),
)

pytestmark = pytest.mark.xdist_group("gitlab_ci")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a runner has before its script; `.venv` and the synth are there to save a minute."""
    return fresh(tmp_path_factory.mktemp("runner"))


@pytest.fixture(scope="module")
def planned(checkout: Path) -> Path:
    """The checkout after the job that plans a merge request for dev."""
    done = JOBS["proposed dev"].run(checkout)
    assert done.returncode == 0, done.stderr
    return checkout


def fresh(top: Path) -> Path:
    copy_checkout(top, PARTS)
    (top / ".venv").symlink_to(Path(sys.prefix))
    return top


def valid(file: Path) -> bool:
    """Whether GitLab's published schema takes it."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"]
    done = subprocess.run([*command, str(file)], check=False, capture_output=True)  # noqa: S603 # a package of ours
    return done.returncode == 0


def test_gitlab_s_own_schema_takes_it(tmp_path: Path) -> None:
    assert valid(FILE)
    broken = tmp_path / "broken.yml"
    broken.write_text(FILE.read_text().replace("access: developer", "access: nobody"))
    assert not valid(broken)


def test_every_script_is_a_make_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for job in JOBS.values():
        for line in job.settings["script"]:
            target = re.match(r"make ([a-z-]+)( ARGS=\S+)?$", line)
            assert target, f"{job.name}: {line}"
            assert re.search(rf"^{target[1]}:", makefile, re.MULTILINE), line


def test_no_secret_stands_in_it_and_no_key_is_expected() -> None:
    names = {name for job in JOBS.values() for name in job.variables}

    assert names == {"ENV", "IMAGE", "NAME", "OFFLINE", "PIP_CACHE_DIR"}
    assert not re.search(r"AKIA|SECRET_ACCESS|glpat|BEGIN", FILE.read_text())


def test_every_environment_is_proposed_planned_applied_and_watched() -> None:
    for name in ENVIRONMENTS:
        for job in (f"proposed {name}", f"plan {name}", f"apply {name}", f"drift: [{name}]"):
            assert JOBS[job].variables["ENV"] == name
    others = {"lint", "test"}
    assert len(JOBS) == 4 * len(ENVIRONMENTS) + len(others)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_only_the_default_branch_gets_a_role_and_each_job_its_own(name: str) -> None:
    settings = load.load(load.path(name))
    assert JOBS[f"plan {name}"].variables["NAME"] == settings.project
    roles = {f"plan {name}": "plan", f"apply {name}": "apply", f"drift: [{name}]": "plan"}
    for job, role in roles.items():
        audience = JOBS[job].settings["id_tokens"]["AWS_ID_TOKEN"]["aud"]
        assert JOBS[job].expanded(audience) == f"{settings.project}-{name}-{role}"
        for rule in JOBS[job].settings["rules"]:
            assert "schedule" in rule["if"]
            assert "merge_request" not in rule["if"]
    assert "id_tokens" not in JOBS[f"proposed {name}"].settings
    assert JOBS[f"proposed {name}"].variables["OFFLINE"] == "1"


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_an_apply_is_by_hand_alone_and_never_cut_short(name: str) -> None:
    job = JOBS[f"apply {name}"]

    assert [rule["when"] for rule in job.settings["rules"]] == ["manual"]
    assert job.settings["interruptible"] is False
    assert job.expanded(job.settings["resource_group"]) == name
    assert job.expanded(job.settings["environment"]["name"]) == name
    assert job.settings["needs"] == ["lint", "test", f"plan {name}"]
    plan = JOBS[f"plan {name}"]
    assert plan.expanded(plan.settings["resource_group"]) == name


def test_artifacts_are_for_developers_and_go_in_time() -> None:
    for job in JOBS.values():
        kept = job.settings.get("artifacts")
        if kept:
            assert kept["access"] == "developer", job.name
            assert re.fullmatch(r"\d+ (day|days|week)", kept["expire_in"]), job.name
    assert JOBS["plan prod"].settings["artifacts"]["expire_in"] == "1 day"


def test_stages_and_needs_are_there() -> None:
    assert {job.settings["stage"] for job in JOBS.values()} == {*document()["stages"]}
    needed = {name for job in JOBS.values() for name in job.settings.get("needs", [])}
    assert needed <= {*JOBS}


@pytest.mark.parametrize(
    ("job", "said"),
    [
        ("lint", r"-m harness lint\n"),
        ("test", r"-m pytest -n \d+ --junitxml=build/test\.junit\.xml\n"),
    ],
)
def test_lint_and_test_are_the_commands_that_a_person_runs(
    tmp_path: Path, job: str, said: str
) -> None:
    """Python tells what it was asked to run: running it would be the whole of CI once more."""
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$*"\n')
    python.chmod(0o755)
    for name in ("Makefile", ".ci"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    (tmp_path / ".ci/packages").write_text("#!/bin/sh\n")

    done = JOBS[job].run(tmp_path, PYTHON="true")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(said, done.stdout), done.stdout


def test_a_merge_request_s_plan_shows_counts_verdict_and_findings(planned: Path) -> None:
    reports = JOBS["proposed dev"].settings["artifacts"]["reports"]
    shown = {name: list(planned.glob(place)) for name, place in reports.items()}

    assert {name: len(files) for name, files in shown.items()} == dict.fromkeys(shown, 1)
    widget = json.loads(shown["terraform"][0].read_text())
    assert {**widget, "create": 0} == {"create": 0, "update": 0, "delete": 0}
    assert widget["create"] > 100
    assert json.loads(shown["codequality"][0].read_text()) == []
    assert ET.parse(shown["junit"][0]).getroot().attrib["failures"] == "0"  # noqa: S314 # our own
    assert JOBS["proposed dev"].files(planned) == [Path("build/dev/gate.json")]


def test_what_the_plan_job_keeps_is_what_the_apply_job_needs(planned: Path, tmp_path: Path) -> None:
    """The apply job's checkout holds nothing but the artifacts, and gets as far as asking AWS."""
    runner = fresh(tmp_path)
    for file in JOBS["plan dev"].files(planned):
        target = runner / file
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (planned / file).is_dir() else shutil.copy
        copy(planned / file, target)

    refused = JOBS["apply dev"].run(runner)
    assert refused.returncode != 0
    assert (
        "build/dev/plan.tfplan was planned offline against an empty state, so it" in refused.stderr
    )

    meta = runner / "build/dev/plan.meta.json"
    meta.write_text(json.dumps(json.loads(meta.read_text()) | {"offline": False}))
    alone = JOBS["apply dev"].run(runner)
    assert alone.returncode != 0
    assert "No AWS credentials are configured, so dev cannot be applied." in alone.stderr

    (runner / "build/dev/plan.tfplan").write_bytes(b"another")
    changed = JOBS["apply dev"].run(runner)
    assert "build/dev/plan.tfplan is not the file that was planned" in changed.stderr


def test_a_plan_job_without_its_role_plans_nothing(planned: Path) -> None:
    done = JOBS["plan staging"].run(planned, AWS_EC2_METADATA_DISABLED="true")

    assert done.returncode != 0
    assert "AWS credentials were asked for (OFFLINE=0), and none were found" in done.stderr
    assert not (planned / "build/staging/plan.tfplan").exists()


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_drift_job_says_what_it_lacks(checkout: Path, name: str) -> None:
    job = JOBS[f"drift: [{name}]"]
    done = job.run(checkout)
    assert done.returncode != 0
    assert f"No AWS credentials are configured, so {name} cannot be compared" in done.stderr

    claims = base64.urlsafe_b64encode(b'{"aud": "another"}').decode().rstrip("=")
    wrong = job.run(checkout, AWS_ID_TOKEN=f"e30.{claims}.x")
    assert wrong.returncode != 0
    assert "AWS_ID_TOKEN is meant for 'another': ask for one with aud" in wrong.stderr
