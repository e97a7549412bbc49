"""The verdict as a JSON document: the one that `make apply` reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy.verdict import Finding, Verdict

FORMAT = 1
"""The document's version: raised when a key changes its meaning or goes."""


def document(verdict: Verdict) -> str:
    """Return everything the gate says, nothing shortened, as JSON in ASCII.

    Keys, in this order:

    - `format`: 1.
    - `verdict`: "allowed" or "denied".
    - `plan`, `plan_sha256`, `intent`: strings, as in `Verdict`.
    - `requirements`: objects with `id`, `title`, `outcome` ("passed", "refused", "warning" or
      "not applicable") and `note`.
    - `findings`: objects with `requirement`, `level` ("refused" or "warning"), `address`,
      `attribute`, `message`, `mend`, `packet` (null, or `source`, `protocol`, `port`, `target`,
      `via`) and `location` (null, or `path`, `line`).
    - `passages`: objects with `source`, `target`, `protocol`, `ports`, `via`, `wanted`.
    """
    content = {
        "format": FORMAT,
        "verdict": "allowed" if verdict.allowed else "denied",
        "plan": verdict.plan,
        "plan_sha256": verdict.plan_sha256,
        "intent": verdict.intent,
        "requirements": [
            {
                "id": row.requirement,
                "title": row.title,
                "outcome": row.outcome,
                "note": row.note,
            }
            for row in verdict.judged
        ],
        "findings": [_finding(finding) for finding in verdict.findings],
        "passages": [
            {
                "source": passage.source,
                "target": passage.target,
                "protocol": passage.protocol,
                "ports": passage.ports,
                "via": list(passage.via),
                "wanted": passage.wanted,
            }
            for passage in verdict.passages
        ],
    }
    return json.dumps(content, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, object]:
    packet, location = finding.packet, finding.location
    return {
        "requirement": finding.requirement,
        "level": finding.level,
        "address": finding.address,
        "attribute": finding.attribute,
        "message": finding.message,
        "mend": finding.mend,
        "packet": packet
        and {
            "source": packet.source,
            "protocol": packet.protocol,
            "port": packet.port,
            "target": packet.target,
            "via": list(packet.via),
        },
        "location": location and {"path": location.path, "line": location.line},
    }
