"""A module's README: what it is, its inputs and its outputs, generated from the class."""

import inspect
import json
from collections.abc import Iterable, Mapping
from itertools import chain

from modules.base.interface import Variable, terraform_type


def readme(
    name: str,
    docstring: str,
    variables: Iterable[Variable],
    outputs: Mapping[str, str],
    aliases: Iterable[str] = (),
) -> str:
    """The README of one module in Markdown.

    Args:
        name: The module's name.
        docstring: The class's docstring: what the module makes and why so.
        variables: Its inputs.
        outputs: Its outputs: name and description.
        aliases: The further AWS providers it needs, such as `us_east_1`.
    """
    parts = [f"# {name}", inspect.cleandoc(docstring)]
    if names := list(aliases):
        listed = ", ".join(f"`aws.{alias}`" for alias in names)
        parts.append(f"Pass these providers besides `aws`: {listed}.")
    parts += ["## Inputs", inputs_table(variables), "## Outputs", outputs_table(outputs)]
    return "\n\n".join(parts) + "\n"


def inputs_table(variables: Iterable[Variable]) -> str:
    """Name, type, default and meaning of every variable, required ones first."""
    ordered = sorted(variables, key=lambda v: (not v.required, v.name))
    rows = [row for variable in ordered for row in _rows(variable, variable.name)]
    return table(("name", "type", "default", "what it is"), rows)


def outputs_table(outputs: Mapping[str, str]) -> str:
    """Name and meaning of every output."""
    rows = [(f"`{name}`", description) for name, description in sorted(outputs.items())]
    return table(("name", "what it is"), rows)


def _rows(variable: Variable, address: str) -> list[tuple[str, ...]]:
    """A row for the variable and one for each attribute, if it is an object."""
    rules = [rule.message[0].upper() + rule.message[1:] for rule in variable.rules]
    row = (
        f"`{address}`",
        "object" if variable.attributes else f"`{terraform_type(variable.hint)}`",
        "required" if variable.required else f"`{json.dumps(variable.default)}`",
        " ".join([variable.description, *rules]),
    )
    attributes = (_rows(inner, f"{address}.{inner.name}") for inner in variable.attributes)
    return [row, *chain.from_iterable(attributes)]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    escaped = ([cell.replace("|", "\\|") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in escaped)
