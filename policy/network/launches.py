"""What instances are started with: groups, addresses, volumes, user data, from every source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Reference, Unknown, Value
from policy.network.routes import SUBNET_TYPES
from policy.plan.merge import AFTER_APPLY
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.groups import Group, Groups
    from policy.network.routes import Routes
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

TEMPLATE: Final = frozenset({"aws_launch_template"})
INTERFACE: Final = frozenset({"aws_network_interface"})
_OWN_INTERFACES: Final = ("network_interfaces", "network_interface", "primary_network_interface")


@dataclass(frozen=True)
class Launch:
    """One way in which instances are started.

    Attributes:
        resource: What describes it: a launch template, launch configuration or instance.
        groups: The security groups its interfaces carry, each known or not.
        group_attribute: The attribute that names them.
        public_address: True, False, None where the subnet decides, or unknown.
        subnets: The subnets it names itself.
        problem: Why it cannot be told how the instances are started, or empty.
        beneath: The template that an instance starts from and partly overrides.
    """

    resource: Resource = field(repr=False)
    groups: tuple[Group | Unknown, ...]
    group_attribute: str = "vpc_security_group_ids"
    public_address: Value = None
    subnets: tuple[Resource | Foreign | Unknown, ...] = ()
    problem: str = ""
    beneath: Launch | None = None


class Launches:
    """Reads launch templates, launch configurations and instances alike."""

    def __init__(self, plan: Plan, groups: Groups, routes: Routes) -> None:
        self._plan = plan
        self._groups = groups
        self._routes = routes

    def template(self, spec: dict[str, Value], at: Resource) -> Launch:
        """Follow a `launch_template` block to the template it names.

        Args:
            spec: The block: `id` or `launch_template_id`, or a name, and a version.
            at: The resource that holds the block.
        """
        for key in ("id", "launch_template_id", "name", "launch_template_name"):
            value = spec.get(key)
            # A reference to the block's own computed twin (id beside name) tells nothing.
            own = isinstance(value, Reference) and value.address == at.address
            if value in (None, "") or own or (isinstance(value, Unknown) and not value.about):
                continue
            found = self._plan.identify(value, TEMPLATE, ("id", "name"))
            if isinstance(found, Foreign):
                return _cannot(at, f"starts instances from {found.name}, which is not in the plan")
            if isinstance(found, Unknown):
                return _cannot(at, f"starts instances from a launch template that {found.why}")
            stale = self._stale(found, spec.get("version"))
            return _cannot(at, stale) if stale else self.of(found)
        return _cannot(at, "starts instances from a launch template that cannot be told")

    def of(self, resource: Resource) -> Launch:
        """Read a launch template, a launch configuration, or an instance's own settings."""
        classic = resource.type == "aws_launch_configuration"
        attribute = "security_groups" if classic else "vpc_security_group_ids"
        subnets: list[Resource | Foreign | Unknown] = []
        # Where the attribute is computed, the subnet decides.
        public = self._own_or_none(resource, "associate_public_ip_address")
        listed = self._own_or_none(resource, attribute)
        groups = [] if listed in (None, []) else self._groups.identify_all(listed)
        if self._own_or_none(resource, "security_group_names") not in (None, []):
            groups.append(Unknown("names groups of EC2-Classic"))
        if _is_set(subnet := self._plan.value(resource, "subnet_id"), resource):
            subnets.append(self._plan.identify(subnet, SUBNET_TYPES, ("id",)))
        for block in self._interfaces(resource):
            attribute = "network_interfaces"
            if isinstance(block, Unknown):
                groups.append(block)
                continue
            if _is_set(interface := block.get("network_interface_id"), resource):
                groups += self.of_interface(interface)
                subnets += self.places(interface)
                continue
            inner = block.get("security_groups")
            groups += [] if inner in (None, []) else self._groups.identify_all(inner)
            if inner in (None, []) and listed in (None, []):
                groups.append(self._default(block.get("subnet_id")))
            if block.get("subnet_id") not in (None, ""):
                subnets.append(self._plan.identify(block.get("subnet_id"), SUBNET_TYPES, ("id",)))
            public = _wider(public, block.get("associate_public_ip_address"))
            public = _wider(public, block.get("associate_carrier_ip_address"))
        return Launch(
            resource=resource,
            groups=tuple(groups),
            group_attribute=attribute,
            public_address=public,
            subnets=tuple(subnets),
        )

    def _own_or_none(self, resource: Resource, name: str) -> Value:
        value = self._plan.value(resource, name)
        return None if _is_own(value, resource) else value

    def of_interface(self, value: Value) -> list[Group | Unknown]:
        """Return the groups that a network interface carries, later attachments included."""
        found = self._plan.identify(value, INTERFACE, ("id",))
        if isinstance(found, Foreign):
            return [Unknown(f"carries the network interface {found.name}, not in the plan")]
        if isinstance(found, Unknown):
            return [found]
        return self.interface_groups(found)

    def interface_groups(self, interface: Resource) -> list[Group | Unknown]:
        """Return the groups of a network interface of the plan."""
        listed = self._plan.value(interface, "security_groups")
        groups: list[Group | Unknown] = []
        if _is_set(listed, interface) and listed != []:
            groups += self._groups.identify_all(listed)
        else:
            groups += [self._default(self._plan.value(interface, "subnet_id"))]
        for attachment in self._plan.of_type("aws_network_interface_sg_attachment"):
            value = self._plan.value(attachment, "network_interface_id")
            if self._plan.identify(value, INTERFACE, ("id",)) is interface:
                groups.append(
                    self._groups.identify(self._plan.value(attachment, "security_group_id"))
                )
        return groups

    def identify_group(self, value: Value) -> list[Group | Unknown]:
        """Tell which group one id speaks of, as a list of one."""
        return [self._groups.identify(value)]

    def default_group(self, subnets: tuple[Resource | Foreign | Unknown, ...]) -> Group:
        """Return the default group of the VPC that the subnets lie in."""
        first = subnets[0] if subnets else None
        return self._groups.default_of(None if first is None else self._routes.vpc_of(first))

    def _default(self, subnet: Value) -> Group:
        found = self._plan.identify(subnet, SUBNET_TYPES, ("id",))
        return self.default_group(() if isinstance(found, Unknown) else (found,))

    def _interfaces(self, resource: Resource) -> Iterator[dict[str, Any] | Unknown]:
        for name in _OWN_INTERFACES:
            blocks = self._plan.blocks(resource, name)
            if isinstance(blocks, Unknown):
                yield blocks
            else:
                yield from blocks

    def places(self, value: Value) -> list[Resource | Foreign | Unknown]:
        """Return the subnet of the network interface that an id speaks of."""
        found = self._plan.identify(value, INTERFACE, ("id",))
        if isinstance(found, Foreign | Unknown):
            return [Unknown("lies in a subnet that cannot be told")]
        return [self._plan.identify(self._plan.value(found, "subnet_id"), SUBNET_TYPES, ("id",))]

    def _stale(self, template: Resource, version: Value) -> str:
        """Say why a version is not the one that the plan shows, or nothing."""
        latest = self._plan.value(template, "latest_version")
        if isinstance(version, Reference) and version.address == template.address:
            if version.attribute == "latest_version":
                return ""
            version = "$Default"
        if version == "$Latest":
            return ""
        new = "create" in template.actions
        if version in (None, "", "$Default", AFTER_APPLY):
            # The first version is the default until something says otherwise.
            moved = self._plan.value(template, "update_default_version") is True
            if new or moved or self._plan.value(template, "default_version") == latest:
                return ""
            return f"starts the default version of {template.address}, which may be an older one"
        if (new and str(version) == "1") or (
            not isinstance(latest, Reference | Unknown) and str(version) == str(latest)
        ):
            return ""
        told = "a version" if isinstance(version, Unknown) else f"version {version}"
        return f"starts {told} of {template.address} that the plan does not show"


def _cannot(at: Resource, problem: str) -> Launch:
    return Launch(resource=at, groups=(Unknown(problem),), problem=problem)


def _is_own(value: Value, resource: Resource) -> bool:
    return isinstance(value, Reference) and value.address == resource.address


def _is_set(value: Value, resource: Resource) -> bool:
    return value not in (None, "") and not _is_own(value, resource)


def _wider(first: Value, second: Value) -> Value:
    if second in (None, "") or isinstance(second, Reference):
        return first
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return first if isinstance(first, Unknown) else second
    return "true" in (str(first).lower(), str(second).lower())
