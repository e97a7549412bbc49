"""Names that no other probe has."""

import itertools

_numbers = itertools.count(1)


def fresh_name() -> str:
    """A name for a resource."""
    return f"probe-{next(_numbers)}"
