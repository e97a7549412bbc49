"""The text that `jsonencode` and `yamlencode` write, to the last character."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from policy.hcl.conversion import UnsortedSet, doubt, number_text

if TYPE_CHECKING:
    from policy.hcl.values import Value

ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
ESCAPED = re.compile("[<>&\u2028\u2029]")
PLAIN_YAML = re.compile(r"[\x20-\x7e]*")


def json_text(value: Value) -> str:  # noqa: PLR0911 # a case, a return
    """Write a known value as Go's encoder does: sorted keys, no spaces, `<>&` escaped.

    Raises:
        DoubtError: Digits or an order are not certain.
    """
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False)
        return ESCAPED.sub(lambda found: ESCAPES[found.group()], text)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if value is None:
        return "null"
    if isinstance(value, UnsortedSet) and len(value) > 1:
        doubt("the order of a set is not certain")
    if isinstance(value, list):
        return f"[{','.join(map(json_text, value))}]"
    if isinstance(value, dict):
        pairs = (f"{json_text(key)}:{json_text(value[key])}" for key in sorted(value))
        return f"{{{','.join(pairs)}}}"
    return doubt("a part is known only after the apply")


def yaml_text(value: Value) -> str:
    """Write a known value as Terraform's YAML encoder does: quoted strings, indented blocks.

    Raises:
        DoubtError: A string in it holds more than printable ASCII.
    """
    return "\n".join(_yaml_lines(value)) + "\n"


def _yaml_lines(value: Value) -> list[str]:
    if isinstance(value, dict) and value:
        lines: list[str] = []
        for key in sorted(value):
            inner, head = value[key], f"{_yaml_scalar(key)}:"
            if isinstance(inner, dict | list) and inner:
                indent = "  " if isinstance(inner, dict) else ""
                lines += [head, *(indent + line for line in _yaml_lines(inner))]
            else:
                lines.append(f"{head} {_yaml_lines(inner)[0]}")
        return lines
    if isinstance(value, UnsortedSet) and len(value) > 1:
        doubt("the order of a set is not certain")
    if isinstance(value, list) and value:
        lines = []
        for item in value:
            first, *rest = _yaml_lines(item)
            lines += [f"- {first}", *(f"  {line}" for line in rest)]
        return lines
    return [_yaml_scalar(value)]


def _yaml_scalar(value: Value) -> str:
    if isinstance(value, str) and not PLAIN_YAML.fullmatch(value):
        doubt("this text in YAML is not modelled")
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, dict):
        return "{}"
    return "[]" if isinstance(value, list) else json_text(value)
