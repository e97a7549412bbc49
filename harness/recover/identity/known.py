"""How a resource that stands in the account is recognised as one that the plan would make."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.recover.account import Account
from harness.recover.planned import Planned


@dataclass(frozen=True)
class Found:
    """Something in the account that is what a planned resource would be.

    Attributes:
        id: What `terraform import` takes for it.
        how: What it was recognised by.
        name: Its id or ARN as AWS tells it, where that is not `id`.
    """

    id: str
    how: str
    name: str = ""


@dataclass(frozen=True)
class Left:
    """A type that is never adopted, as making it again neither doubles nor changes anything.

    Attributes:
        reason: Why that is so.
    """

    reason: str


Find = Callable[[Planned, Account], Iterable[Found]]
"""Yields what the account has for a planned resource; more than one is an ambiguity."""

Identities = Mapping[str, Find | Left]
"""Each type of a service, and how it is found again."""


def bears(tags: Iterable[Mapping[str, Any]] | Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Whether AWS's list of tags, in any of its spellings, holds all that are wanted."""
    if isinstance(tags, Mapping):
        return wanted.items() <= tags.items()
    own = {
        tag.get("Key", tag.get("TagKey", tag.get("key"))): tag.get(
            "Value", tag.get("TagValue", tag.get("value"))
        )
        for tag in tags
    }
    return wanted.items() <= own.items()
