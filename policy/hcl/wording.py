"""How a value that only the apply will tell is named in a sentence."""

from __future__ import annotations

from typing import Final

from policy.hcl.values import Encoded, Lazy, Text, Unknown, Value

_LONGEST: Final = 80


def worded(value: Value) -> str:
    """Name a value for people: `aws_eip.a.public_ip`, `"${aws_eip.a.public_ip}/32"`, `a list`."""
    if isinstance(value, Unknown):
        return value.about or "what cannot be told"
    if isinstance(value, Text):
        parts = (part if isinstance(part, str) else f"${{{worded(part)}}}" for part in value.parts)
        joined = " ".join("".join(parts).split())
        return f'"{joined}"' if len(joined) <= _LONGEST else f'"{joined[:_LONGEST]}…"'
    if isinstance(value, Encoded):
        return f"{value.function}(…)"
    if isinstance(value, list):
        return "a list"
    return "an object" if isinstance(value, dict | Lazy) else str(value)
