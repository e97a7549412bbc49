"""The page, used in a real browser that trusts the authority of `make up`."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.local.running import Stack

pytestmark = pytest.mark.xdist_group("local")

BUILD = Path(__file__).parents[2] / "build"


@pytest.fixture
def home(tmp_path: Path, stack: Stack) -> Path:
    """A home whose browser trusts the authority, as README says how."""
    database = tmp_path / ".pki" / "nssdb"
    database.mkdir(parents=True)
    trusted = ("-n", "translator", "-t", "C,,", "-i", str(stack.folder / "ca.pem"))
    for words in (("-N", "--empty-password"), ("-A", *trusted)):
        subprocess.run(  # noqa: S603 # this project's own words
            ["certutil", "-d", f"sql:{database}", *words],  # noqa: S607 # PATH's own
            check=True,
            capture_output=True,
        )
    return tmp_path


def use(python: Path, url: str, home: Path) -> subprocess.CompletedProcess[str]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium is not None, "install chromium (on Debian: apt-get install chromium)"
    BUILD.mkdir(exist_ok=True)
    script = Path(__file__).with_name("page_in_browser.py")
    words = [str(python), str(script), chromium, url, str(BUILD / "page.png")]
    return subprocess.run(  # noqa: S603 # this project's own program
        words,
        env=os.environ | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_translation_streams_into_the_page(stack: Stack, local_python: Path, home: Path) -> None:
    done = use(local_python, stack.chosen["page_url"], home)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)

    assert told["complaints"] == [], "neither policy nor script complains"
    assert told["status"] == "Done."
    assert told["translation"].strip()
    assert told["language"] == "fr"
    assert len(set(told["lengths"])) > 5, "it came in pieces"
    assert told["lengths"] == sorted(told["lengths"])
    assert told["secure"] is True
    assert f"POST {stack.chosen['api_url']}/api/generate" in told["requests"]


def test_a_browser_that_does_not_trust_the_authority_refuses(
    stack: Stack, local_python: Path, tmp_path: Path
) -> None:
    done = use(local_python, stack.chosen["page_url"], tmp_path)

    assert done.returncode != 0
    assert "ERR_CERT_AUTHORITY_INVALID" in done.stderr
