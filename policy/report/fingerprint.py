"""What makes a finding the same finding in the next run."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy.verdict import Finding

# Ids that AWS hands out, account numbers, digests and dates differ between two equal stacks.
_VOLATILE = re.compile(
    r"\b[a-z]{1,16}-[0-9a-f]{8,17}\b"
    r"|\b[0-9]{12}\b"
    r"|\b[0-9a-f]{32,128}\b"
    r"|\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{1,20}Z?)?"
)


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """Return a digest for each finding: equal in the next run, and different within this one.

    It covers requirement, address, attribute and message, without line numbers and without the ids
    that AWS hands out, so that a line inserted above makes no new finding. Findings that are equal
    in all this are told apart by their order.

    Returns:
        SHA-256 in lower-case hexadecimal, in the order of the findings.
    """
    met: Counter[str] = Counter()
    digests: list[str] = []
    for finding in findings:
        message = _VOLATILE.sub("*", finding.message)
        same = json.dumps([finding.requirement, finding.address, finding.attribute, message])
        met[same] += 1
        digests.append(hashlib.sha256(f"{same}{met[same]}".encode()).hexdigest())
    return digests
