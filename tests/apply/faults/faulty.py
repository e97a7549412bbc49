"""Calls that go wrong as they do in the real AWS."""

import random
import time
from collections import Counter
from dataclasses import dataclass

from tests.apply.faults.answers import refusal, unavailable
from tests.apply.way import Answer, Call, Way

SLOW = 1.5
"""Seconds that a slow answer is late."""


@dataclass(frozen=True)
class Faults:
    """What goes wrong, each as the share of calls that it befalls.

    Attributes:
        throttled: Refused for now, as each service says it.
        broken: Answered with 500, 502 or 503.
        slow: Answered late.
        lost: The connection ends before the call was carried out.
        unanswered: The connection ends after it was.
    """

    throttled: float = 0
    broken: float = 0
    slow: float = 0
    lost: float = 0
    unanswered: float = 0


class FaultyWay(Way):
    """A way on which calls go wrong by the dice.

    Attributes:
        faults: What goes wrong from now on.
        met: How often each fault was met.
        sealed: Whose writing is refused: the end of a path; "" for nothing's.
        expires_after: How many changes are made until every call is refused as that of expired
            credentials; None for no end.
    """

    def __init__(self, upstream: str) -> None:
        super().__init__(upstream)
        self.faults = Faults()
        self.met: Counter[str] = Counter()
        self.sealed = ""
        self.expires_after: int | None = None
        self._chance = random.Random(0)  # noqa: S311 # no secret

    def go_wrong(self, seed: int, faults: Faults) -> None:
        """Let calls go wrong from now on, by the dice of `seed`; count anew."""
        with self.turn:
            self.faults, self._chance = faults, random.Random(seed)  # noqa: S311 # no secret
            self.met = Counter()

    def answer(self, call: Call) -> Answer | None:
        """What the caller gets: the service's answer, a refusal, or none."""
        if not call.service:
            return self.forward(call)
        if self.expires_after is not None and len(self.changes) >= self.expires_after:
            return refusal("ExpiredToken", call.service, call.headers)
        if self.sealed and call.method == "PUT" and call.path.split("?")[0].endswith(self.sealed):
            return refusal("AccessDenied", call.service, call.headers)
        fault = self._fault()
        if fault == "throttled":
            return refusal("Throttled", call.service, call.headers)
        if fault == "broken":
            return unavailable(call.service, call.headers)
        if fault == "slow":
            time.sleep(SLOW)
        answer = None if fault == "lost" else self.forward(call)
        return None if fault == "unanswered" else answer

    def _fault(self) -> str:
        """What befalls the next call; "" for nothing."""
        with self.turn:
            self.met["calls"] += 1
            dice = self._chance.random()
            for name in ("throttled", "broken", "slow", "lost", "unanswered"):
                dice -= getattr(self.faults, name)
                if dice < 0:
                    self.met[name] += 1
                    return name
            return ""
