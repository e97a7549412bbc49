"""Override files, merged as Terraform merges them.

Arguments and nested block types are replaced as a whole; `lifecycle` goes argument by argument.
Source: developer.hashicorp.com/terraform/language/files/override.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy.hcl import blocks
from policy.hcl.syntax import Body, ConfigurationError

if TYPE_CHECKING:
    from policy.hcl.blocks import Top


def is_override(path: str) -> bool:
    """Tell whether a file overrides the others, by its name."""
    stem = path.removesuffix(".json").removesuffix(".tf")
    return stem == "override" or stem.endswith("_override")


def merged(first: list[Top], over: list[Top], where: str) -> list[Top]:
    """Return a module's blocks with the override files' blocks merged into them.

    Args:
        first: The blocks of all other files.
        over: The blocks of the override files, in the order of the files' names.
        where: The module's folder, for errors.

    Raises:
        ConfigurationError: A block stands twice, or overrides none.
    """
    tops: dict[tuple[str, ...], Top] = {}
    rest: list[Top] = []
    for top in first:
        name = (top.type, *top.labels)
        if top.type in blocks.PLAIN:
            rest.append(top)
        elif name in tops:
            raise ConfigurationError(f"{where}{top.path} declares {'.'.join(name)} a second time.")
        else:
            tops[name] = top
    for top in over:
        name = (top.type, *top.labels)
        if top.type in blocks.PLAIN:
            rest.append(top)
        elif name not in tops:
            raise ConfigurationError(
                f"{where}{top.path} overrides {'.'.join(name)}, which is none."
            )
        else:
            tops[name] = replace(tops[name], body=_layered(tops[name].body, top.body))
    return [*tops.values(), *rest]


def _layered(first: Body, over: Body) -> Body:
    return Body(
        {**first.attributes, **over.attributes},
        lines={**first.lines, **over.lines},
        layers=(*(first.layers or (first,)), over),
    )
