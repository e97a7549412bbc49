"""Everything in a plan that starts EC2 instances, and what it is registered with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Reference, Unknown, Value
from policy.network.launches import INTERFACE, Launch
from policy.network.routes import SUBNET_TYPES
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.groups import Group
    from policy.network.launches import Launches
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

GROUP_OF_INSTANCES: Final = "aws_autoscaling_group"
INSTANCES: Final = ("aws_instance", "aws_spot_instance_request")
FLEETS: Final = ("aws_ec2_fleet", "aws_spot_fleet_request")
HOST_TYPES: Final = frozenset({GROUP_OF_INSTANCES, *INSTANCES, *FLEETS})


@dataclass(frozen=True)
class Host:
    """One thing that starts instances: an Auto Scaling group, an instance, a fleet.

    Attributes:
        resource: It.
        launches: Every way in which its instances may be started.
        subnets: Where they may stand.
        groups: Every group that any of them may carry.
        extra: Resources beside the launches that give them groups.
    """

    resource: Resource = field(repr=False)
    launches: tuple[Launch, ...]
    subnets: tuple[Resource | Foreign | Unknown, ...]
    groups: tuple[Group | Unknown, ...]
    extra: tuple[Resource, ...] = ()

    @property
    def address(self) -> str:
        """Its resource's address."""
        return self.resource.address


@dataclass(frozen=True)
class Attached:
    """What is attached to a host beside its launch.

    Attributes:
        by: The resource that attaches it.
        groups: The groups that come with it.
        places: The subnets that come with it.
    """

    by: Resource
    groups: list[Group | Unknown]
    places: list[Resource | Foreign | Unknown]


class Hosts:
    """The hosts of a plan."""

    def __init__(self, plan: Plan, launches: Launches) -> None:
        self._plan = plan
        self._launches = launches
        self._instances = plan.of_type(*INSTANCES)
        self.all = tuple(self._host(one) for one in plan.of_type(*sorted(HOST_TYPES)))

    def at(self, resource: Resource) -> Host | None:
        """Return the host that a resource is."""
        return next((host for host in self.all if host.resource is resource), None)

    def _host(self, resource: Resource) -> Host:
        if resource.type == GROUP_OF_INSTANCES:
            launches = tuple(self._of_group(resource))
            subnets = self._subnets(self._plan.value(resource, "vpc_zone_identifier"), resource)
        elif resource.type in INSTANCES:
            launches = tuple(self._of_instance(resource))
            subnets = ()
        else:
            launches = tuple(self._of_fleet(resource))
            subnets = ()
        own = tuple(subnet for launch in launches for subnet in launch.subnets)
        places = (*subnets, *own) or (Unknown("stands in a subnet that AWS picks"),)
        default = self._launches.default_group(places)
        groups = [group for launch in launches for group in launch.groups or (default,)]
        extra = self._attachments(resource)
        groups += [group for one in extra for group in one.groups]
        places = (*places, *(place for one in extra for place in one.places))
        return Host(resource, launches, places, tuple(groups), tuple(one.by for one in extra))

    def _of_group(self, resource: Resource) -> Iterator[Launch]:
        found = False
        for spec in self._specs(self._plan.blocks(resource, "launch_template")):
            found = True
            yield self._launches.template(spec, resource)
        policies = self._plan.blocks(resource, "mixed_instances_policy")
        for policy in self._specs(policies):
            for template in _nested(policy, "launch_template"):
                found = True
                specs = _nested(template, "launch_template_specification")
                for spec in specs:
                    yield self._launches.template(spec, resource)
                for override in _nested(template, "override"):
                    for spec in _nested(override, "launch_template_specification"):
                        yield self._launches.template(spec, resource)
        value = self._plan.value(resource, "launch_configuration")
        own = isinstance(value, Reference) and value.address == resource.address
        if value not in (None, "") and not own:
            found = True
            yield self._configuration(value, resource)
        if not found:
            why = "starts instances in a way that cannot be told"
            yield Launch(resource, (Unknown(why),), problem=why)

    def _specs(self, blocks: list[dict[str, Value]] | Unknown) -> list[dict[str, Any]]:
        if isinstance(blocks, Unknown):
            return [{"id": Unknown(blocks.why, "launch template")}]
        return blocks

    def _configuration(self, value: Value, at: Resource) -> Launch:
        kinds = frozenset({"aws_launch_configuration"})
        found = self._plan.identify(value, kinds, ("id", "name"))
        if isinstance(found, Foreign | Unknown):
            why = "starts instances from a launch configuration that is not in the plan"
            return Launch(at, (Unknown(why),), problem=why)
        return self._launches.of(found)

    def _of_instance(self, resource: Resource) -> Iterator[Launch]:
        own = self._launches.of(resource)
        specs = self._specs(self._plan.blocks(resource, "launch_template"))
        if not specs:
            yield own
        for spec in specs:
            template = self._launches.template(spec, resource)
            # What the instance says itself overrides its template; both are judged where both are.
            groups = own.groups or template.groups
            yield Launch(
                resource=resource,
                groups=groups,
                group_attribute=own.group_attribute,
                public_address=template.public_address
                if own.public_address is None
                else own.public_address,
                subnets=own.subnets or template.subnets,
                problem=template.problem,
                beneath=template,
            )

    def _of_fleet(self, resource: Resource) -> Iterator[Launch]:
        """A fleet overrides groups and subnets in ways that the gate does not read."""
        why = "starts instances as a fleet, whose overrides the gate does not read"
        for config in self._specs(self._plan.blocks(resource, "launch_template_config")):
            for spec in _nested(config, "launch_template_specification"):
                yield self._launches.template(spec, resource)
        yield Launch(resource, (Unknown(why),), problem=why)

    def _subnets(
        self, value: Value, resource: Resource
    ) -> tuple[Resource | Foreign | Unknown, ...]:
        if isinstance(value, Reference) and value.address == resource.address:
            return ()
        if isinstance(value, list):
            return tuple(self._plan.identify(one, SUBNET_TYPES, ("id",)) for one in value)
        return () if value is None else (Unknown("stands in subnets that cannot be told"),)

    def _attachments(self, host: Resource) -> list[Attached]:
        """Return what gives an instance further groups: attached interfaces and groups.

        An attachment whose other end cannot be told may be to any host, an Auto Scaling group's
        included.
        """
        found: list[Attached] = []
        for attachment in self._plan.of_type("aws_network_interface_attachment"):
            if self._may_be(self._plan.value(attachment, "instance_id"), host):
                interface = self._plan.value(attachment, "network_interface_id")
                groups = self._launches.of_interface(interface)
                found.append(Attached(attachment, groups, self._launches.places(interface)))
        for interface in self._plan.of_type(*INTERFACE):
            blocks = self._plan.blocks(interface, "attachment")
            ends = (
                [blocks] if isinstance(blocks, Unknown) else [one.get("instance") for one in blocks]
            )
            if any(self._may_be(end, host) for end in ends):
                own = Reference(interface.address, ("id",))
                groups = self._launches.interface_groups(interface)
                found.append(Attached(interface, groups, self._launches.places(own)))
        for attachment in self._plan.of_type("aws_network_interface_sg_attachment"):
            if self._may_be_interface(self._plan.value(attachment, "network_interface_id"), host):
                group = self._plan.value(attachment, "security_group_id")
                found.append(Attached(attachment, self._launches.identify_group(group), []))
        return found

    def _may_be(self, value: Value, host: Resource) -> bool:
        """Tell whether an instance's id may be one of a host's."""
        found = self._plan.identify(value, frozenset(INSTANCES), ("id",))
        return found is host or isinstance(found, Foreign | Unknown)

    def _may_be_interface(self, value: Value, host: Resource) -> bool:
        """Tell whether an interface's id may be that of one of a host's own interfaces."""
        if isinstance(value, Reference):
            found = self._plan.at(value.address)
            if found is not None and found.mode == "managed":
                return found is host
            return True
        if isinstance(value, str):
            if value == host.after.get("primary_network_interface_id"):
                return True
            known = self._plan.identify(value, INTERFACE, ("id",))
            others = (one.after.get("primary_network_interface_id") for one in self._instances)
            return isinstance(known, Foreign) and value not in others
        return True


def _nested(block: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = block.get(name)
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list):
        return [
            one if isinstance(one, dict) else {"id": Unknown("cannot be told", name)}
            for one in value
        ]
    return [] if value is None else [{"id": Unknown("cannot be told", name)}]
