"""An instance that cannot serve says why, where people look, and has its group replace it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.boot.conftest import Boot

pytestmark = pytest.mark.xdist_group("boot")


def _other_release(folder: Path) -> None:
    """One of the right size, with one bit changed."""
    archive = folder / "archive"
    content = bytearray(archive.read_bytes())
    content[-1] ^= 1
    archive.write_bytes(content)


def _other_blob(folder: Path) -> None:
    """Every blob of the model of the right size, with one bit changed."""
    for blob in (folder / "models" / "blobs").iterdir():
        content = bytearray(blob.read_bytes())
        content[0] ^= 1
        blob.write_bytes(content)


@dataclass(frozen=True)
class Fault:
    """What goes wrong, and what the instance says of it."""

    reason: str
    source: str = "registry"
    world: dict[str, str] = field(default_factory=dict[str, str])
    change: Callable[[Path], object] = lambda _: None
    options: tuple[str, ...] = ()


FAULTS = {
    "truncated download": Fault(
        "Ollama 0.32.0 could not be downloaded", world={"archive": "truncated"}
    ),
    "wrong digest of Ollama": Fault(
        "the download of Ollama 0.32.0 does not match its checksum", change=_other_release
    ),
    "registry down": Fault(
        "gemma3n:e4b could not be pulled: HTTP Error 503", world={"registry": "down"}
    ),
    "disk full": Fault(
        "gemma3n:e4b could not be pulled: [Errno 28] No space left on device",
        options=("--tmpfs=/var/lib/ollama:size=128k,mode=755",),
    ),
    "wrong digest of the model": Fault(
        "s3://models.example.com/ollama does not match its digest",
        source="bucket",
        change=_other_blob,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_it_is_never_ready_says_why_and_is_abandoned(name: str, boot: Boot) -> None:
    fault = FAULTS[name]
    with boot(fault.source, change=fault.change, options=fault.options, **fault.world) as machine:
        answers = set[int]()

        def given_up() -> bool:
            answers.add(machine.readiness()[0])
            return "cloud-final.service: Failed" in machine.journal

        machine.until(given_up, what="the boot is given up")
        status, body = machine.readiness()

    assert status == 503
    assert fault.reason in body
    assert 200 not in answers
    assert "translator: the group replaces this instance: " in machine.journal
    assert fault.reason in machine.journal
    assert "ABANDON" in machine.told
    assert "CONTINUE" not in machine.told
