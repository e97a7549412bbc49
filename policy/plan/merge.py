"""Fills what a plan's JSON leaves open with what the configuration says."""

from __future__ import annotations

from typing import Any, Final

from policy.hcl.values import Unknown, Value, certain

AFTER_APPLY: Final = Unknown("is known only after the apply")
_MISSING: Final = object()


def any_unknown(mark: object) -> bool:
    """Tell whether an `after_unknown` mark says that anything is unknown, at any depth."""
    waiting: list[object] = [mark]
    while waiting:
        one = waiting.pop()
        if one is True:
            return True
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return False


def fill(planned: Any, unknown: Any, written: Any = _MISSING) -> Value:
    """Return the planned value with its unknown parts taken from the evaluated configuration.

    Args:
        planned: What the plan's JSON shows.
        unknown: The `after_unknown` mark of the same shape.
        written: What the configuration's expression is worth; leave out where it has none.
    """
    if not any_unknown(unknown):
        return planned
    if unknown is True:
        return AFTER_APPLY if written is _MISSING else written
    if isinstance(unknown, dict) and isinstance(planned, dict):
        given = written if isinstance(written, dict) else {}
        missing = written if isinstance(written, Unknown) else _MISSING
        return {
            key: fill(planned.get(key), unknown.get(key), given.get(key, missing))
            for key in {**planned, **unknown}
        }
    if isinstance(unknown, list) and isinstance(planned, list):
        return _fill_list(planned, unknown, written)
    return AFTER_APPLY if written is _MISSING else written


def _fill_list(planned: list[Any], unknown: list[Any], written: Any) -> Value:
    marks = [*unknown, *[False] * (len(planned) - len(unknown))]
    items = [*planned, *[None] * (len(marks) - len(planned))]
    if isinstance(written, list) and len(written) == len(items):
        partners = _partners(items, marks, written)
        if partners is None:
            # A set's elements stand in an order of their own; the configuration has them all.
            return written
        return [fill(*three) for three in zip(items, marks, partners, strict=True)]
    if written is _MISSING or isinstance(written, Unknown):
        return [fill(item, mark) for item, mark in zip(items, marks, strict=True)]
    return written


def _partners(items: list[Any], marks: list[Any], written: list[Value]) -> list[Value] | None:
    """Pair each planned element with the one written element that agrees with it."""
    if len(items) == 1:
        return written
    if all(_agree(*three) for three in zip(items, marks, written, strict=True)):
        return written
    return None


def _agree(planned: Any, unknown: Any, written: Value) -> bool:
    """Tell whether the known parts of a planned element may come from the written one."""
    if isinstance(planned, dict) and isinstance(written, dict):
        marks = unknown if isinstance(unknown, dict) else {}
        return all(
            _agree(planned.get(key), marks.get(key, False), value) for key, value in written.items()
        )
    if written is None or any_unknown(unknown) or not certain(written):
        return True
    return str(planned).lower() == str(written).lower()
