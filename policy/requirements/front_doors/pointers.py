"""Endpoint services, VPC origins, accelerators, links: whatever points at what is protected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Encoded, Reference, Text, Unknown, Value
from policy.network.holders import at_path
from policy.requirements.front_doors.door import Door
from policy.types import target_attributes
from policy.verdict import Packet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case

# The table names the targets of types that are let through unread; of those that the proof reads,
# these can point at something beside what the proof follows.
_READ_AND_POINTING: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_cloudfront_distribution": ("origin.domain_name", "origin.vpc_origin_config"),
    "aws_vpc_security_group_vpc_association": ("security_group_id",),
}
_NAMED_BY: Final = ("id", "arn", "dns_name", "private_ip", "primary_network_interface_id")
_NAMED_BY_NAME: Final = frozenset(
    {"aws_autoscaling_group", "aws_launch_template", "aws_launch_configuration"}
)


def doors(case: Case) -> Iterator[Door]:
    """Yield what points at something protected, or at what cannot be told."""
    protected = _protected(case)
    for resource in case.plan.remaining:
        paths = target_attributes(resource.written_type) or _READ_AND_POINTING.get(
            resource.type, ()
        )
        for path in paths:
            first, *rest = path.split(".")
            for value in at_path(case.plan.value(resource, first), rest):
                for one in value if isinstance(value, list) else [value]:
                    door = _opened(resource, path, one, protected)
                    if door is not None:
                        yield door


def _opened(
    resource: Resource, path: str, value: Value, protected: Mapping[str, Resource]
) -> Door | None:
    mentioned = _mentioned(value)
    looked_up = next((one for one in mentioned if ".data." in f".{one}"), "")
    if isinstance(value, Unknown) or looked_up:
        why = value.why if isinstance(value, Unknown) else f"is read by {looked_up}"
        return Door(
            resource,
            f"What {resource.address} points at cannot be told ({why}); it may be protected.",
            path,
            "Name its target by a plain reference or a literal.",
        )
    if isinstance(value, str) and value:
        mentioned = [address for address, one in protected.items() if value in _names(one)]
    address = next((one for one in mentioned if one in protected and one != resource.address), "")
    if not address:
        return None
    return Door(
        resource,
        f"{resource.address} opens another way to {address}.",
        path,
        packet=Packet("0.0.0.0 (whoever reaches it)", "tcp", "any", address, (resource.address,)),
    )


def _names(resource: Resource) -> set[Any]:
    """Return the known values by which others name a resource."""
    named = _NAMED_BY if resource.type not in _NAMED_BY_NAME else (*_NAMED_BY, "name")
    return {resource.after.get(attribute) for attribute in named}


def _protected(case: Case) -> dict[str, Resource]:
    network = case.network
    found: list[Resource] = [
        *(front.resource for front in network.fronts),
        *(listener for front in network.fronts for listener in front.listeners),
        *network.target_groups.values(),
        *(host.resource for host in network.inference),
        *(launch.resource for host in network.inference for launch in host.launches),
        *(one for host in network.inference for one in host.extra),
        *network.subnets.values(),
        *network.vpcs.values(),
        *(one for name in network.trusted_groups if (one := case.plan.at(name)) is not None),
    ]
    return {one.address: one for one in found}


def _mentioned(value: Any) -> list[str]:
    """Return the addresses of all resources that a value speaks of, at any depth."""
    found: list[str] = []
    waiting: list[Any] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Reference):
            found.append(one.address)
        elif isinstance(one, Text):
            waiting.extend(one.parts)
        elif isinstance(one, Encoded):
            waiting.append(one.content)
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return found
