"""A report goes to a file whole or not at all, and to a terminal as it can show it."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest

from policy.report import ReportError, wants_colour, write

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_report_is_written_with_its_directories(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "prod" / "gate.json"
    write("→\n", path)
    assert path.read_bytes() == "→\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_a_report_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    path.write_text("a much longer old report")
    write("new", path)
    assert path.read_text() == "new"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.json", tmp_path / "gate.json"
    target.write_text("old")
    link.symlink_to(target)
    write("new", link)
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_lone_surrogate_does_not_stop_a_report(tmp_path: Path) -> None:
    write("\ud800", tmp_path / "gate.txt")
    assert (tmp_path / "gate.txt").read_text() == r"\ud800"


def test_what_is_no_regular_file_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write("report", pipe)
        assert os.read(reader, 100) == b"report"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_failure_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gate.json"
    path.write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReportError, match=r"gate\.json: No space left on device; name a file"):
        write("new", path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["", "file/gate.json", "a\0b"])
def test_a_place_that_holds_no_file_is_one_sentence(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no directory")
    with pytest.raises(ReportError, match=r"^The report cannot be written to [^\n]*\.$"):
        write("report", tmp_path / name)


@pytest.mark.parametrize(
    ("environ", "on_terminal", "elsewhere"),
    [
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"CLICOLOR_FORCE": "1", "TERM": "dumb"}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
    ],
)
def test_colour_follows_the_environment_and_the_stream(
    environ: dict[str, str], *, on_terminal: bool, elsewhere: bool
) -> None:
    assert wants_colour(Terminal(), environ) is on_terminal
    assert wants_colour(io.StringIO(), environ) is elsewhere
