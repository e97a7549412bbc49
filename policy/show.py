"""Makes a plan file's JSON with Terraform, which needs the plan's providers for it."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

# How Terraform and the provider are found on a machine is the harness's knowledge, for the
# commands and for this one alike; what judges a plan imports none of it.
from harness.problem import Problem
from harness.toolchain import child_environ, find_terraform
from policy.plan import plan_file
from policy.problem import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy.plan.plan_file import PlanFile

TIMEOUT: Final = 600
"""Seconds that Terraform may take; a download of the AWS provider takes one or two minutes."""

_PROVIDER: Final = re.compile(rb'provider\["([A-Za-z0-9./_-]+)"\]')
_LOCKED: Final = re.compile(r'provider "([^"]+)" \{\s*version\s*=\s*"([^"]+)"')


def shown(path: Path, folder: Path) -> Path:
    """Write the plan's JSON into a folder, and return its place.

    Args:
        path: The plan file.
        folder: Where the JSON, and meanwhile Terraform's own files, may lie.

    Raises:
        CannotJudgeError: There is no Terraform, or it cannot read the plan.
    """
    saved = plan_file.read(path, plan_file.content(path))
    try:
        command, environ = find_terraform().command, child_environ()
    except Problem as problem:
        raise CannotJudgeError(f"{problem} Or give the plan's JSON with --json.") from None
    place = folder / "plan.json"
    near = path.absolute().parent
    tried = ""
    if (near / ".terraform").is_dir():
        tried = _show(command, near, environ, path, place)
        if not tried:
            return place
    with tempfile.TemporaryDirectory(dir=folder) as empty:
        root = Path(empty)
        (root / "main.tf.json").write_text(json.dumps(_requiring(saved)), encoding="utf-8")
        failed = _run((*command, "init", "-input=false", "-no-color"), root, environ)[1]
        failed = failed or _show(command, root, environ, path, place)
    if failed:
        raise CannotJudgeError(
            f"Terraform cannot read {path}: {failed} Run the gate in the plan's own folder, or "
            f"give --json with the output of `terraform show -json`."
        )
    return place


def _requiring(saved: PlanFile) -> dict[str, object]:
    """Return a configuration that asks for the plan's providers and no more."""
    versions = dict(_LOCKED.findall(saved.lock))
    sources = sorted({found.decode() for found in _PROVIDER.findall(saved.body)})
    required = {
        f"p{number}": {"source": source}
        | ({"version": versions[source]} if source in versions else {})
        for number, source in enumerate(sources)
        if not source.startswith("terraform.io/builtin/")
    }
    return {"terraform": {"required_providers": required}}


def _show(
    command: tuple[str, ...], root: Path, environ: Mapping[str, str], plan: Path, place: Path
) -> str:
    """Write a plan's JSON; returns what went wrong, or nothing."""
    output, failed = _run(
        (*command, "show", "-json", "-no-color", str(plan.absolute())), root, environ
    )
    if not failed:
        place.write_bytes(output)
    return failed


def _run(command: tuple[str, ...], root: Path, environ: Mapping[str, str]) -> tuple[bytes, str]:
    try:
        ran = subprocess.run(  # noqa: S603 # Terraform, with words of our own
            command, cwd=root, env=dict(environ), capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return b"", f"it took longer than {TIMEOUT} s."
    except OSError as error:
        return b"", f"it does not start: {error.strerror}."
    if ran.returncode == 0:
        return ran.stdout, ""
    return b"", _reason(ran.stderr.decode("utf-8", "replace"))


def _reason(text: str) -> str:
    """Return Terraform's first error as one line."""
    lines = [line.strip(" │╷╵").strip() for line in text.splitlines()]
    start = next((index for index, line in enumerate(lines) if line.startswith("Error:")), 0)
    return " ".join(line for line in lines[start : start + 6] if line)[:400].rstrip(".") + "."
