"""The verdict as JUnit XML: a test case a requirement."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from policy.report.requirements_seen import requirements_seen
from policy.report.visible import visible
from policy.report.wording import counted, packet_words, place, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy.report.requirements_seen import Seen
    from policy.verdict import Finding, Verdict


def junit(verdict: Verdict) -> str:
    """Return one suite "gate" with a case for each requirement.

    A broken requirement fails with all its refusals in one `failure`, because GitLab shows one a
    case; warnings stand in `system-out`; what does not apply is skipped. The shape is that of
    Jenkins' `junit-10.xsd` (jenkinsci/xunit-plugin). XML 1.0 has no place for control characters
    and lone surrogates, and `visible` leaves none.
    """
    seen = requirements_seen(verdict)
    totals = {
        "tests": str(len(seen)),
        "failures": str(sum(row.broken for row in seen)),
        "errors": "0",
    }
    skipped = str(sum(not row.applies for row in seen))
    root = Element("testsuites", {"name": "policy", **totals})
    suite = SubElement(root, "testsuite", {"name": "gate", **totals, "skipped": skipped})
    for row in seen:
        _case(suite, row)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _case(suite: Element, row: Seen) -> None:
    requirement, title = visible(row.judged.requirement), visible(row.judged.title)
    label = f"{requirement}: {title}" if title else requirement
    case = SubElement(suite, "testcase", {"classname": "policy", "name": label})
    if row.broken:
        summary = sentence(row.refused[0].message if row.refused else row.judged.note)
        if len(row.refused) > 1:
            summary = f"{counted(len(row.refused), 'finding')}, the first: {summary}"
        failure = SubElement(case, "failure", {"type": "refused", "message": summary})
        failure.text = _texts(row.refused)
    elif not row.applies:
        SubElement(case, "skipped", {"message": sentence(row.judged.note)})
    if row.warnings:
        SubElement(case, "system-out").text = _texts(row.warnings)


def _texts(findings: Iterable[Finding]) -> str:
    return "\n\n".join(map(_text, findings))


def _text(finding: Finding) -> str:
    lines = [place(finding), sentence(finding.message)]
    if finding.packet:
        lines.append(f"packet: {packet_words(finding.packet)}")
    if finding.mend:
        lines.append(f"mend: {sentence(finding.mend)}")
    return "\n".join(lines)
