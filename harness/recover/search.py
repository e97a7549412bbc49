"""Finds what stands in the account and not in the state, round by round.

Terraform evaluates: each round plans with what the former one found as imports, so that the ids of
parents are known values of their children then. This module only looks up.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from harness.events import Events
from harness.plan import Counter as Progressing
from harness.plan import Prepared, planned
from harness.problem import Problem
from harness.progress import Progress
from harness.recover.account import Account
from harness.recover.adoption import write_imports
from harness.recover.identity import IDENTITIES
from harness.recover.identity.known import Found, Left
from harness.recover.planned import NotKnownYetError, Planned, missing, standing

AT_ONCE = 8
"""Questions that are asked at the same time; AWS slows down who asks much more."""


@dataclass(frozen=True)
class Searched:
    """What a search came to.

    Attributes:
        adopted: What was found for each address.
        plan: The last plan, in Terraform's JSON form.
    """

    adopted: Mapping[str, tuple[Planned, Found]]
    plan: Mapping[str, Any]


def search(ready: Prepared, account: Account, progress: Progress) -> Searched:
    """Look until a round finds nothing more.

    Raises:
        Problem: Something could be more than one thing, or a type is not known here.
    """
    adopted: dict[str, tuple[Planned, Found]] = {}
    while True:
        plan = _planned(ready, progress)
        wanted = missing(plan)
        taken = set(standing(plan))
        with progress.step("look in the account"), ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(_candidates, wanted, repeat(account)))
            found = _unambiguous(wanted, answers, taken)
            progress.note(f"{len(found)} found")
        adopted |= found
        write_imports(ready.workspace, {at: each.id for at, (_, each) in adopted.items()})
        # A child whose parent was found only now can be looked for once that one is adopted.
        if not found or None not in answers:
            return Searched(adopted, plan)


def _candidates(want: Planned, account: Account) -> list[Found] | None:
    """What the account has for a planned resource; None where that cannot be asked yet."""
    find = IDENTITIES.get(want.type)
    if find is None:
        raise Problem(
            f"{want.address}: nobody wrote down how a {want.type} is found again; add it to"
            " harness/recover/identity/."
        )
    if isinstance(find, Left):
        return []
    try:
        return list(find(want, account))
    except NotKnownYetError:
        return None


def _unambiguous(
    wanted: Sequence[Planned], answers: Sequence[list[Found] | None], taken: set[tuple[str, str]]
) -> dict[str, tuple[Planned, Found]]:
    """What was found for each address, where exactly one thing was.

    Raises:
        Problem: Two things could be one resource's, or one thing two resources'.
    """
    found: dict[str, tuple[Planned, Found]] = {}
    for want, answer in zip(wanted, answers, strict=True):
        free = [
            each
            for each in answer or []
            if not {(want.type, each.id), (want.type, each.name)} & taken
        ]
        if len(free) > 1:
            ids = " and ".join(each.id for each in free)
            raise Problem(
                f"{want.address} could be {ids}, which agree in {free[0].how}: delete those that"
                " nothing uses, or take the environment's tags off them, and recover again."
            )
        if free:
            found[want.address] = (want, free[0])
    for shared in _shared(found):
        raise Problem(shared)
    return found


def _shared(found: Mapping[str, tuple[Planned, Found]]) -> Iterator[str]:
    counts = Counter((want.type, each.id) for want, each in found.values())
    for (kind, thing), count in counts.items():
        if count > 1:
            addresses = [
                at for at, (want, each) in found.items() if (want.type, each.id) == (kind, thing)
            ]
            yield (
                f"{thing} could be {' or '.join(addresses)}, which nothing tells apart: give them"
                " tags or names of their own, and recover again."
            )


def _planned(ready: Prepared, progress: Progress) -> dict[str, Any]:
    """A plan with what was found so far, in Terraform's JSON form."""
    workspace = ready.workspace
    events = Events(workspace.log, Progressing(progress))
    try:
        return json.loads(planned(ready, events, progress))
    finally:
        workspace.unfinished.unlink(missing_ok=True)
