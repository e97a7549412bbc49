"""From checkov's answers to findings, with the exceptions counted."""

import datetime as dt
from collections.abc import Sequence

from policy.checkov_run.answers import Answer, CheckovResult
from policy.checkov_run.exceptions import CheckException
from policy.checkov_run.selection import Selection
from policy.verdict import Finding

REQUIREMENT = "checkov"


def findings(
    result: CheckovResult,
    exceptions: Sequence[CheckException],
    today: dt.date,
    selection: Selection,
) -> tuple[Finding, ...]:
    """Return what speaks against the plan, all of it refused.

    A check that cannot tell refuses as much as one that fails, except where its entry in
    `checks.toml` says why no answer is accepted. An expired exception excuses nothing.

    Args:
        result: What checkov found.
        exceptions: Those of the plan's own stack; none for a plan from elsewhere, and none for a
            plan that only destroys, whose exceptions would all be unused.
        today: The day of judgement.
        selection: The chosen checks.
    """
    holds = {(one.check, one.address): one for one in exceptions if one.expires >= today}
    used: set[CheckException] = set()
    found: list[Finding] = []
    for answer in result.answers:
        if answer.outcome == "passed":
            continue
        if answer.outcome == "unknown" and selection.chosen[answer.check].unknown:
            continue
        if exception := holds.get((answer.check, answer.address)):
            used.add(exception)
        else:
            found.append(_refused(answer, selection))
    found.extend(_spent(one, today) for one in exceptions if one not in used)
    return tuple(found)


def _refused(answer: Answer, selection: Selection) -> Finding:
    shown = "" if answer.outcome == "failed" else " (the plan does not show it)"
    return Finding(
        requirement=REQUIREMENT,
        level="refused",
        address=answer.address,
        message=f"{answer.check}: {answer.name.rstrip('.')}{shown}.",
        mend=selection.chosen[answer.check].mend,
    )


def _spent(exception: CheckException, today: dt.date) -> Finding:
    if exception.expires < today:
        what = f"expired on {exception.expires}"
        mend = f"Mend the resource, or let {exception.owner} renew the exception with its reason."
    else:
        what = "is not needed: the check passes there, or the plan holds no such resource"
        mend = "Remove the entry from policy/exceptions.toml."
    return Finding(
        requirement=REQUIREMENT,
        level="refused",
        address=exception.address,
        message=f"The exception for {exception.check} {what}.",
        mend=mend,
    )
