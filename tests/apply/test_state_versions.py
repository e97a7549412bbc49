"""The state's versions, over S3's own API: listed, restored, never under somebody's lock."""

import json
import uuid
from typing import Any

import pytest

from envs import load
from harness.problem import Problem
from harness.state_lock import HELD
from harness.state_object import StateObject, parsed
from tests.apply.conftest import Make
from tests.apply.emulated import BUCKET, Emulated

KEY = load.load_backend("local").key
LOCK = {
    "ID": "6f3b2c1e-0000-0000-0000-000000000000",
    "Operation": "OperationTypeApply",
    "Who": "ada@workstation",
    "Created": "2026-01-02T03:04:05.678901234Z",
}


def state(serial: int, **more: Any) -> bytes:
    document = {"version": 4, "serial": serial, "lineage": "a", "resources": [], "outputs": {}}
    return json.dumps(document | more).encode()


@pytest.fixture
def s3(corrected: Emulated) -> Any:
    return corrected.client("s3")


@pytest.fixture
def written(s3: Any) -> tuple[StateObject, list[str]]:
    """A state of its own with three versions, the last of them damaged, and their ids."""
    key = f"test/{uuid.uuid4()}/terraform.tfstate"
    bodies = (state(7), state(8, resources=[{"mode": "managed"}]), b'{"version": 4, "ser')
    ids = [s3.put_object(Bucket=BUCKET, Key=key, Body=body)["VersionId"] for body in bodies]
    return StateObject(s3, BUCKET, key), ids


def test_versions_are_listed_the_newest_first(written: tuple[StateObject, list[str]]) -> None:
    found, ids = written
    listed = found.versions(10)

    assert [each.id for each in listed] == ids[::-1]
    assert [each.present for each in listed] == [True, False, False]
    assert [each.serial for each in listed] == [None, 8, 7]
    assert [each.resources for each in listed] == [None, 1, 0]
    assert listed[2].size == len(state(7))
    assert [each.id for each in found.versions(2)] == ids[:0:-1]


def test_a_restored_version_is_the_newest_and_none_is_lost(
    s3: Any, written: tuple[StateObject, list[str]]
) -> None:
    found, ids = written
    found.restore(ids[1])

    assert found.read() == found.read(ids[1])
    listed = found.versions(10)
    assert [each.id for each in listed[1:]] == ids[::-1]
    assert listed[0].serial == 8
    assert listed[0].origin.startswith(f"{ids[1]}, by ")
    key = found.place.removeprefix(f"s3://{BUCKET}/")
    assert s3.list_objects_v2(Bucket=BUCKET, Prefix=key)["KeyCount"] == 1, "the lock is left"


def test_nothing_is_restored_while_somebody_holds_the_lock(
    s3: Any, written: tuple[StateObject, list[str]]
) -> None:
    found, ids = written
    lock = f"{found.place.removeprefix(f's3://{BUCKET}/')}.tflock"
    s3.put_object(Bucket=BUCKET, Key=lock, Body=json.dumps(LOCK))

    with pytest.raises(Problem) as held:
        found.restore(ids[0])
    assert held.value.exit_code == HELD
    assert str(held.value).startswith(
        "ada@workstation holds the state's lock since 2026-01-02 03:04:05 UTC (apply): nothing"
    )
    assert len(found.versions(10)) == 3
    assert json.loads(s3.get_object(Bucket=BUCKET, Key=lock)["Body"].read()) == LOCK


def test_what_is_no_version_or_no_state_is_refused(
    written: tuple[StateObject, list[str]],
) -> None:
    found, ids = written
    with pytest.raises(Problem, match="has no version nothing: see make state-versions"):
        found.restore("nothing")
    with pytest.raises(Problem, match="is no state of Terraform's"):
        found.restore(ids[2])

    assert len(found.versions(10)) == 3


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"\xff\xfe", b"[]", state(1, version=3), state(1, lineage=1), b"<Error/>"],
    ids=["empty", "cut", "no text", "a list", "an older format", "no lineage", "XML"],
)
def test_what_is_no_state_is_told(text: bytes) -> None:
    assert parsed(text) is None
    assert parsed(state(1)) is not None


def test_the_commands_list_ask_and_restore(corrected: Emulated, s3: Any, make: Make) -> None:
    ids = [
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=state(serial))["VersionId"] for serial in (1, 2)
    ]
    url = {"EMULATOR_URL": corrected.url}

    listed = make("state-versions", "local", **url)
    assert listed.returncode == 0, listed.stderr
    lines = listed.stdout.splitlines()
    assert lines[0] == f"local: s3://{BUCKET}/{KEY}"
    assert [line.split()[0] for line in lines[3:5]] == ids[::-1]
    assert lines[3].endswith("present")

    nameless = make("state-restore", "local", **url)
    assert (nameless.returncode, nameless.stderr.partition(":")[2].strip()[:40]) == (
        2,
        "VERSION says which to restore: make stat",
    )
    nobody = make("state-restore", "local", VERSION=ids[0], **url)
    assert f"say CONFIRM=local to restore version {ids[0]} of local's state" in nobody.stderr
    other = make("state-restore", "local", VERSION=ids[0], CONFIRM="prod", **url)
    assert "'prod' is not 'local': nothing was restored." in other.stderr

    done = make("state-restore", "local", VERSION=ids[0], CONFIRM="local", **url)
    assert done.returncode == 0, done.stderr
    assert f"local: the state is what version {ids[0]} was" in done.stdout
    assert s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read() == state(1)


def test_a_damaged_state_is_recognised_by_plan_and_checklist(
    corrected: Emulated, s3: Any, make: Make
) -> None:
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=b'{"version": 4, "ser')
    url = {"EMULATOR_URL": corrected.url}
    way_out = "make state-versions ENV="

    ticked = make("checklist", "local", **url)
    assert ticked.returncode == 1
    assert f"s3://{BUCKET}/{KEY} is no state of Terraform's: {way_out}" in ticked.stderr
    planned = make("plan", "local", **url)
    assert planned.returncode == 1
    assert "The state in the bucket is damaged, or a newer Terraform's" in planned.stderr
    assert way_out in planned.stderr
    s3.put_object(Bucket=BUCKET, Key=KEY, Body=state(3))
