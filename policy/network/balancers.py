"""Load balancers: their listeners, the target groups they forward to, and who is registered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Reference, Unknown, Value
from policy.network.hosts import HOST_TYPES
from policy.network.routes import SUBNET_TYPES
from policy.network.traffic import whole_number
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.groups import Group, Groups
    from policy.network.launches import Launches
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

BALANCER: Final = frozenset({"aws_lb"})
TARGET_GROUP: Final = frozenset({"aws_lb_target_group"})
LISTENER: Final = frozenset({"aws_lb_listener"})


@dataclass(frozen=True)
class Member:
    """One registration with a target group.

    Attributes:
        by: The resource that registers it.
        target: What is registered; `Foreign` for an id or address of none of the plan's resources.
        port: The port that it names itself, None where the target group's holds.
    """

    by: Resource = field(repr=False)
    target: Resource | Foreign | Unknown
    port: int | None = None


@dataclass(frozen=True)
class Balancer:
    """One load balancer.

    Attributes:
        resource: It.
        kind: "application", "network" or "gateway".
        groups: The security groups it carries.
        subnets: Where its network interfaces stand.
        listeners: Its listeners.
        target_groups: Every target group that any of its listeners may forward to.
    """

    resource: Resource = field(repr=False)
    kind: str
    groups: tuple[Group | Unknown, ...]
    subnets: tuple[Resource | Foreign | Unknown, ...]
    listeners: tuple[Resource, ...]
    target_groups: tuple[Resource | Foreign | Unknown, ...]

    @property
    def address(self) -> str:
        """Its resource's address."""
        return self.resource.address


class Balancers:
    """The load balancers and target groups of a plan."""

    def __init__(self, plan: Plan, groups: Groups, launches: Launches) -> None:
        self._plan = plan
        self._groups = groups
        self._launches = launches
        self.members: dict[str, list[Member]] = {}
        """The registrations by their target group's address."""
        self.stray_members: list[Member] = []
        self.stray_listeners: list[Resource] = []
        """Listeners whose load balancer is not in the plan or cannot be told."""
        for group, member in self._registrations():
            if isinstance(group, Unknown):
                self.stray_members.append(member)
            elif not isinstance(group, Foreign):
                self.members.setdefault(group.address, []).append(member)
        self._listeners: dict[str, list[Resource]] = {}
        for listener in plan.of_type(*LISTENER):
            owner = plan.identify(plan.value(listener, "load_balancer_arn"), BALANCER)
            if isinstance(owner, Foreign | Unknown):
                self.stray_listeners.append(listener)
            else:
                self._listeners.setdefault(owner.address, []).append(listener)
        self._rules: dict[str, list[Resource]] = {}
        for rule in plan.of_type("aws_lb_listener_rule"):
            owner = plan.identify(plan.value(rule, "listener_arn"), LISTENER)
            if not isinstance(owner, Foreign | Unknown):
                self._rules.setdefault(owner.address, []).append(rule)
        self.all = tuple(self._balancer(one) for one in plan.of_type(*BALANCER))

    def rules_of(self, listener: Resource) -> list[Resource]:
        """Return a listener's further rules."""
        return self._rules.get(listener.address, [])

    def forwards(self, listener: Resource) -> tuple[Resource | Foreign | Unknown, ...]:
        """Return every target group that a listener or a rule of it may forward to."""
        values = [
            value
            for resource, name in (
                (listener, "default_action"),
                *((rule, "action") for rule in self.rules_of(listener)),
            )
            for value in self._action_targets(self._plan.blocks(resource, name))
        ]
        return tuple(self._plan.identify(value, TARGET_GROUP) for value in values)

    def _balancer(self, resource: Resource) -> Balancer:
        kind = self._plan.value(resource, "load_balancer_type")
        kind = kind if isinstance(kind, str) and kind else "application"
        subnets = self._subnets(resource)
        listed = self._plan.value(resource, "security_groups")
        own = isinstance(listed, Reference) and listed.address == resource.address
        groups: list[Group | Unknown] = []
        if listed not in (None, []) and not own:
            groups = self._groups.identify_all(listed)
        elif kind == "application":
            groups = [self._launches.default_group(subnets)]
        listeners = tuple(self._listeners.get(resource.address, ()))
        return Balancer(
            resource=resource,
            kind=kind,
            groups=tuple(groups),
            subnets=subnets,
            listeners=listeners,
            target_groups=tuple(one for listener in listeners for one in self.forwards(listener)),
        )

    def _subnets(self, resource: Resource) -> tuple[Resource | Foreign | Unknown, ...]:
        listed = self._plan.value(resource, "subnets")
        values: list[Value] = []
        if isinstance(listed, list):
            values = list(listed)
        elif isinstance(listed, Unknown):
            values = [listed]
        mappings = self._plan.blocks(resource, "subnet_mapping")
        if isinstance(mappings, list):
            values += [one.get("subnet_id") for one in mappings if one.get("subnet_id")]
        return tuple(self._plan.identify(one, SUBNET_TYPES, ("id",)) for one in values)

    def _action_targets(self, actions: list[dict[str, Any]] | Unknown) -> Iterator[Value]:
        if isinstance(actions, Unknown):
            yield actions
            return
        for action in actions:
            kind = action.get("type")
            if isinstance(kind, str) and kind != "forward":
                continue
            direct = action.get("target_group_arn")
            if direct not in (None, ""):
                yield direct
            for forward in _blocks(action.get("forward")):
                for target in _blocks(forward.get("target_group")):
                    if target.get("arn") not in (None, ""):
                        yield target["arn"]

    def _registrations(
        self,
    ) -> Iterator[tuple[Resource | Foreign | Unknown, Member]]:
        plan = self._plan
        for group in plan.of_type("aws_autoscaling_group"):
            values = _values(plan.value(group, "target_group_arns"), group)
            sources = plan.blocks(group, "traffic_source")
            if isinstance(sources, Unknown):
                values.append(sources)
            else:
                values += [one.get("identifier") for one in sources]
            for value in values:
                yield plan.identify(value, TARGET_GROUP), Member(group, group)
        groups = frozenset({"aws_autoscaling_group"})
        for attachment in plan.of_type("aws_autoscaling_attachment"):
            value = plan.value(attachment, "lb_target_group_arn")
            if value in (None, ""):
                continue
            name = plan.value(attachment, "autoscaling_group_name")
            target = plan.identify(name, groups, ("id", "name"))
            yield plan.identify(value, TARGET_GROUP), Member(attachment, target)
        for attachment in plan.of_type("aws_autoscaling_traffic_source_attachment"):
            name = plan.value(attachment, "autoscaling_group_name")
            target = plan.identify(name, groups, ("id", "name"))
            sources = plan.blocks(attachment, "traffic_source")
            for source in [{"identifier": sources}] if isinstance(sources, Unknown) else sources:
                found = plan.identify(source.get("identifier"), TARGET_GROUP)
                yield found, Member(attachment, target)
        for attachment in plan.of_type("aws_lb_target_group_attachment"):
            group = plan.identify(plan.value(attachment, "target_group_arn"), TARGET_GROUP)
            port = whole_number(plan.value(attachment, "port"))
            target = self._target(plan.value(attachment, "target_id"))
            yield group, Member(attachment, target, port)

    def _target(self, value: Value) -> Resource | Foreign | Unknown:
        """Tell what a target id speaks of: an instance, an address, a function, a balancer."""
        if isinstance(value, Reference):
            # Whatever attribute names it (id, arn, private_ip), the target is that resource.
            found = self._plan.at(value.address)
            if found is None or found.mode == "data":
                return Unknown(f"is {value}, known only after the apply")
            return found
        if isinstance(value, str):
            for by in (("id", "arn"), ("private_ip",)):
                found = self._plan.identify(value, HOST_TYPES | BALANCER, by)
                if not isinstance(found, Foreign | Unknown):
                    return found
            return Foreign(value)
        return value if isinstance(value, Unknown) else Unknown("cannot be told")


def _values(value: Value, resource: Resource) -> list[Value]:
    if value is None or (isinstance(value, Reference) and value.address == resource.address):
        return []
    return list(value) if isinstance(value, list) else [value]


def _blocks(value: Value) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
