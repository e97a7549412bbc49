"""Something that is ours by where it stands, and by nothing that was written."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stranger:
    """Something that stands at one of our resources and in no state.

    Attributes:
        at: The address of that resource.
        what: What it is and what it opens, with AWS's id of it.
        remove: The command that takes it away.
        closes: For a rule of a security group, what `make close` must know to do that: its region,
            `ingress` or `egress`, the group's id and its own.
    """

    at: str
    what: str
    remove: str
    closes: tuple[str, str, str, str] | None = None

    def __str__(self) -> str:
        """Two lines: what it is, and how it goes."""
        return f"{self.at}: {self.what}, which no resource wrote\n      {self.remove}"
