"""Nothing is applied without credentials for the right account, nor but to what was planned for.

All of it happens to `dev`, which lives in an account of its own: a profile leads there, as on a
user's machine, and the account is in the emulator.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from envs import load
from tests.apply.emulated import Login
from tests.apply.faults.conftest import Bare

pytestmark = pytest.mark.xdist_group("refused")

BACKEND = load.load_backend("dev")
SETTINGS = load.load(load.path("dev"))


@dataclass(frozen=True)
class Dev:
    """A plan of `dev` that was allowed, and two profiles.

    Attributes:
        bare: The project.
        plan: A copy of the plan and all that was said of it.
        right: What leads to its account.
        wrong: What leads to another.
        s3: A client in its account.
    """

    bare: Bare
    plan: Path
    right: dict[str, str]
    wrong: dict[str, str]
    s3: Any

    @property
    def folder(self) -> Path:
        """Where its plan is looked for."""
        return self.bare.project / "build" / "dev"

    def make(self, *words: str, **variables: str) -> CompletedProcess[str]:
        """Run a command that must end with one sentence and change nothing in any account."""
        done = self.bare.make(*words, **{"EMULATOR_URL": "", **variables})
        complaints = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
        assert (done.returncode, len(complaints)) == (1, 1), done.stdout + done.stderr
        assert self.bare.way.changes == [], done.stderr
        return done


def put(plan: Path, folder: Path) -> None:
    """Put a plan, with the verdict and all, into a folder."""
    folder.mkdir(exist_ok=True, parents=True)
    for path in plan.iterdir():
        if path.is_file():
            shutil.copy(path, folder)


@pytest.fixture(scope="module")
def made(bare: Bare, tmp_path_factory: pytest.TempPathFactory) -> Dev:
    """`dev` is planned, once."""
    folder = tmp_path_factory.mktemp("dev")
    login = bare.aws.login(SETTINGS.account_id)
    s3 = bare.aws.client("s3", BACKEND.region, login)
    place = {"LocationConstraint": BACKEND.region}
    s3.create_bucket(Bucket=BACKEND.bucket, CreateBucketConfiguration=place)
    right = login.profile(folder / "right", bare.way.url)
    bare.extend(1)
    done = bare.make("plan", "dev", EMULATOR_URL="", **right)
    assert done.returncode == 0, done.stderr
    put(bare.project / "build" / "dev", folder / "plan")
    wrong = Login("emulated", "emulated").profile(folder / "wrong", bare.way.url)
    return Dev(bare, folder / "plan", right, wrong, s3)


@pytest.fixture
def dev(made: Dev) -> Iterator[Dev]:
    """That plan in its place, and nothing applied."""
    put(made.plan, made.folder)
    made.bare.way.changes.clear()
    yield made
    made.bare.way.expires_after = None


def test_a_plan_that_was_changed_after_the_gate(dev: Dev) -> None:
    plan, meta = dev.folder / "plan.tfplan", dev.folder / "plan.meta.json"
    with plan.open("ab") as file:
        file.write(b"\0")
    done = dev.make("apply", "dev", **dev.right)
    assert "build/dev/plan.tfplan is not the file that was planned: say make" in done.stderr

    digest = hashlib.sha256(plan.read_bytes()).hexdigest()
    meta.write_text(json.dumps(json.loads(meta.read_text()) | {"plan_sha256": digest}))
    done = dev.make("apply", "dev", **dev.right)
    assert "The gate allowed another file than build/dev/plan.tfplan" in done.stderr


def test_another_environments_plan(dev: Dev) -> None:
    put(dev.plan, dev.bare.project / "build" / "prod")
    done = dev.make("apply", "prod", **dev.right)

    assert "build/prod/plan.tfplan is a plan of dev, not of prod: say make plan" in done.stderr


def test_no_credentials(dev: Dev, tmp_path: Path) -> None:
    done = dev.make("apply", "dev", HOME=str(tmp_path))

    assert "No AWS credentials are configured, so dev cannot be applied." in done.stderr
    assert (dev.folder / "plan.tfplan").is_file()


def test_expired_credentials(dev: Dev) -> None:
    dev.bare.way.expires_after = 0
    done = dev.make("apply", "dev", **dev.right)

    assert "The AWS credentials have expired: log in again" in done.stderr


def test_credentials_of_another_account(dev: Dev) -> None:
    said = "These credentials are for another account than the variable file pins: switch to it."
    assert said in dev.make("apply", "dev", **dev.wrong).stderr
    assert said in dev.make("plan", "dev", **dev.wrong).stderr


def test_a_plan_of_an_older_state(dev: Dev) -> None:
    newer = {"version": 4, "serial": 3, "lineage": "a", "resources": [], "outputs": {}}
    dev.s3.put_object(Bucket=BACKEND.bucket, Key=BACKEND.key, Body=json.dumps(newer))
    done = dev.make("apply", "dev", **dev.right)
    dev.s3.delete_object(Bucket=BACKEND.bucket, Key=BACKEND.key)

    assert "The environment changed since it was planned: plan, gate and apply again" in done.stderr
    assert not (dev.folder / "plan.tfplan").exists()


DAMAGES = {"cut": b'{"version": 4, "ser', "empty": b"", "binary": b"\x1f\x8b\x08\x00\xff"}


@pytest.mark.parametrize(
    ("command", "damage"),
    [*(("plan", damage) for damage in DAMAGES), ("apply", "empty"), ("drift", "cut")],
)
def test_a_damaged_state(dev: Dev, command: str, damage: str) -> None:
    dev.s3.put_object(Bucket=BACKEND.bucket, Key=BACKEND.key, Body=DAMAGES[damage])
    done = dev.make(command, "dev", **dev.right)
    dev.s3.delete_object(Bucket=BACKEND.bucket, Key=BACKEND.key)

    assert "The state in the bucket is damaged, or a newer Terraform's: `make" in done.stderr
    assert "`make state-restore ENV=… VERSION=…` has one back" in done.stderr


@pytest.fixture
def deleted(dev: Dev) -> Iterator[str]:
    """A state with two resources that was deleted from a bucket with versions; its last one."""
    place = {"Bucket": BACKEND.bucket, "Key": BACKEND.key}
    versions = {"Bucket": BACKEND.bucket, "VersioningConfiguration": {"Status": "Enabled"}}
    body = {"version": 4, "serial": 3, "lineage": "a", "resources": [{}, {}], "outputs": {}}
    dev.s3.put_bucket_versioning(**versions)
    version = dev.s3.put_object(**place, Body=json.dumps(body))["VersionId"]
    marker = dev.s3.delete_object(**place)["VersionId"]
    yield version
    for each in (version, marker):
        dev.s3.delete_object(**place, VersionId=each)


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_a_state_that_was_deleted(dev: Dev, deleted: str, command: str) -> None:
    done = dev.make(command, "dev", **dev.right)

    assert f"{BACKEND.key} was deleted; its last version was written at 20" in done.stderr
    assert f", with 2 resources: make state-restore ENV=dev VERSION={deleted} has" in done.stderr


def test_a_plan_made_offline(dev: Dev) -> None:
    done = dev.bare.make("plan", "dev", OFFLINE="1", EMULATOR_URL="")
    assert done.returncode == 0, done.stderr
    done = dev.make("apply", "dev", **dev.right)

    assert "build/dev/plan.tfplan was planned offline against an empty state" in done.stderr
