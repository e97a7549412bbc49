"""The one error of the gate's own making: it could not judge."""

from __future__ import annotations


class CannotJudgeError(Exception):
    """The gate cannot judge what it was given; the message is one sentence that says why."""
