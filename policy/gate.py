"""The gate: one plan file in, one verdict out."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policy.checkov_run import judgement
from policy.checkov_run.exceptions import EXCEPTIONS, load_exceptions
from policy.checkov_run.selection import load_selection
from policy.judge import judge
from policy.plan import document as plan_document
from policy.plan import plan_file
from policy.problem import CannotJudgeError
from policy.requirements import REQUIREMENTS
from policy.verdict import Finding, Judged, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policy.checkov_run.exceptions import CheckException
    from policy.checkov_run.process import Checkov
    from policy.intent import Intent
    from policy.plan.document import Document

CHECKOV_TITLE: Final = "checkov's chosen checks pass, the written exceptions counted"
_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True)
class Opened:
    """What was given to be judged.

    Attributes:
        path: As it was named.
        sha256: The digest of that file.
        document: The plan's JSON.
        files: The configuration inside the plan file, None where JSON alone was given.
    """

    path: Path
    sha256: str
    document: Document
    files: Mapping[str, bytes] | None


def open_plan(path: Path, shown: Path | None) -> Opened:
    """Read a saved plan with the JSON made from it, or JSON alone.

    Args:
        path: The plan file, or the plan's JSON.
        shown: What `terraform show -json` wrote of the plan file; None where `path` is JSON.

    Raises:
        CannotJudgeError: Neither can be read, or the JSON is of another plan.
    """
    data = plan_file.content(path)
    if not plan_file.is_plan_file(data[:2]):
        digest = hashlib.sha256(data).hexdigest()
        return Opened(path, digest, plan_document.load(data, str(path)), None)
    if shown is None:
        raise CannotJudgeError(f"The JSON of {path} is missing: give it with --json.")
    saved = plan_file.read(path, data)
    document = plan_document.load(plan_file.content(shown), str(shown))
    made = document.get("timestamp")
    # Terraform writes the moment of planning into both.
    if not isinstance(made, str) or not _MOMENT.fullmatch(made) or made.encode() not in saved.body:
        raise CannotJudgeError(
            f"{shown} was not made from {path}: make it anew with `terraform show -json {path}`."
        )
    return Opened(path, saved.sha256, document, saved.files)


def gate(opened: Opened, intent: Intent, checkov: Checkov | None = None) -> Verdict:
    """Judge an opened plan.

    Args:
        opened: The plan.
        intent: Who may come in.
        checkov: A process to which the plan's JSON was submitted; None to go without.

    Raises:
        CannotJudgeError: The plan, the exceptions or checkov's answer cannot be read.
    """
    said = judge(opened.document, opened.files, intent)
    found, judged = list(said.findings), list(said.judged)
    if checkov is not None:
        refused, outcome = _checkov(opened.document, intent, checkov)
        found += refused
        judged.append(outcome)
    found.sort(key=lambda finding: finding.level != "refused")
    return Verdict(
        findings=tuple(found),
        passages=said.passages,
        judged=tuple(judged),
        plan=str(opened.path),
        plan_sha256=opened.sha256,
        intent=str(intent),
    )


def _checkov(
    document: Document, intent: Intent, checkov: Checkov
) -> tuple[tuple[Finding, ...], Judged]:
    today = dt.datetime.now(dt.UTC).date()
    selection = load_selection()
    names = {requirement.id for requirement in REQUIREMENTS}
    exceptions = load_exceptions(EXCEPTIONS, selection, today=today, requirements=names)
    mine = _of_this_plan(exceptions, document) if intent.environment else ()
    answer = checkov.result()
    refused = judgement.findings(answer, mine, today, selection)
    note = f"{len(selection.chosen)} checks of checkov {answer.version}"
    outcome = "refused" if refused else "passed"
    return refused, Judged(judgement.REQUIREMENT, CHECKOV_TITLE, outcome, note)


def _of_this_plan(
    exceptions: tuple[CheckException, ...], document: Document
) -> tuple[CheckException, ...]:
    """Leave out the exceptions of another root: none of their module's resources is planned."""
    modules = {
        _module(str(entry.get("address")))
        for entry in document.get("resource_changes", [])
        if isinstance(entry, dict) and entry.get("change", {}).get("actions") != ["delete"]
    }
    return tuple(one for one in exceptions if _module(one.address) in modules)


def _module(address: str) -> str:
    head, _, rest = address.partition(".")
    return rest.partition(".")[0].partition("[")[0] if head == "module" else ""
