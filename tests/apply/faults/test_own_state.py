"""The state's bucket is made before anything can hold its state, and destroyed likewise.

It is the real root, in the account of `dev`, where no bucket is.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from envs import load
from harness.roots import STATE, state_key
from tests.apply.faults.conftest import Bare

pytestmark = pytest.mark.xdist_group("own state")

BACKEND = load.load_backend("dev")
KEY = state_key("dev", STATE)
SETTINGS = load.load(load.path("dev"))
SYNTH = """\
import os, shutil
shutil.copytree({stacks!r}, os.path.join(os.environ["CDKTF_OUTDIR"], "stacks"))
"""
AT_FIRST = 4
"""Changes until the first apply's credentials expire: of key, alias, bucket and its settings."""


@dataclass(frozen=True)
class First:
    """A project that is to make the state's bucket.

    Attributes:
        bare: The project, whose roots are the real ones.
        who: What leads to the account.
        s3: A client there.
    """

    bare: Bare
    who: dict[str, str]
    s3: Any

    @property
    def file(self) -> Path:
        """Where the state lies meanwhile."""
        return self.bare.project / "build" / "dev" / "state" / "own.tfstate"

    def make(self, command: str, exit_code: int = 0, **more: str) -> CompletedProcess[str]:
        """Run a command on the bucket's root."""
        variables = {"ROOT": "state", "EMULATOR_URL": "", **self.who, **more}
        done = self.bare.make(command, "dev", **variables)
        assert done.returncode == exit_code, done.stdout + done.stderr
        return done

    def stands(self) -> bool:
        """Whether the bucket does."""
        return BACKEND.bucket in {each["Name"] for each in self.s3.list_buckets()["Buckets"]}

    def state(self) -> dict[str, Any]:
        """What the bucket holds of itself."""
        return json.load(self.s3.get_object(Bucket=BACKEND.bucket, Key=KEY)["Body"])


@pytest.fixture(scope="module")
def first(bare: Bare, stacks: Path, tmp_path_factory: pytest.TempPathFactory) -> First:
    """Nothing is made yet."""
    (bare.project / "main.py").write_text(SYNTH.format(stacks=str(stacks)))
    login = bare.aws.login(SETTINGS.account_id)
    who = login.profile(tmp_path_factory.mktemp("login") / "profile", bare.way.url)
    return First(bare, who, bare.aws.client("s3", BACKEND.region, login))


@pytest.fixture(scope="module")
def cut_short(first: First) -> CompletedProcess[str]:
    """Its first apply ends in the middle."""
    first.make("plan")
    first.bare.way.expires_after = len(first.bare.way.changes) + AT_FIRST
    return first.make("apply", 1)


@pytest.fixture(scope="module")
def kept_out(first: First, cut_short: CompletedProcess[str]) -> CompletedProcess[str]:
    """It is planned and applied once more, but its state may not be written into the bucket."""
    assert cut_short.returncode == 1
    first.bare.way.expires_after = None
    first.make("plan")
    first.bare.way.sealed = KEY
    return first.make("apply", 1)


@pytest.fixture(scope="module")
def applied(first: First, kept_out: CompletedProcess[str]) -> CompletedProcess[str]:
    """Now it may, and both are said again."""
    assert kept_out.returncode == 1
    first.bare.way.sealed = ""
    first.make("plan")
    return first.make("apply")


def test_what_was_made_is_known_though_the_bucket_may_not_be(
    first: First, cut_short: CompletedProcess[str]
) -> None:
    assert "The AWS credentials have expired" in cut_short.stderr
    made = json.loads(first.file.read_text())["resources"]
    assert any(each["mode"] == "managed" for each in made)


def test_a_state_that_the_bucket_does_not_take_stays_in_the_file(
    first: First, kept_out: CompletedProcess[str]
) -> None:
    assert "The bucket stands, but its state lies in build/dev/state/own.tfstate" in kept_out.stderr
    assert "Say make plan ENV=dev ROOT=state and make apply ENV=dev ROOT=state" in kept_out.stderr
    assert first.stands()
    assert len(json.loads(first.file.read_text())["resources"]) > 5


def test_its_state_lies_in_the_bucket_that_it_tells_of(
    first: First, applied: CompletedProcess[str]
) -> None:
    assert applied.returncode == 0
    types = {each["type"] for each in first.state()["resources"]}
    assert {"aws_s3_bucket", "aws_s3_bucket_versioning", "aws_kms_key"} <= types
    assert not list(first.file.parent.glob("own.tfstate*"))
    versioning = first.s3.get_bucket_versioning(Bucket=BACKEND.bucket)
    assert versioning["Status"] == "Enabled"


def test_then_nothing_is_left_to_do(first: First, applied: CompletedProcess[str]) -> None:
    assert applied.returncode == 0
    planned = first.make("plan")

    assert "dev: nothing to change" in planned.stdout
    assert not first.file.exists()


def test_it_is_not_destroyed_while_a_state_in_it_tells_of_something(
    first: First, applied: CompletedProcess[str]
) -> None:
    assert applied.returncode == 0
    other = {"version": 4, "serial": 3, "lineage": "a", "resources": [{}, {}]}
    place = {"Bucket": BACKEND.bucket, "Key": BACKEND.key}
    version = first.s3.put_object(**place, Body=json.dumps(other))["VersionId"]
    refused = first.make("destroy", 1, CONFIRM="dev/state")
    first.s3.delete_object(**place, VersionId=version)

    assert f"s3://{BACKEND.bucket}/{BACKEND.key} tells of 2 resources and" in refused.stderr
    assert first.stands()
    assert first.state()["resources"]


def test_at_last_it_is_destroyed_with_its_state(
    first: First, applied: CompletedProcess[str]
) -> None:
    assert applied.returncode == 0
    assert first.stands()
    first.make("destroy", CONFIRM="dev/state")

    assert not first.stands()
    assert not list(first.file.parent.glob("own.tfstate*"))
