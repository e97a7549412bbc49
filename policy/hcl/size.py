"""Bounds on work and on size, so that no configuration keeps the gate busy."""

from __future__ import annotations

from policy.hcl.conversion import TooLargeError
from policy.hcl.values import Encoded, Text, Value

STEPS = 2_000_000
LONGEST = 1_000_000
"""The longest string, in characters: far beyond the 16 KiB of user data."""


class Budget:
    """What one evaluation may still do."""

    def __init__(self) -> None:
        self._left = STEPS

    def spend(self, steps: int) -> None:
        """Take off work that is done.

        Raises:
            TooLargeError: Nothing is left.
        """
        self._left -= steps
        if self._left < 0:
            raise TooLargeError

    def spend_on(self, value: Value) -> None:
        """Take off a value's size, counted as if nothing in it were shared.

        Raises:
            TooLargeError: It is too large, or too deep.
        """
        waiting: list[Value] = [value]
        while waiting:
            item = waiting.pop()
            self.spend(1)
            if isinstance(item, str):
                if len(item) > LONGEST:
                    raise TooLargeError
                self.spend(len(item) // 16)
            elif isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                waiting.extend(item.values())
            elif isinstance(item, Text):
                waiting.extend(item.parts)
            elif isinstance(item, Encoded):
                waiting.append(item.content)
