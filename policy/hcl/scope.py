"""What the names in an expression stand for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from policy.hcl.values import Unknown

if TYPE_CHECKING:
    from policy.hcl.values import Value


class Scope(ABC):
    """What the names in an expression stand for; the plan's model implements it.

    Attributes:
        each: `each.key` and `each.value`, where there is a `for_each`.
        count_index: `count.index`, where there is a `count`.
        workspace: `terraform.workspace`, if known.
    """

    each: tuple[Value, Value] | None = None
    count_index: int | None = None
    workspace: str | None = None

    @abstractmethod
    def variable(self, name: str) -> Value:
        """Return `var.name`."""

    @abstractmethod
    def local(self, name: str) -> Value:
        """Return `local.name`."""

    @abstractmethod
    def resource(self, mode: str, type: str, name: str) -> Value:  # noqa: A002 # Terraform's word
        """Return a resource: one object, a list by `count`, a map by `for_each`."""

    @abstractmethod
    def module(self, name: str) -> Value:
        """Return a module call's outputs: one object, a list by `count`, a map by `for_each`."""


class Empty(Scope):
    """A scope in which nothing has a name, as in a default."""

    def variable(self, name: str) -> Value:
        """Return that there is none."""
        return Unknown("nothing can be named here", f"var.{name}")

    def local(self, name: str) -> Value:
        """Return that there is none."""
        return Unknown("nothing can be named here", f"local.{name}")

    def resource(self, mode: str, type: str, name: str) -> Value:  # noqa: A002 # Terraform's word
        """Return that there is none."""
        return Unknown("nothing can be named here", f"{mode} {type}.{name}")

    def module(self, name: str) -> Value:
        """Return that there is none."""
        return Unknown("nothing can be named here", f"module.{name}")
