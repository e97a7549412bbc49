"""A model fetched from a bucket: piece after piece, checked, and never half-visible."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from modules.host.files import model_from_bucket
from modules.host.files.model_from_bucket import FinalProblem, Problem, main, manifest_path

SOURCE = "s3://models.example.com/ollama"
MANIFEST = "manifests/registry.ollama.ai/library/gemma3n/e4b"
CONTENT = bytes(range(256)) * 10
NAME = f"sha256-{hashlib.sha256(CONTENT).hexdigest()}"

Span = tuple[int, int] | None


class Bucket:
    """A bucket in a folder, in place of AWS's client."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fetched: list[tuple[str, Span]] = []
        self.breaks_after = 1000
        (folder / "blobs").mkdir(parents=True)
        (folder / "blobs" / NAME).write_bytes(CONTENT)
        part = {"digest": NAME.replace("-", ":"), "size": len(CONTENT)}
        (folder / MANIFEST).parent.mkdir(parents=True)
        (folder / MANIFEST).write_text(json.dumps({"config": part, "layers": [part]}))

    def fetch(self, source: str, key: str, target: Path, span: Span = None) -> None:
        """As the real one: a file appears, or a sentence says why not."""
        assert source == SOURCE
        if self.breaks_after == 0:
            raise Problem("the connection broke")
        self.breaks_after -= 1
        self.fetched.append((key, span))
        content = (self.folder / key).read_bytes()
        target.write_bytes(content[slice(*span)] if span else content)


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    bucket = Bucket(tmp_path / "bucket")
    monkeypatch.setattr(model_from_bucket, "fetch", bucket.fetch)
    monkeypatch.setattr(model_from_bucket, "PIECE", 1000)
    return bucket


@pytest.fixture
def fetch_model(tmp_path: Path) -> Callable[[], None]:
    return lambda: main("gemma3n:e4b", SOURCE, str(tmp_path / "models"))


def test_a_whole_model_is_what_ollama_would_have_made(
    bucket: Bucket, fetch_model: Callable[[], None], tmp_path: Path
) -> None:
    fetch_model()
    models = tmp_path / "models"

    assert (models / "blobs" / NAME).read_bytes() == CONTENT
    assert (models / MANIFEST).read_text() == (bucket.folder / MANIFEST).read_text()
    assert {path.name for path in models.rglob("*") if path.is_file()} == {NAME, "e4b"}


def test_what_broke_off_goes_on_where_it_was_and_shows_no_model_before(
    bucket: Bucket, fetch_model: Callable[[], None], tmp_path: Path
) -> None:
    bucket.breaks_after = 3
    with pytest.raises(Problem, match="the connection broke"):
        fetch_model()
    assert not (tmp_path / "models" / MANIFEST).exists()
    assert not (tmp_path / "models" / "blobs" / NAME).exists()

    bucket.breaks_after, bucket.fetched = 1000, []
    fetch_model()
    assert bucket.fetched == [(MANIFEST, None), (f"blobs/{NAME}", (2000, 2560))]
    assert (tmp_path / "models" / "blobs" / NAME).read_bytes() == CONTENT


def test_a_blob_that_is_not_its_digest_is_thrown_away_for_good(
    bucket: Bucket, fetch_model: Callable[[], None], tmp_path: Path
) -> None:
    (bucket.folder / "blobs" / NAME).write_bytes(CONTENT[::-1])
    with pytest.raises(FinalProblem, match="does not match its digest"):
        fetch_model()

    assert not list((tmp_path / "models").rglob("sha256*"))
    assert not (tmp_path / "models" / MANIFEST).exists()


def test_a_disk_too_small_is_said_before_anything_is_fetched(
    bucket: Bucket, fetch_model: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=1000)

    def nearly_full(path: Path) -> object:
        del path
        return usage

    monkeypatch.setattr(shutil, "disk_usage", nearly_full)
    with pytest.raises(FinalProblem, match="3560 bytes are needed and 1000 are free"):
        fetch_model()

    assert bucket.fetched == [(MANIFEST, None)]


@pytest.mark.parametrize(
    "text",
    [
        "<html>",
        "[]",
        '{"config": {}, "layers": []}',
        '{"config": {"digest": "sha256:../../x", "size": 1}, "layers": []}',
    ],
)
def test_a_manifest_that_is_none_ends_it_for_good(
    bucket: Bucket, fetch_model: Callable[[], None], text: str
) -> None:
    (bucket.folder / MANIFEST).write_text(text)
    with pytest.raises(FinalProblem, match="manifest"):
        fetch_model()


@pytest.mark.parametrize(
    ("model", "path"),
    [
        ("gemma3n:e4b", MANIFEST),
        ("team/gemma:1", "manifests/registry.ollama.ai/team/gemma/1"),
        ("models.example.com/team/gemma:1", "manifests/models.example.com/team/gemma/1"),
    ],
)
def test_a_manifest_is_where_ollama_keeps_it(model: str, path: str) -> None:
    assert manifest_path(model) == path


def test_a_prefix_is_no_must(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = tmp_path / "aws"
    client.write_text('#!/bin/sh\necho "$*" >&2\nexit 1\n')
    client.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    for source, key in {"s3://bucket": "k", "s3://bucket/a/b": "a/b/k"}.items():
        with pytest.raises(Problem, match=re.escape(f"--bucket bucket --key {key} --region")):
            model_from_bucket.fetch(source, "k", tmp_path / "x", (0, 10))
