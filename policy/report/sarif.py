"""The verdict as SARIF 2.1.0, which code scanning reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from policy.report.fingerprint import fingerprints
from policy.report.requirements_seen import requirements_seen
from policy.report.visible import visible
from policy.report.wording import name, paragraph, relative

if TYPE_CHECKING:
    from policy.verdict import Finding, Verdict

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVEL = {"refused": "error", "warning": "warning"}


def sarif(verdict: Verdict) -> str:
    """Return one run: a rule for each requirement, a result for each finding.

    A result names its resource as a logical location and always a file: GitHub rejects a whole
    upload for one result without (github/codeql-action#1738). It is the plan, without a line, where
    the resource's own file is not known.
    """
    seen = requirements_seen(verdict)
    index = {row.judged.requirement: number for number, row in enumerate(seen)}
    results = [
        {
            "ruleId": visible(finding.requirement),
            "ruleIndex": index[finding.requirement],
            "level": _LEVEL[finding.level],
            "message": {"text": _plain(paragraph(finding))},
            "locations": [_location(finding, verdict.plan)],
            "partialFingerprints": {"finding/v1": digest},
        }
        for finding, digest in zip(verdict.findings, fingerprints(verdict.findings), strict=True)
    ]
    rules = [_rule(visible(row.judged.requirement), visible(row.judged.title)) for row in seen]
    run = {"tool": {"driver": {"name": "gate", "rules": rules}}, "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(requirement: str, title: str) -> dict[str, object]:
    # GitHub demands all three texts of a rule; one statement is what a requirement has to say.
    text = {"text": _plain(title or requirement)}
    return {"id": requirement, "shortDescription": text, "fullDescription": text, "help": text}


def _location(finding: Finding, plan: str) -> dict[str, object]:
    written = finding.location
    path = relative(written.path if written else plan)
    physical: dict[str, object] = {
        # A name may hold anything, a lone surrogate too.
        "artifactLocation": {"uri": quote(path, errors="backslashreplace")}
    }
    if written:
        physical["region"] = {"startLine": max(1, written.line)}
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": name(finding.address), "kind": "resource"}],
    }


def _plain(text: str) -> str:
    """Keep an address from reading as one of SARIF's embedded links (section 3.11.6)."""
    return text.replace("](", "\\](")
