"""What a check of the checklist finds."""

from dataclasses import dataclass

from harness.checklist.stack import Resource


@dataclass(frozen=True)
class Proof:
    """Something that speaks for a task.

    Attributes:
        resource: What it is read off.
        shows: The values that prove it.
    """

    resource: Resource
    shows: str


@dataclass(frozen=True)
class Lack:
    """Something that a task still lacks.

    Attributes:
        sentence: What, and where.
    """

    sentence: str
