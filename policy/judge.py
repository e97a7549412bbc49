"""Judges a plan: every requirement in turn, and the matrix of who reaches what."""

from __future__ import annotations

import sys
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policy.hcl.configuration import Configuration, ConfigurationError, read
from policy.matrix import passages
from policy.plan.document import check
from policy.plan.plan import Plan
from policy.problem import CannotJudgeError
from policy.requirements import REQUIREMENTS
from policy.requirements.requirement import Case
from policy.verdict import Finding, Judged, Passage

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from policy.intent import Intent
    from policy.plan.document import Document
    from policy.requirements.requirement import Requirement

# Expressions refer to each other in chains; their number is bounded, Python's default is lower.
_RECURSION: Final = 20_000


@dataclass(frozen=True)
class Judgement:
    """What the requirements say of a plan.

    Attributes:
        findings: Refusals first, then warnings.
        judged: Each requirement with its outcome.
        passages: The matrix.
    """

    findings: tuple[Finding, ...]
    judged: tuple[Judged, ...]
    passages: tuple[Passage, ...]

    @property
    def allowed(self) -> bool:
        """Whether nothing refuses the plan."""
        return not any(finding.level == "refused" for finding in self.findings)


def judge(document: Document, files: Mapping[str, bytes] | None, intent: Intent) -> Judgement:
    """Judge a plan.

    Args:
        document: `terraform show -json` of the plan.
        files: The configuration inside the plan file, by name below `tfconfig/`; None when JSON
            alone is there, so that whatever only the text shows is refused as not provable.
        intent: Who may come in.

    Raises:
        CannotJudgeError: The document is no plan, or its configuration cannot be read.
    """
    check(document, "the plan")
    with _deep_enough():
        try:
            plan = Plan(document, _configuration(files))
            case = Case(plan, intent)
            judged: list[Judged] = []
            findings: list[Finding] = []
            for requirement in REQUIREMENTS:
                if requirement.own and intent.environment is None:
                    continue
                found, outcome = _apply(requirement, case)
                findings += found
                judged.append(outcome)
            matrix = tuple(passages(case))
        except RecursionError:
            raise CannotJudgeError("The plan refers to itself more deeply than any does.") from None
        except (CannotJudgeError, MemoryError):
            raise
        except Exception as error:  # a malformed plan is exit 2, never a traceback
            raise CannotJudgeError(_malformed(error)) from error
    ordered = sorted(findings, key=lambda finding: finding.level != "refused")
    return Judgement(tuple(ordered), tuple(judged), matrix)


def _configuration(files: Mapping[str, bytes] | None) -> Configuration | None:
    if files is None:
        return None
    try:
        return read(files)
    except ConfigurationError as error:
        raise CannotJudgeError(f"The plan file's configuration cannot be read: {error}") from None


def _apply(requirement: Requirement, case: Case) -> tuple[list[Finding], Judged]:
    why_not = requirement.applies(case)
    if why_not:
        return [], Judged(requirement.id, requirement.title, "not applicable", why_not)
    found = list(dict.fromkeys(requirement.check(case)))
    levels = {finding.level for finding in found}
    outcome = "refused" if "refused" in levels else "warning" if levels else "passed"
    return found, Judged(requirement.id, requirement.title, outcome)


def _malformed(error: Exception) -> str:
    """Say where a plan of a shape that no plan has stopped its reader."""
    steps = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    said = " ".join(str(error).split())[:120]
    return (
        f"The plan is malformed: what {steps[-1]} reads has no shape that Terraform writes "
        f"({type(error).__name__}: {said}); make it anew with `terraform plan -out`."
    )


@contextmanager
def _deep_enough() -> Generator[None]:
    """Raise Python's recursion limit while a plan is judged."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _RECURSION))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
