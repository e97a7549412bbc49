"""One other way in, before it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from policy.plan.resources import Resource
    from policy.verdict import Packet

REMOVE: Final = "Remove it: the load balancer's listener is the one way in."


@dataclass(frozen=True)
class Door:
    """Something that opens another way to what is protected, or may.

    Attributes:
        resource: What opens it.
        message: One sentence that says how.
        attribute: The attribute at fault, or empty.
        mend: One sentence: what to change.
        packet: What would come through, where that can be told.
    """

    resource: Resource
    message: str
    attribute: str = ""
    mend: str = REMOVE
    packet: Packet | None = None
