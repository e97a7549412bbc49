"""Failures that people meet get a sentence that says what to do."""

import errno
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from harness.credentials import is_offline, offline_environ
from harness.events import Events, trimmed
from harness.explain import advice, of_os_error

BOXED = """
╷
│ Error: Failed to query available provider packages
│
│ Could not retrieve the list of available versions for provider
│ hashicorp/aws: could not connect to registry
╵
"""

CHECKSUM = """
╷
│ Error: Failed to install provider
│
│ Error while installing hashicorp/aws v5.100.0: the local package for
│ registry.terraform.io/hashicorp/aws 5.100.0 doesn't match any of the
│ checksums previously recorded in the dependency lock file
╵
"""


@pytest.mark.parametrize(
    ("said", "todo"),
    [
        (BOXED, "name a folder mirror with TF_PROVIDER_MIRROR"),
        ("write plan: no space left on device", "The disk is full"),
        ("open x: read-only file\nsystem", "build/ must be on a disk that takes writes"),
        ("Error: No valid credential sources found", "log in again"),
        ("operation error STS: ExpiredToken", "have expired"),
        ("Error: Error acquiring the state lock", "force-unlock"),
        ("Error acquiring the state lock: Unsupported state file format", "state-restore ENV="),
        ('Error: S3 bucket "x" does not exist: S3 bucket does not exist', "ROOT=state"),
        ("AWS account ID not allowed: 1234", "another account"),
        ("Error: Saved plan is stale", "plan, gate and apply again"),
        ("Error: failed to get shared config profile, work", "AWS_PROFILE names no profile: cor"),
        ("Post sts: dial tcp: lookup sts: no such host", "AWS cannot be reached: check network"),
        ("operation error S3: request send failed, Get x", "AWS cannot be reached: check network"),
        (CHECKSUM, "is not the one that .terraform.lock.hcl locks"),
        ("No valid credential sources found: request send failed", "log in again"),
        ("Failed to query available provider packages: no such host", "TF_PROVIDER_MIRROR"),
    ],
)
def test_known_errors_are_explained(said: str, todo: str) -> None:
    assert todo in (advice(said) or "")


def test_an_unknown_error_is_not() -> None:
    assert advice("Error: Reference to undeclared resource") is None


def test_the_box_is_taken_off() -> None:
    assert trimmed(BOXED).splitlines() == [
        "  Error: Failed to query available provider packages",
        "  Could not retrieve the list of available versions for provider",
        "  hashicorp/aws: could not connect to registry",
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full (build/x): free some space and run the command again."),
        (errno.EROFS, "A file or folder cannot be used (build/x): mend its owner or mode."),
        (errno.EACCES, "A file or folder cannot be used (build/x): mend its owner or mode."),
        (errno.ENOTDIR, "Not a directory (build/x): remove or rename it."),
        (errno.EISDIR, "Is a directory (build/x): remove or rename it."),
        (errno.EEXIST, "File exists (build/x): remove or rename it."),
        (errno.EMFILE, "Too many open files (build/x)."),
    ],
)
def test_errors_of_the_system_are_sentences(number: int, said: str) -> None:
    assert of_os_error(OSError(number, os.strerror(number), "build/x")) == said


def test_a_copy_that_fails_at_every_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "from").mkdir()
    for number in range(50):
        (tmp_path / f"from/{number}").touch()
        (tmp_path / f"to/{number}/{number}").mkdir(parents=True)
    with pytest.raises(shutil.Error) as failed:
        shutil.copytree(tmp_path / "from", tmp_path / "to", dirs_exist_ok=True)

    said = of_os_error(failed.value)
    assert re.fullmatch(rf"Is a directory \({tmp_path}/to/(\d+)/\1\): remove or rename it\.", said)


def test_diagnostics_say_what_and_where(tmp_path: Path) -> None:
    events = Events(tmp_path / "log")
    found = {
        "severity": "error",
        "summary": "Bad",
        "detail": "Very\n\nbad.",
        "address": "aws_vpc.x",
    }
    for number in range(7):
        event = {"@message": "Error", "type": "diagnostic", "diagnostic": found}
        events.line(json.dumps(event | {"number": number}))
    events.line("not JSON")
    said = str(events.failure("terraform plan"))

    assert said.startswith("terraform plan failed:\n  aws_vpc.x: Bad: Very bad.\n")
    assert "… and 2 more" in said
    assert "not JSON" in (tmp_path / "log").read_text()


@pytest.mark.parametrize(
    ("variables", "config", "offline"),
    [
        ({}, "", True),
        ({}, "[default]\nregion = eu-west-1\n", True),
        ({}, "[profile work]\nsso_session = x\n", True),
        ({}, "[default]\nsso_session = x\n", False),
        ({}, "[default]\ncredential_process = x\n", False),
        ({}, "no section", False),
        ({"AWS_PROFILE": "work"}, "", False),
        ({"AWS_ACCESS_KEY_ID": "x"}, "", False),
        ({"AWS_ACCESS_KEY_ID": ""}, "", True),
        ({"AWS_WEB_IDENTITY_TOKEN_FILE": "/token"}, "", False),
        ({"AWS_CONTAINER_CREDENTIALS_FULL_URI": "x"}, "", False),
        ({"AWS_PROFILE": "work", "OFFLINE": "1"}, "", True),
        ({"OFFLINE": "0"}, "", False),
        ({"AWS_PROFILE": "work", "OFFLINE": "TRUE"}, "", True),
        ({"OFFLINE": "no"}, "", False),
    ],
)
def test_credentials_are_found_without_the_network(
    tmp_path: Path, variables: dict[str, str], config: str, *, offline: bool
) -> None:
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws/config").write_text(config)

    assert is_offline({"HOME": str(tmp_path)} | variables) is offline


def test_offline_nobodys_credentials_are_read() -> None:
    child = offline_environ({"AWS_PROFILE": "work", "AWS_ACCESS_KEY_ID": "x", "PATH": "/bin"})

    assert child["PATH"] == "/bin"
    assert not {"AWS_PROFILE", "AWS_ACCESS_KEY_ID"} & child.keys()
