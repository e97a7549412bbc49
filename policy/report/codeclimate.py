"""The verdict as GitLab's code quality report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policy.report.fingerprint import fingerprints
from policy.report.visible import visible
from policy.report.wording import paragraph, relative

if TYPE_CHECKING:
    from policy.verdict import Verdict

_SEVERITY = {"refused": "blocker", "warning": "minor"}


def codeclimate(verdict: Verdict) -> str:
    """Return a JSON array with an object for each finding.

    GitLab reads description, check_name, fingerprint, severity and location
    (docs.gitlab.com/ci/testing/code_quality) and drops an entry whose fingerprint it has met, so
    each is unique. Where no file is known the plan itself stands there, at line 1.
    """
    entries = [
        {
            "description": paragraph(finding),
            "check_name": visible(finding.requirement),
            "fingerprint": digest,
            "severity": _SEVERITY[finding.level],
            "location": {
                "path": visible(
                    relative(finding.location.path if finding.location else verdict.plan)
                ),
                "lines": {"begin": max(1, finding.location.line) if finding.location else 1},
            },
        }
        for finding, digest in zip(verdict.findings, fingerprints(verdict.findings), strict=True)
    ]
    return json.dumps(entries, indent=2) + "\n"
