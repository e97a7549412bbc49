"""What the AWS provider's schema says of a type's attributes and blocks, from generated files.

`attributes.json` and `blocks.json` are written by `python -m policy.types`; see `schema.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, Literal

from policy.types.table import FOLDER

Shape = dict[str, list[Any]]
"""The blocks of one level: by name, the nesting and the number of the shape below it."""

DEEP: Final = 64
"""Levels a path may have; the deepest block of the provider lies 20 below its type."""


class Blocks(Mapping[str, str]):
    """The nested blocks of a type: how each nests, by its dotted path.

    Built as it is asked, because the web ACL's statements nest into thousands of paths.
    """

    def __init__(self, shapes: list[Shape], top: int) -> None:
        self._shapes = shapes
        self._top = top

    def __getitem__(self, path: str) -> str:
        """Return the nesting at a path.

        Raises:
            KeyError: No nested block stands at the path.
        """
        nesting, number = "", self._top
        for name in path.split(".", DEEP):
            nesting, number = self._shapes[number][name]
        return nesting

    def __iter__(self) -> Iterator[str]:
        """Walk the paths, each block before those inside it."""
        below = [("", self._top)]
        while below:
            prefix, number = below.pop()
            for name, (_nesting, inner) in self._shapes[number].items():
                yield prefix + name
                below.append((f"{prefix}{name}.", inner))

    def __len__(self) -> int:
        """Count the paths."""
        return sum(1 for _ in self)


def group_attributes(type: str) -> tuple[str, ...]:  # noqa: A002 # Terraform's word
    """Return the dotted paths of a managed type whose values are security groups it carries.

    The groups that a rule names as its source or target, and the group it belongs to, are none.
    The values are ids, names or ARNs; of `aws_lambda_event_source_mapping` they are texts such as
    `security_group:sg-0123`.
    """
    return tuple(_attributes()["groups"].get(type, ()))


def subnet_attributes(type: str) -> tuple[str, ...]:  # noqa: A002
    """Return the dotted paths of a managed type whose values are ids or ARNs of subnets."""
    return tuple(_attributes()["subnets"].get(type, ()))


def nested_blocks(
    type: str,  # noqa: A002
    mode: Literal["managed", "data"] = "managed",
) -> Mapping[str, str]:
    """Return how a type's nested blocks nest, by dotted path; empty for an unknown type.

    `list`, `set`, `map` and `single` are blocks. `list attribute` and `set attribute` are
    attributes of objects, which may be written as repeated blocks too, e.g. `ingress` of
    `aws_security_group`; blocks inside them carry the same names.
    """
    content = _blocks()
    top = content[mode].get(type)
    return {} if top is None else Blocks(content["shapes"], top)


@cache
def _attributes() -> dict[str, dict[str, list[str]]]:
    return json.loads((FOLDER / "attributes.json").read_text(encoding="utf-8"))


@cache
def _blocks() -> dict[str, Any]:
    return json.loads((FOLDER / "blocks.json").read_text(encoding="utf-8"))
