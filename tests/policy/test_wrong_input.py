"""What is no plan, or no sensible question about one: one sentence, exit code 2, no report."""

import io
import json
import random
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from policy.__main__ import main
from tests.policy.corpus import CASES, Case
from tests.policy.planning import Planned

INTENT = ("--vpn-cidr", "10.8.0.0/16", "--domain", "translate.corp.example")


@pytest.fixture(scope="module")
def good(planned: Callable[[Case], Planned]) -> Planned:
    return planned(Case(CASES / "alb-ingress" / "allow-inline-blocks"))


@pytest.fixture
def refusal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., str]:
    """Runs the gate where it cannot judge, and returns its one sentence."""

    def run(*words: str) -> str:
        report = tmp_path / "report"
        output = () if "--output" in words else ("--output", str(report))
        status = main([*words, *output])
        said = capsys.readouterr()
        assert (status, said.out) == (2, "")
        assert said.err.startswith("error: ")
        assert said.err.endswith(".\n")
        assert said.err.count("\n") == 1
        assert not report.exists()
        return said.err.removeprefix("error: ").rstrip()

    return run


def archive(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in members:
            opened.writestr(name, content)
    return data.getvalue()


def patched(data: bytes, place: bytes, offset: int, value: bytes) -> bytes:
    """An archive with a field of its first header of a kind overwritten."""
    at = data.index(place) + offset
    return data[:at] + value + data[at + len(value) :]


ONE = archive(("tfplan", b"x"))
LZMA = archive(("tfplan", b"\x09\x04\x05\x00\xff\xff\xff\xff\xff" + bytes(40)))
DEEP = b'{"format_version":"1.2","planned_values":' + b'{"a":' * 300 + b"1" + b"}" * 300 + b"}"
NO_PLAN: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is neither a plan file nor JSON"),
    "text": (b"resource {}", "is neither a plan file nor JSON"),
    "no-utf-8": (b"\xff\xfe\xfd", "is neither a plan file nor JSON"),
    "zip-without-tfplan": (archive(("main.tf", b"")), "is a zip without a plan in it"),
    "empty-zip": (archive(), "is a zip without a plan in it"),
    "head-of-a-zip": (b"PK\3\4", "is a damaged plan file"),
    "member-twice": (archive(("tfplan", b"x"), ("tfplan", b"y")), "holds a file twice"),
    "wrong-checksum": (ONE.replace(b"tfplanx", b"tfplany"), "is a damaged plan file"),
    "encrypted": (
        patched(patched(ONE, b"PK\3\4", 6, b"\1"), b"PK\1\2", 8, b"\1"),
        "is no plan file of Terraform's",
    ),
    "lzma": (
        patched(patched(LZMA, b"PK\3\4", 8, b"\x0e"), b"PK\1\2", 10, b"\x0e"),
        "is a damaged plan file",
    ),
    "zip-bomb": (patched(ONE, b"PK\1\2", 24, b"\xff\xff\xff\x7f"), "unpacks to more than any plan"),
    "null": (b"null", "has no format_version"),
    "list": (b"[]", "has no format_version"),
    "object": (b"{}", "has no format_version"),
    "state": (b'{"format_version":"1.0","values":{}}', "is the JSON of a state, not of a plan"),
    "format-0.2": (b'{"format_version":"0.2","resource_changes":[]}', "has plan format '0.2'"),
    "format-2.0": (b'{"format_version":"2.0","resource_changes":[]}', "has plan format '2.0'"),
    "format-number": (b'{"format_version":1,"resource_changes":[]}', "has plan format '1'"),
    "format-null": (b'{"format_version":null,"resource_changes":[]}', "has plan format 'None'"),
    "changes-no-list": (b'{"format_version":"1.2","resource_changes":{}}', "changes is no list"),
    "nested": (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "nested-object": (b'{"a":' * 100_000, "nested too deeply"),
    "nested-plan": (DEEP, "is nested more than 200 levels deep"),
    "huge-number": (b"9" * 10_000, "is neither a plan file nor JSON"),
}


@pytest.mark.parametrize("name", NO_PLAN)
def test_what_is_no_plan(name: str, refusal: Callable[..., str], tmp_path: Path) -> None:
    content, what = NO_PLAN[name]
    path = tmp_path / "plan.tfplan"
    path.write_bytes(content)
    said = refusal(str(path), *INTENT)
    assert said.startswith(str(path))
    assert what in said


def test_a_file_that_is_not_there_a_directory_and_a_device(
    refusal: Callable[..., str], tmp_path: Path
) -> None:
    assert "cannot be read: No such file" in refusal(str(tmp_path / "none"), *INTENT)
    assert "cannot be read: Is a directory" in refusal(str(tmp_path), *INTENT)
    assert "/dev/zero is no regular file" in refusal("/dev/zero", *INTENT)


def test_a_name_cannot_break_the_sentence(refusal: Callable[..., str]) -> None:
    assert "no\\nsuch\\x1b[31m" in refusal("no\nsuch\x1b[31m", *INTENT)


def test_a_plan_cut_off_anywhere(
    good: Planned, refusal: Callable[..., str], tmp_path: Path
) -> None:
    whole = good.plan.read_bytes()
    path = tmp_path / "plan.tfplan"
    lengths = random.Random(1).sample(range(2, len(whole)), 60)  # noqa: S311
    for length in (2, 3, 4, 30, len(whole) - 22, len(whole) - 1, *lengths):
        path.write_bytes(whole[:length])
        assert "is a damaged plan file" in refusal(str(path), *INTENT, "--json", str(good.json))


@pytest.mark.parametrize("moment", ["2020-01-01T00:00:00Z", "", "2", 20, None, "\ud800"])
def test_json_of_another_plan(
    moment: object, good: Planned, refusal: Callable[..., str], tmp_path: Path
) -> None:
    document = json.loads(good.json.read_text())
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({**document, "timestamp": moment}))
    said = refusal(str(good.plan), *INTENT, "--json", str(path))
    assert said.startswith(f"{path} was not made from {good.plan}")
    assert "terraform show -json" in said


def test_json_that_is_none_beside_a_good_plan(
    good: Planned, refusal: Callable[..., str], tmp_path: Path
) -> None:
    assert "cannot be read" in refusal(str(good.plan), *INTENT, "--json", str(tmp_path))
    assert "nor JSON" in refusal(str(good.plan), *INTENT, "--json", str(good.plan))
    assert "--json is of no use" in refusal(str(good.json), *INTENT, "--json", str(good.json))


WRONG_WORDS: dict[str, tuple[tuple[str, ...], str]] = {
    "no-environment": (("--env", "production"), "say one of dev, local, prod, staging"),
    "a-path": (("--env", "../prod"), "say one of dev, local, prod, staging"),
    "environment-and-domain": (("--env", "prod", "--domain", "a.example"), "--domain goes with"),
    "environment-and-range": (("--env", "prod", "--vpn-cidr", "10.8.0.0/16"), "not allowed with"),
    "neither": ((), "one of the arguments --env --vpn-cidr is required"),
    "too-long": (("--vpn-cidr", "10.8.0.0/33"), "'10.8.0.0/33' is no address range"),
    "no-range": (("--vpn-cidr", "office"), "One looks like 10.8.0.0/16"),
    "empty-range": (("--vpn-cidr", ""), "'' is no address range"),
    "second-range": (("--vpn-cidr", "10.8.0.0/16", "--vpn-cidr", "x"), "'x' is no address range"),
    "scheme": ((*INTENT[:2], "--domain", "https://a.example"), "is no host name"),
    "space": ((*INTENT[:2], "--domain", "a .example"), "is no host name like translate."),
    "line-end": ((*INTENT[:2], "--domain", "a.example\n"), "is no host name"),
    "one-label": ((*INTENT[:2], "--domain", "localhost"), "is no host name"),
    "star": ((*INTENT[:2], "--domain", "*"), "is no host name"),
    "format": ((*INTENT, "--format", "yaml"), "choose from 'text', 'json'"),
    "option": ((*INTENT, "--force"), "unrecognized arguments: --force"),
}


@pytest.mark.parametrize("name", WRONG_WORDS)
def test_a_question_that_makes_no_sense(
    name: str, good: Planned, refusal: Callable[..., str]
) -> None:
    words, what = WRONG_WORDS[name]
    assert what in refusal(str(good.plan), "--json", str(good.json), *words)


@pytest.mark.parametrize("place", ["/proc/none/report", "/dev/null/report", "/"])
def test_a_report_that_cannot_be_written(
    place: str, good: Planned, refusal: Callable[..., str]
) -> None:
    words = (str(good.plan), "--json", str(good.json), *INTENT, "--output", place)
    assert f"cannot be written to {place}" in refusal(*words)
