"""What CloudFront would send, as `make up` and the browser's tests take it from the module."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.local.delivery import Delivery, delivery
from harness.problem import Problem
from tests.checkout import ROOT

PAGE = {
    "api_url": "https://api.translate.example.com",
    "model": "gemma3n:e4b",
    "context_length_tokens": 4096,
}
UI = {
    "index.html": '<link href="/app/a/b.css"><script src="/app/main.js"></script>',
    "404.html": '<link href="/app/a/b.css">',
    "favicon.svg": "<svg/>",
    "config.json": "{}",
    ".hidden/x.js": "",
    "app/main.js": "import './a/c.mjs';",
    "app/a/b.css": "* {}",
    "app/a/c.mjs": "",
    "app/a/.d.js.swp": "",
    "app/words.bin": "?",
}

Deliver = Callable[[dict[str, str]], Delivery]


@pytest.fixture
def deliver(stacks: Path, tmp_path: Path) -> Deliver:
    """What is sent of a UI of these files, in a folder whose name is a pattern."""

    def of(files: dict[str, str]) -> Delivery:
        top = tmp_path / "a {b} [c]*"
        shutil.rmtree(top, ignore_errors=True)
        for name, content in files.items():
            place = top / "ui" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, encoding="utf-8")
        return delivery(stacks, PAGE, top / "ui", top / "work")

    return of


def test_the_files_of_a_release_lie_in_its_folder_and_the_pages_name_it(deliver: Deliver) -> None:
    sent = deliver(UI)
    (release,) = {key.partition("/")[0] for key in sent.objects if "/" in key}

    assert re.fullmatch("app-[0-9a-f]{16}", release)
    assert set(sent.objects) == {
        *("index.html", "404.html", "favicon.svg", "config.json"),
        *(f"{release}/{name}" for name in ("main.js", "a/b.css", "a/c.mjs", "words.bin")),
    }
    assert (sent.root, sent.missing) == ("index.html", "404.html")
    assert sent.objects["404.html"].content.decode() == f'<link href="/{release}/a/b.css">'
    types = {key.rpartition("/")[2]: each.content_type for key, each in sent.objects.items()}
    assert types["main.js"] == types["c.mjs"] == "text/javascript; charset=utf-8"
    assert types["b.css"] == "text/css; charset=utf-8"
    assert types["index.html"] == "text/html; charset=utf-8"
    assert types["favicon.svg"] == "image/svg+xml"
    assert types["words.bin"] == "application/octet-stream"
    assert json.loads(sent.objects["config.json"].content) == {
        "apiUrl": PAGE["api_url"],
        "contextLength": 4096,
        "model": "gemma3n:e4b",
    }


def test_whatever_changes_in_a_release_changes_its_folder(deliver: Deliver) -> None:
    def release(**changes: str) -> str:
        files = UI | {name.replace("_", "/", 1) + ".js": text for name, text in changes.items()}
        return next(key for key in deliver(files).objects if "/" in key).partition("/")[0]

    assert len({release(), release(app_main="2"), release(app_b=""), release(app_c="")}) == 4


def test_what_may_be_kept_is_what_never_changes(deliver: Deliver) -> None:
    for key, each in deliver(UI).objects.items():
        lasting = "public, max-age=31536000, immutable" if "/" in key else "no-cache"
        assert each.cache_control == lasting, key


def test_the_headers_are_those_that_cloudfront_makes_of_the_modules_policy(
    deliver: Deliver,
) -> None:
    headers = deliver(UI).headers

    assert (
        "connect-src 'self' https://api.translate.example.com;"
        in (headers["Content-Security-Policy"])
    )
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({name: UI[name] for name in ("index.html", "404.html")}, "must hold a folder app/"),
        ({name: UI[name] for name in UI if name != "404.html"}, "an index.html and a 404.html"),
        (UI | {"404.html": '<a href="/app/gone.css">'}, "no file below /app/ that is not there"),
    ],
)
def test_a_folder_that_is_no_page_is_refused_when_planning(
    deliver: Deliver, files: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Problem, match=sentence):
        deliver(files)


def test_a_header_that_make_up_does_not_know_is_a_sentence(stacks: Path, tmp_path: Path) -> None:
    shutil.copytree(stacks / "frontend", tmp_path / "frontend")
    module = tmp_path / "frontend" / "cdk.tf.json"
    known = '"referrer_policy": {'
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace(known, '"xss_protection": {}, ' + known), encoding="utf-8")

    with pytest.raises(Problem, match="sets xss_protection, which make up does not know"):
        delivery(tmp_path, PAGE, ROOT / "ui", tmp_path / "work")
