"""What of a plan that only refreshes is drift, and what every first look shows.

Terraform reports whatever reads otherwise than it was written: a list that was null and comes back
empty, a bucket's policy that a resource of its own has since set. Drift is less and more than that:
a setting that the configuration makes and that reads otherwise, a resource that is gone, and a
rule in a security group that no resource wrote.
"""

from collections.abc import Iterator, Mapping
from typing import Any

EMPTY: tuple[Any, ...] = (None, "", [], {}, 0, False)
"""Values that the provider takes for one another, where a setting was left out."""

GROUP = "aws_security_group"
RULES = {
    "aws_vpc_security_group_egress_rule": "egress",
    "aws_vpc_security_group_ingress_rule": "ingress",
}

Rule = tuple[str, str, str, int, int, str]
"""Group's id, direction, protocol, first and last port, and the peer: a range, list or group."""


def drifted(plan: Mapping[str, Any]) -> list[str]:
    """A line for each thing that changed behind Terraform's back.

    Args:
        plan: The JSON of a plan made with `-refresh-only`.
    """
    settings = dict(_settings(plan["configuration"]["root_module"], ""))
    written = set(_written(plan))
    lines: list[str] = []
    for each in plan.get("resource_drift", []):
        address, before, after = each["address"], each["change"]["before"], each["change"]["after"]
        if after is None:
            lines.append(f"{address}: is gone")
            continue
        made = settings.get(_unindexed(address), frozenset())
        changed = [
            name
            for name in sorted(made & {*before, *after})
            if _plain(before.get(name)) != _plain(after.get(name))
        ]
        if changed:
            lines.append(f"{address}: {', '.join(changed)}")
        if each["type"] == GROUP:
            strange = sorted(set(_inside(after)) - written)
            lines += [f"{address}: {_said(rule)}, which no resource wrote" for rule in strange]
    return sorted(lines)


def _settings(module: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The names that the configuration sets, by a resource's address without keys."""
    for resource in module.get("resources", []):
        yield f"{prefix}{resource['address']}", frozenset(resource.get("expressions", {}))
    for name, call in module.get("module_calls", {}).items():
        yield from _settings(call["module"], f"{prefix}module.{name}.")


def _unindexed(address: str) -> str:
    """The address without the keys of `count` and `for_each`, which may hold dots."""
    kept, depth, quoted = "", 0, False
    for character in address:
        quoted ^= character == '"' and depth > 0
        depth += (character == "[") - (character == "]") if not quoted else 0
        if depth == 0 and character != "]":
            kept += character
    return kept


def _plain(value: Any) -> Any:
    """A value with nothing in it that is empty."""
    if isinstance(value, dict):
        plain = {name: _plain(each) for name, each in value.items()}
        value = {name: each for name, each in plain.items() if each is not None}
    elif isinstance(value, list):
        value = [each for each in map(_plain, value) if each is not None]
    return None if value in EMPTY else value


def _written(plan: Mapping[str, Any]) -> Iterator[Rule]:
    """The rules that are resources."""
    for resource in _resources(plan["prior_state"]["values"]["root_module"]):
        direction = RULES.get(resource["type"])
        if direction is not None:
            values = resource["values"]
            yield from _peers(
                values["security_group_id"],
                direction,
                values,
                [
                    values.get(name)
                    for name in (
                        *("cidr_ipv4", "cidr_ipv6", "prefix_list_id"),
                        "referenced_security_group_id",
                    )
                ],
            )


def _inside(group: Mapping[str, Any]) -> Iterator[Rule]:
    """The rules that a group has in AWS."""
    for direction in ("egress", "ingress"):
        for entry in group.get(direction) or []:
            lists = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")
            peers = [peer for name in lists for peer in entry.get(name) or []]
            own = [group["id"]] if entry.get("self") else []
            yield from _peers(
                group["id"], direction, entry | {"ip_protocol": entry["protocol"]}, [*peers, *own]
            )


def _peers(
    group: str, direction: str, values: Mapping[str, Any], peers: list[str | None]
) -> Iterator[Rule]:
    protocol = str(values["ip_protocol"])
    first, last = int(values["from_port"] or 0), int(values["to_port"] or 0)
    if protocol == "-1":  # with it ports count for nothing, and read back as 0, -1 or null
        first = last = 0
    for peer in peers:
        if peer:
            yield group, direction, protocol, first, last, peer


def _resources(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from _resources(child)


def _said(rule: Rule) -> str:
    _, direction, protocol, first, last, peer = rule
    ports = "everything" if protocol == "-1" else f"{protocol} {first}"
    span = f" to {last}" if last != first else ""
    return f"{direction} of {ports}{span} {'from' if direction == 'ingress' else 'to'} {peer}"
