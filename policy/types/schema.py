"""Reads off the AWS provider's schema what the gate needs to know of attributes and blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping  # noqa: TC003
from typing import Any, Final, NamedTuple

from policy.types.table import PROVIDERS

Json = dict[str, Any]

GROUPS: Final = re.compile(r"security_?groups?(_ids?|s_ids|_names|_arns|_id_list|_memberships)?\Z")
SUBNETS: Final = re.compile(r"(\A|_)subnets?(_ids?|_arns?)?\Z|\Avpc_zone_identifier\Z")

NO_CARRIER: Final = frozenset(
    {
        "aws_eks_node_group.remote_access.source_security_group_ids",  # a rule's source
        "aws_elb.source_security_group",  # what others shall admit
        "aws_medialive_input.input_security_groups",  # MediaLive's own, no security groups
        "aws_vpc_security_group_vpc_association.security_group_id",  # lends the group to a VPC
    }
)
"""Attributes named like carried groups that are none."""

RULES: Final = re.compile(r"aws_(default_)?security_group(_rule)?|aws_vpc_security_group_\w+_rule")
"""Types whose attributes name groups as a rule's source, target or owner."""

HIDDEN: Final = {
    # For self-managed Kafka, `type` VPC_SECURITY_GROUP, `uri` "security_group:sg-0123".
    "aws_lambda_event_source_mapping": ["source_access_configuration.uri"],
}
"""Carried groups whose attribute's name does not say so, by type."""


class Step(NamedTuple):
    """One attribute or block on the walk through a schema.

    Attributes:
        path: Dotted.
        settable: Whether a configuration can give it a value; blocks always can.
        of_text: Whether it holds strings, alone or in a collection.
    """

    path: str
    settable: bool
    of_text: bool


def aws_schemas(document: Any) -> Json:
    """Return the AWS provider's part of `terraform providers schema -json`.

    Raises:
        ValueError: The document has no such part.
    """
    schemas = document.get("provider_schemas") if isinstance(document, dict) else None
    found = schemas.get(PROVIDERS["aws"]) if isinstance(schemas, dict) else None
    if not isinstance(found, dict) or "resource_schemas" not in found:
        raise ValueError(
            f"No schema of {PROVIDERS['aws']} in it; expected what"
            " `terraform providers schema -json` prints where that provider is required."
        )
    return found


def attribute_paths(schemas: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """Return by "groups" and "subnets" the dotted paths of every managed type that has some."""
    groups: dict[str, list[str]] = {}
    subnets: dict[str, list[str]] = {}
    for type_, schema in sorted(schemas["resource_schemas"].items()):
        texts = [step.path for step in _walk(schema["block"]) if step.settable and step.of_text]
        carried = [path for path in texts if GROUPS.search(path.rpartition(".")[2])]
        carried = [path for path in carried if f"{type_}.{path}" not in NO_CARRIER]
        if RULES.fullmatch(type_):
            carried = []
        carried += HIDDEN.get(type_, [])
        if carried:
            groups[type_] = sorted(carried)
        if joined := [path for path in texts if SUBNETS.search(path.rpartition(".")[2])]:
            subnets[type_] = sorted(joined)
    return {"groups": groups, "subnets": subnets}


def block_shapes(schemas: Mapping[str, Any]) -> Json:
    """Return every type's nested blocks, equal shapes once.

    Shape: `{"shapes": [{name: [nesting, index of a shape]}], "managed": {type: index}, "data":
    {type: index}}`. Types without blocks are left out.
    """
    shapes: list[Json] = []
    numbers: dict[str, int] = {}

    def number(level: Json) -> int:
        key = json.dumps(level, sort_keys=True)
        if key not in numbers:
            numbers[key] = len(shapes)
            shapes.append(dict(sorted(level.items())))
        return numbers[key]

    def shape_of(block: Mapping[str, Any]) -> int:
        level = {
            name: [f"{attribute['type'][0]} attribute", of_object(fields)]
            for name, attribute in block.get("attributes", {}).items()
            if (fields := _block_like(attribute.get("type"))) is not None and _settable(attribute)
        }
        level |= {
            name: [nested["nesting_mode"], shape_of(nested["block"])]
            for name, nested in block.get("block_types", {}).items()
        }
        return number(level)

    def of_object(fields: Mapping[str, Any]) -> int:
        return number(
            {
                name: [f"{type_[0]} attribute", of_object(inner)]
                for name, type_ in fields.items()
                if (inner := _block_like(type_)) is not None
            }
        )

    def tops(of_types: Mapping[str, Any]) -> dict[str, int]:
        found = {type_: shape_of(schema["block"]) for type_, schema in sorted(of_types.items())}
        return {type_: top for type_, top in found.items() if shapes[top]}

    managed = tops(schemas["resource_schemas"])
    data = tops(schemas["data_source_schemas"])
    return {"shapes": shapes, "managed": managed, "data": data}


def as_lines(content: Mapping[str, Any]) -> str:
    """Return JSON with a line for each entry of the two upper levels, so that a diff is read."""
    parts: list[str] = []
    for key, value in content.items():
        if isinstance(value, list):
            rows = [json.dumps(row, separators=(",", ":")) for row in value]
            parts.append(f'"{key}": [\n' + ",\n".join(rows) + "\n]")
        else:
            rows = [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in value.items()]
            parts.append(f'"{key}": {{\n' + ",\n".join(rows) + "\n}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _walk(block: Mapping[str, Any], prefix: str = "") -> Iterator[Step]:
    for name, attribute in block.get("attributes", {}).items():
        path = prefix + name
        if "nested_type" in attribute:
            yield from _walk(attribute["nested_type"], f"{path}.")
        else:
            yield from _walk_type(path, attribute["type"], settable=_settable(attribute))
    for name, nested in block.get("block_types", {}).items():
        yield from _walk(nested["block"], f"{prefix}{name}.")


def _walk_type(path: str, type_: Any, *, settable: bool) -> Iterator[Step]:
    while isinstance(type_, list) and type_[0] in {"list", "set", "map"}:
        type_ = type_[1]
    yield Step(path, settable, type_ == "string")
    if isinstance(type_, list) and type_[0] == "object":
        for name, inner in type_[1].items():
            yield from _walk_type(f"{path}.{name}", inner, settable=settable)


def _settable(attribute: Mapping[str, Any]) -> bool:
    return bool(attribute.get("optional") or attribute.get("required"))


def _block_like(type_: Any) -> Json | None:
    """Return the fields of a list or set of objects, which may be written as blocks."""
    if isinstance(type_, list) and type_[0] in {"list", "set"}:
        element = type_[1]
        if isinstance(element, list) and element[0] == "object":
            return element[1]
    return None
