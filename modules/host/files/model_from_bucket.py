#!/usr/bin/env python3
"""Fetches a model from a bucket that holds a copy of Ollama's folder of models.

    model-from-bucket gemma3n:e4b s3://BUCKET/PREFIX /var/lib/ollama/models

Ends with 1 where another attempt may help, and goes on there where this one broke off; with 2
where none would. Ollama sees the model only once all of it is there: it looks for the manifest,
which comes last. Runs on the instance's own Python, which has no packages.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

PIECE = 256 * 1024**2
"""Bytes fetched at a time: what an attempt that breaks off loses at most."""


class Problem(Exception):  # noqa: N818 # `raise Problem` reads as what it is
    """Why there is no model, in a sentence."""

    exit_code = 1


class FinalProblem(Problem):
    """One that another attempt would meet again."""

    exit_code = 2


def manifest_path(model: str) -> str:
    """Where Ollama keeps a model's manifest: `m:t` is `registry.ollama.ai/library/m/t`."""
    name, _, tag = model.partition(":")
    parts = name.split("/")
    default = ["registry.ollama.ai", "library"]
    return "/".join(["manifests", *default[: 3 - len(parts)], *parts, tag])


def fetch(source: str, key: str, target: Path, span: tuple[int, int] | None = None) -> None:
    """An object, or its bytes from the first to before the second, by AWS's own client."""
    bucket, _, prefix = source.removeprefix("s3://").rstrip("/").partition("/")
    command = ["aws", "s3api", "get-object", "--bucket", bucket]
    command += ["--key", f"{prefix}/{key}".lstrip("/"), "--region", os.environ["AWS_REGION"]]
    if span:
        command += ["--range", f"bytes={span[0]}-{span[1] - 1}"]
    done = subprocess.run([*command, str(target)], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise Problem(f"{source}/{key}: {lines[-1]}")


def blobs_of(manifest: Path) -> dict[str, int]:
    """Digest and size of every blob that a manifest names."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        parts = [content["config"], *content["layers"]]
        blobs = {str(part["digest"]): int(part["size"]) for part in parts}
    except (ValueError, KeyError, TypeError):
        raise FinalProblem("the bucket's manifest is none of Ollama's") from None
    if not all(re.fullmatch("sha256:[0-9a-f]{64}", digest) for digest in blobs):
        raise FinalProblem("the bucket's manifest names a blob by no SHA-256")
    return blobs


def fetch_blob(source: str, folder: Path, digest: str, size: int) -> None:
    """A blob, piece after piece, which gets its name once it has its digest."""
    name = digest.replace(":", "-")
    partial, piece = folder / f"{name}.fetched", folder / "piece.fetched"
    partial.touch()
    while (have := partial.stat().st_size) < size:
        fetch(source, f"blobs/{name}", piece, (have, min(have + PIECE, size)))
        with piece.open("rb") as new, partial.open("ab") as whole:
            shutil.copyfileobj(new, whole, 1024**2)
        piece.unlink()
        if partial.stat().st_size == have:
            raise Problem(f"S3 sent nothing of {name}")
    with partial.open("rb") as whole:
        found = hashlib.file_digest(whole, "sha256").hexdigest()
    if f"sha256:{found}" != digest:
        partial.unlink()
        raise FinalProblem(f"{name} in {source} does not match its digest")
    partial.rename(folder / name)


def main(model: str, source: str, target: str) -> None:
    """The model, whole, in this folder."""
    folder = Path(target) / "blobs"
    folder.mkdir(parents=True, exist_ok=True)
    new = Path(target) / "manifest.fetched"
    fetch(source, manifest_path(model), new)
    missing = {
        digest: size
        for digest, size in blobs_of(new).items()
        if not (folder / digest.replace(":", "-")).exists()
    }
    # What is there of a blob counts; a piece stands beside it while it is appended.
    there = sum(path.stat().st_size for path in folder.glob("*.fetched"))
    needed = sum(missing.values()) - there + min(PIECE, max(missing.values(), default=0))
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise FinalProblem(f"no space left: {needed} bytes are needed and {free} are free")
    for digest, size in missing.items():
        fetch_blob(source, folder, digest, size)
    manifest = Path(target) / manifest_path(model)
    manifest.parent.mkdir(parents=True, exist_ok=True)
    new.replace(manifest)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (Problem, OSError) as problem:
        sys.stderr.write(f"Error: {problem}\n")
        sys.exit(problem.exit_code if isinstance(problem, Problem) else 1)
