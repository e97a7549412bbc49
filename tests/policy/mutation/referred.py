"""What the oracle's expressions can refer to."""

from typing import Any, Protocol


class World(Protocol):
    """What an expression can refer to."""

    def variable(self, module: str, name: str) -> Any:
        """A module's input."""
        ...

    def local(self, module: str, name: str) -> Any:
        """A module's local value."""
        ...

    def output(self, module: str, name: str) -> Any:
        """A child module's output."""
        ...

    def instance(self, module: str, kind: str, name: str, index: Any) -> Any:
        """One instance of a resource, as something with attributes; None where it is absent."""
        ...

    def instances(self, module: str, kind: str, name: str) -> list[Any]:
        """All instances of a resource."""
        ...

    def attribute(self, instance: Any, name: str) -> Any:
        """An attribute of an instance."""
        ...
