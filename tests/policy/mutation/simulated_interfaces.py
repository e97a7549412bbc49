"""Whatever in a plan carries security groups: the oracle's list of network interfaces."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tests.policy.mutation.reading import Reading, Resource


@dataclass(frozen=True)
class Interface:
    """A network interface, or the like of many: who has it, its groups and subnets."""

    kind: Literal["load balancer", "instance", "other"]
    name: str
    groups: frozenset[str]
    subnets: tuple[str, ...] = ()
    public: bool = False


def interfaces(reading: Reading) -> list[Interface]:
    """Everything in the plan that carries security groups."""
    found = [*_load_balancers(reading), *_instances(reading)]
    plain = {
        "aws_network_interface": ("security_groups",),
        "aws_ec2_instance_connect_endpoint": ("security_group_ids",),
        "aws_lambda_function": ("vpc_config", 0, "security_group_ids"),
        "aws_vpc_endpoint": ("security_group_ids",),
    }
    for kind, path in plain.items():
        for resource in reading.of_type(kind):
            groups = groups_of(reading, resource, *path)
            found.append(Interface("other", resource.address, groups))
    return found


def groups_of(reading: Reading, resource: Resource, *path: str | int) -> frozenset[str]:
    """The groups that an attribute lists, each by its address or as a foreign one."""
    value = reading.value(resource, *path)
    members = value if isinstance(value, list) else [value]
    return frozenset(name for name in map(reading.owner, members) if name)


def _load_balancers(reading: Reading) -> Iterator[Interface]:
    for balancer in reading.of_type("aws_lb"):
        application = reading.value(balancer, "load_balancer_type") in (None, "application")
        yield Interface(
            "load balancer" if application else "other",
            balancer.address,
            groups_of(reading, balancer, "security_groups"),
            subnets_of(reading, balancer, "subnets"),
            public=reading.value(balancer, "internal") is not True,
        )


def subnets_of(reading: Reading, resource: Resource, attribute: str) -> tuple[str, ...]:
    """The subnets that an attribute lists."""
    return tuple(map(reading.owner, reading.many(resource, attribute)))


def _instances(reading: Reading) -> Iterator[Interface]:
    for scaling in reading.of_type("aws_autoscaling_group"):
        policy = ("mixed_instances_policy", 0, "launch_template", 0)
        paths = [(*block, "id") for block in reading.blocks(scaling, "launch_template")]
        if reading.blocks(scaling, "mixed_instances_policy"):
            name = "launch_template_id"
            paths.append((*policy, "launch_template_specification", 0, name))
            for block in reading.blocks(scaling, *policy, "override"):
                inner = reading.blocks(scaling, *block, "launch_template_specification")
                paths += [(*path, name) for path in inner]
        for address in {reading.owner(reading.value(scaling, *path)): 0 for path in paths}:
            template = reading.resources[address]
            subnets = subnets_of(reading, scaling, "vpc_zone_identifier")
            yield _launched(reading, template, scaling.address, subnets)
    for instance in reading.of_type("aws_instance"):
        yield Interface(
            "instance",
            instance.address,
            groups_of(reading, instance, "vpc_security_group_ids"),
            (reading.owner(reading.value(instance, "subnet_id")),),
            public=reading.value(instance, "associate_public_ip_address") is True,
        )


def _launched(
    reading: Reading, template: Resource, scaling: str, subnets: tuple[str, ...]
) -> Interface:
    groups = set(groups_of(reading, template, "vpc_security_group_ids"))
    groups.discard(template.address)  # unset: the provider will know it
    asked: set[Any] = set()
    for block in reading.blocks(template, "network_interfaces"):
        groups |= groups_of(reading, template, *block, "security_groups")
        asked.add(str(reading.value(template, *block, "associate_public_ip_address")).lower())
    mapped = any(
        reading.value(reading.resources[name], "map_public_ip_on_launch") is True
        for name in subnets
        if name in reading.resources
    )
    public = "true" in asked or (mapped and "false" not in asked)
    name = f"{scaling} by {template.address}"
    return Interface("instance", name, frozenset(groups), subnets, public=public)
