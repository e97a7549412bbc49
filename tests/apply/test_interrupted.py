"""Whoever stops an apply loses nothing; whoever comes second hears who is first."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harness.state_lock import HELD
from harness.workspace import sha256
from tests.apply.conftest import Make, copied, maker
from tests.apply.emulated import BUCKET, Emulated

STATE = "ollama-translator/local/terraform.tfstate"


@dataclass(frozen=True)
class Checkout:
    """A checkout whose translator is `idle_root.py`.

    Attributes:
        top: Its folder.
        make: Runs commands in it.
        environ: What they run with.
    """

    top: Path
    make: Make
    environ: dict[str, str]

    @property
    def told(self) -> Path:
        """What an apply in the background printed."""
        return self.top / "told"

    def plan(self) -> None:
        """Have a plan that may be applied; the real gate refuses provisioners."""
        done = self.make("plan", "local", **self.environ)
        folder = self.top / "build" / "local"
        assert (folder / "plan.tfplan").is_file(), done.stderr
        verdict = {"verdict": "allowed", "plan_sha256": sha256(folder / "plan.tfplan")}
        (folder / "gate.json").write_text(json.dumps(verdict))

    @contextmanager
    def applying(self) -> Generator[subprocess.Popen[bytes]]:
        """An apply that has made the first resource and is at the second."""
        (self.top / "hold").touch()
        with (
            self.told.open("wb") as told,
            subprocess.Popen(
                [sys.executable, "-m", "harness", "apply", "local"],
                cwd=self.top,
                env=os.environ | self.environ,
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
            ) as process,
        ):
            log = self.top / "build" / "local" / "terraform.log"
            ends = time.monotonic() + 60
            while "slow: Provisioning" not in log.read_text():
                assert process.poll() is None, self.told.read_text()
                assert time.monotonic() < ends, log.read_text()
                time.sleep(0.1)
            try:
                yield process
            finally:
                (self.top / "hold").unlink(missing_ok=True)


@pytest.fixture
def checkouts(emulator: Emulated, tmp_path: Path) -> tuple[Checkout, Checkout]:
    """Two checkouts of one environment."""
    return _checkout(tmp_path / "one", emulator), _checkout(tmp_path / "two", emulator)


def _checkout(top: Path, emulator: Emulated) -> Checkout:
    project = copied(top)
    shutil.rmtree(project / "cdktf.out", ignore_errors=True)
    shutil.copy(Path(__file__).with_name("idle_root.py"), project / "main.py")
    (project / ".terraform.lock.hcl").write_text("# locks nothing\n")
    settings = project / "terraform.rc"
    settings.touch()
    environ = {"EMULATOR_URL": emulator.url, "TF_CLI_CONFIG_FILE": str(settings)}
    return Checkout(project, maker(project), environ)


def state(aws: Emulated) -> dict[str, Any]:
    found = aws.client("s3").get_object(Bucket=BUCKET, Key=STATE)
    return json.load(found["Body"])


def locked(aws: Emulated) -> bool:
    listed = aws.client("s3").list_objects_v2(Bucket=BUCKET, Prefix=f"{STATE}.tflock")
    return bool(listed["KeyCount"])


@pytest.mark.parametrize("stopping", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_an_apply_loses_nothing(
    emulator: Emulated, checkouts: tuple[Checkout, Checkout], stopping: signal.Signals
) -> None:
    mine, _ = checkouts
    mine.plan()
    with mine.applying() as process:
        process.send_signal(stopping)
        process.wait(60)

    assert process.returncode == 130
    assert "interrupted: terraform apply was told to stop, and has ended." in mine.told.read_text()
    assert "first" in [each["name"] for each in state(emulator)["resources"]]
    assert not locked(emulator)
    mine.plan()  # nothing was killed, so nothing needs to be recovered
    assert mine.make("apply", "local", **mine.environ).returncode == 0


def test_the_second_of_two_applies_hears_who_is_first(
    emulator: Emulated, checkouts: tuple[Checkout, Checkout]
) -> None:
    mine, theirs = checkouts
    mine.plan()
    theirs.plan()
    with mine.applying() as process:
        refused = theirs.make("apply", "local", **theirs.environ)
        asked = theirs.make("recover", "local", **theirs.environ)
        (mine.top / "hold").unlink()
        assert process.wait(60) == 0, mine.told.read_text()

    me = f"@{socket.gethostname()} holds the state's lock since "
    for said in (refused, asked):
        assert said.returncode == HELD, said.stderr
        assert me in said.stderr
        assert "(apply): wait until that run has ended." in said.stderr
    kept = state(emulator)
    assert [each["name"] for each in kept["resources"]] == ["first", "slow"]
    stale = theirs.make("apply", "local", **theirs.environ)
    assert stale.returncode == 1, "its plan was made before"
    assert state(emulator) == kept


def test_another_machines_lock_is_opened_by_its_name_alone(
    emulator: Emulated, checkouts: tuple[Checkout, Checkout]
) -> None:
    mine, _ = checkouts
    lock = {
        "ID": "6f3b2c1e-0000-4000-8000-000000000000",
        "Operation": "OperationTypeApply",
        "Info": "",
        "Who": "ada@elsewhere",
        "Version": "1.11.4",
        "Created": "2026-01-02T03:04:05.678901234Z",
        "Path": f"{BUCKET}/{STATE}",
    }
    emulator.client("s3").put_object(Bucket=BUCKET, Key=f"{STATE}.tflock", Body=json.dumps(lock))

    undecided = mine.make("recover", "local", **mine.environ)
    assert undecided.returncode == HELD
    told = "ada@elsewhere holds the state's lock since 2026-01-02 03:04:05 UTC (apply)"
    assert told in undecided.stderr
    assert f"make recover ENV=local UNLOCK={lock['ID']} opens it" in undecided.stderr

    other = mine.make("recover", "local", **mine.environ, UNLOCK="6f3b")
    assert other.returncode == 2
    assert locked(emulator)

    opened = mine.make("recover", "local", **mine.environ, UNLOCK=lock["ID"])
    assert opened.returncode == 0, opened.stderr
    assert "opened the state's lock" in opened.stdout
    assert not locked(emulator)
