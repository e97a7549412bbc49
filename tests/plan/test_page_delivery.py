"""A deploy of the page: what lies where, for how long it is cached, and in which order it comes."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.local.delivery import delivery
from harness.terraform import FLAG, Terraform
from tests.checkout import ROOT
from tests.plan.inventory import resources
from tests.plan.scripted_s3 import bucket

UI = ROOT / "ui"

Plan = Callable[[str], dict[str, Any]]


@pytest.mark.xdist_group("prod")  # whose worker has the plan
def test_a_release_is_one_folder_cached_for_ever_and_pages_name_no_other(plan: Plan) -> None:
    objects = {
        values["key"]: values
        for address, values in resources(plan("prod")).items()
        if ".aws_s3_object." in address
    }
    released = {key for key in objects if key.startswith("app-")}
    (release,) = {key.partition("/")[0] for key in released}
    files = {path.relative_to(UI / "app").as_posix() for path in (UI / "app").rglob("*.*")}

    assert re.fullmatch("app-[0-9a-f]{16}", release)
    assert released == {f"{release}/{file}" for file in files}
    for key, values in objects.items():
        lasting = "public, max-age=31536000, immutable" if key in released else "no-cache"
        assert values["cache_control"] == lasting, key
    page = (UI / "index.html").read_text(encoding="utf-8")
    assert objects["index.html"]["content"] == page.replace('"/app/', f'"/{release}/')
    assert f'"/{release}/main.js"' in objects["index.html"]["content"]


TRICKY = """\
/** Said of
 * what follows. */
export const a = "/* no comment */"; // beside code
/** @type {number} */ const b = 6
  * 7; /* begins beside code
  and ends here */
  // alone
const c = 1 / 2; /* one */ const d = /[/*]/;
/* two */ export const e = [b, c, d];
"""

SENT = """\

export const a = "/* no comment */"; // beside code
/** @type {number} */ const b = 6
  * 7; /* begins beside code
  and ends here */

const c = 1 / 2; /* one */ const d = /[/*]/;
/* two */ export const e = [b, c, d];
"""


def test_comments_that_have_their_lines_to_themselves_stay_behind_and_nothing_else(
    stacks: Path, tmp_path: Path
) -> None:
    ui = tmp_path / "ui"
    (ui / "app").mkdir(parents=True)
    for name in ("index.html", "404.html"):
        (ui / name).write_text('<script type="module" src="/app/main.js"></script>')
    (ui / "app" / "main.js").write_text(TRICKY)
    (ui / "app" / "notes.txt").write_text(TRICKY)
    sent = delivery(stacks, SETTINGS["page"], ui, tmp_path / "terraform").objects
    by_name = {key.rpartition("/")[2]: each.content.decode() for key, each in sent.items()}

    assert by_name["main.js"] == SENT
    assert by_name["notes.txt"] == TRICKY


SETTINGS = {
    "page": {
        "api_url": "https://api.translate.example.com",
        "model": "gemma3n:e4b",
        "context_length_tokens": 4096,
    }
}


@pytest.fixture
def objects(stacks: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A root with the frontend's objects alone, for a bucket at a URL, and a small UI beside it."""

    def at(url: str) -> Path:
        module = json.loads((stacks / "frontend" / "cdk.tf.json").read_text(encoding="utf-8"))
        made = module["resource"]["aws_s3_object"]
        for each in made.values():
            del each["tags"]
            each["bucket"] = "ui"
            each["depends_on"] = [
                name for name in each["depends_on"] if name.startswith("aws_s3_object.")
            ]
        provider = {
            "region": "eu-west-1",
            "access_key": "AKIAEXAMPLE",
            "secret_key": "example",
            "s3_use_path_style": True,
            "endpoints": [{"s3": url}],
            "max_retries": 1,
            "skip_credentials_validation": True,
            "skip_requesting_account_id": True,
            "skip_metadata_api_check": True,
        }
        aws = module["terraform"]["required_providers"]["aws"]
        root = {
            "terraform": {
                "required_providers": {"aws": {name: aws[name] for name in ("source", "version")}}
            },
            "provider": {"aws": provider},
            "variable": {name: module["variable"][name] for name in ("page", "ui_directory")},
            "locals": module["locals"],
            "resource": {"aws_s3_object": made},
        }
        (tmp_path / "main.tf.json").write_text(json.dumps(root), encoding="utf-8")
        (tmp_path / "terraform.tfvars.json").write_text(
            json.dumps(SETTINGS | {"ui_directory": "ui"}), encoding="utf-8"
        )
        shutil.copy(stacks / "translator" / ".terraform.lock.hcl", tmp_path)
        return tmp_path

    return at


def test_a_page_never_names_a_file_that_is_not_there(
    objects: Callable[[str], Path], terraform: Callable[[Path], Terraform]
) -> None:
    """A second release, with one file less: it is there before its page, the former one after."""
    with bucket() as kept:
        folder = objects(kept.url)
        app = folder / "ui" / "app"
        app.mkdir(parents=True)
        for name in ("index.html", "404.html"):
            (folder / "ui" / name).write_text('<script src="/app/main.js"></script>\n')
        (app / "main.js").write_text("export const a = 1;\n")
        (app / "gone.js").write_text("export const b = 1;\n")
        run = terraform(folder)
        init = run.cmd("init", input=False, lockfile="readonly", no_color=FLAG, timeout=300)
        assert init.ok, init.stderr
        assert run.cmd("apply", auto_approve=FLAG, input=False, timeout=300).ok
        (first,) = {key.partition("/")[0] for key in kept.objects if "/" in key}
        kept.history.clear()
        (app / "main.js").write_text("export const a = 2;\n")
        (app / "gone.js").unlink()
        assert run.cmd("apply", auto_approve=FLAG, input=False, timeout=300).ok
        (second,) = {key.partition("/")[0] for key in kept.objects if "/" in key}

    page = kept.history.index("PUT index.html")
    assert second != first
    assert kept.history.index(f"PUT {second}/main.js") < page
    assert kept.history.index(f"DELETE {first}/main.js") > page
    assert kept.history.index(f"DELETE {first}/gone.js") > page
    assert kept.objects["index.html"][1].decode() == f'<script src="/{second}/main.js"></script>\n'
    sent = kept.objects[f"{second}/main.js"][0]
    assert sent["content-type"] == "text/javascript; charset=utf-8"
    assert sent["cache-control"] == "public, max-age=31536000, immutable"
