"""The requirements of a verdict, each with what was found against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy.verdict import Judged

if TYPE_CHECKING:
    from policy.verdict import Finding, Verdict


@dataclass(frozen=True)
class Seen:
    """One requirement with its findings.

    Attributes:
        judged: How it came out.
        refused: The findings that deny the plan, in order.
        warnings: The others.
    """

    judged: Judged
    refused: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def broken(self) -> bool:
        """Whether it denies the plan."""
        return bool(self.refused) or self.judged.outcome == "refused"

    @property
    def applies(self) -> bool:
        """Whether it says anything about this plan."""
        return self.broken or self.judged.outcome != "not applicable"


def requirements_seen(verdict: Verdict) -> tuple[Seen, ...]:
    """Return every requirement in the table's order, then those that only a finding names.

    A finding is never lost because its requirement is missing from the table.
    """
    refused: dict[str, list[Finding]] = {}
    warnings: dict[str, list[Finding]] = {}
    judged = {row.requirement: row for row in verdict.judged}
    for finding in verdict.findings:
        side = refused if finding.level == "refused" else warnings
        side.setdefault(finding.requirement, []).append(finding)
        if finding.requirement not in judged:
            judged[finding.requirement] = Judged(finding.requirement, "", finding.level)
    return tuple(
        Seen(row, tuple(refused.get(key, ())), tuple(warnings.get(key, ())))
        for key, row in judged.items()
    )
