"""What the gate says about a plan: findings, passages, and the verdict they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["refused", "warning"]
Outcome = Literal["passed", "refused", "warning", "not applicable"]


@dataclass(frozen=True)
class Packet:
    """A packet that would be let through: the counterexample a person can check.

    Attributes:
        source: An address with its meaning, "0.0.0.0 (the internet)", or a resource's address.
        protocol: "tcp", "udp", "icmp" or a protocol number as text.
        port: The destination port as text; "any" where the protocol has none.
        target: What it reaches: a resource's address.
        via: The addresses of the resources that let it through, in the packet's order.
    """

    source: str
    protocol: str
    port: str
    target: str
    via: tuple[str, ...] = ()

    def __str__(self) -> str:
        way = f", by way of {', '.join(self.via)}" if self.via else ""
        return f"{self.source} → {self.target}, {self.protocol} {self.port}{way}"


@dataclass(frozen=True)
class Location:
    """Where a resource is written.

    Attributes:
        path: The file, as the configuration names it: "main.tf", "modules/backend/main.tf".
        line: The first line, counted from 1.
    """

    path: str
    line: int


@dataclass(frozen=True)
class Finding:
    """One thing that speaks against a plan.

    Attributes:
        requirement: The id of the requirement it breaks: "alb-ingress".
        level: "refused" denies the plan, "warning" does not.
        address: The resource at fault, or "plan" where there is none.
        message: One sentence: what is wrong, with the value found.
        mend: One sentence: what to change so that it passes.
        packet: What would be let through, where it is about a path.
        attribute: The attribute at fault, or empty.
        location: Where the resource is written, when the plan file shows it.
    """

    requirement: str
    level: Level
    address: str
    message: str
    mend: str
    packet: Packet | None = None
    attribute: str = ""
    location: Location | None = None


@dataclass(frozen=True)
class Passage:
    """A row of the matrix: who reaches what, on which port, proven by which resources.

    Attributes:
        source: Who: an address range with its meaning, or a resource.
        target: What is reached.
        protocol: "tcp", or "all".
        ports: "443", "1024-65535" or "all".
        via: The addresses of the resources that prove it.
        wanted: Whether the passage is one of the two that shall exist.
    """

    source: str
    target: str
    protocol: str
    ports: str
    via: tuple[str, ...]
    wanted: bool = True


@dataclass(frozen=True)
class Judged:
    """How one requirement came out.

    Attributes:
        requirement: Its id.
        title: Its one-line statement.
        outcome: passed, refused, warning, or not applicable.
        note: Why it does not apply, or what was proven; may be empty.
    """

    requirement: str
    title: str
    outcome: Outcome
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """All that the gate says about one plan.

    Attributes:
        findings: Refusals first, then warnings, each in the order of the requirements.
        passages: The matrix.
        judged: Every requirement with its outcome, in the order of the table.
        plan: The plan file's name as it was given.
        plan_sha256: The digest of the judged file, lower-case hexadecimal.
        intent: One line: against which ranges and origin it was judged.
    """

    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]
    judged: tuple[Judged, ...]
    plan: str
    plan_sha256: str
    intent: str

    @property
    def allowed(self) -> bool:
        """Whether nothing refuses the plan."""
        return not any(finding.level == "refused" for finding in self.findings)
