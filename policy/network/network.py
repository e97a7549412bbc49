"""The network of a plan, and which of its parts the gate protects."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Reference, Unknown
from policy.network.access_lists import AccessLists
from policy.network.balancers import Balancer, Balancers
from policy.network.groups import Group, Groups, Rule
from policy.network.hosts import Host, Hosts
from policy.network.launches import Launches
from policy.network.prefix_lists import PrefixLists
from policy.network.routes import Routes
from policy.network.traffic import TCP, Traffic, whole_number
from policy.network.user_data import decoded
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from policy.network.launches import Launch
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

HTTPS_PORT: Final = 443
OLLAMA_PORT: Final = 11434
_ITS_PORT: Final = Traffic(TCP, OLLAMA_PORT, OLLAMA_PORT)
_RUNS: Final = re.compile(
    r"OLLAMA_(HOST|ORIGINS|MODELS)\b|ollama[ .](serve|run|pull|service)\b|ollama/ollama|"
    r"ollama\.com/install|systemctl [^\n]{0,200}\bollama\b"
)
_HASH: Final = re.compile(r"[0-9a-f]{40}")


class Network:
    """Everything that a plan says about who reaches whom.

    Which instances are the inference instances, and which load balancers stand before them, no
    plan says. The gate takes it from what they do, never from names: an inference instance is
    registered with a target group on 11434, has a rule for that port, or runs Ollama by its user
    data. Where no instance does, those count whose rules cover the port among others; where none
    does, every instance behind an application load balancer; where there is none, every instance.
    A protected balancer forwards to such an instance or carries a group of one that does; where
    none does, every application load balancer counts.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        prefix_lists = PrefixLists(plan)
        self.groups = Groups(plan, prefix_lists)
        self.routes = Routes(plan, prefix_lists)
        self.access_lists = AccessLists(plan)
        self.launches = Launches(plan, self.groups, self.routes)
        self.hosts = Hosts(plan, self.launches)
        self.balancers = Balancers(plan, self.groups, self.launches)

    @cached_property
    def inference(self) -> tuple[Host, ...]:
        """The inference instances: everything that starts one."""
        for mark in (self._serves_ollama, self._takes_its_port, self._behind_application):
            marked = [host for host in self.hosts.all if mark(host)]
            if marked:
                break
        else:
            marked = list(self.hosts.all)
        # Whoever carries a group of an inference instance takes the same packets.
        names = {group.name for host in marked for group in host.groups if isinstance(group, Group)}
        return tuple(
            host
            for host in self.hosts.all
            if host in marked
            or any(isinstance(group, Group) and group.name in names for group in host.groups)
        )

    @cached_property
    def fronts(self) -> tuple[Balancer, ...]:
        """The application load balancers that the gate protects."""
        application = [one for one in self.balancers.all if one.kind == "application"]
        marked = [one for one in application if self._reaches_inference(one)]
        if not marked:
            return tuple(application)
        names = {group.name for one in marked for group in one.groups if isinstance(group, Group)}
        return tuple(
            one
            for one in application
            if one in marked
            or any(isinstance(group, Unknown) or group.name in names for group in one.groups)
            or any(isinstance(target, Unknown) for target in one.target_groups)
        )

    @cached_property
    def front_groups(self) -> dict[str, Group]:
        """The groups that a protected load balancer carries, by name."""
        return _named([group for front in self.fronts for group in front.groups])

    @cached_property
    def trusted_groups(self) -> dict[str, Group]:
        """The groups whose carriers the inference instances take for their load balancer.

        Without instances in the plan, every group of a protected load balancer is one.
        """
        if not self.inference:
            return self.front_groups
        peers = {
            rule.peer.name
            for group in self.host_groups.values()
            for rule in self.groups.rules(group, "ingress")
            if isinstance(rule.peer, Group)
        }
        return {name: group for name, group in self.front_groups.items() if name in peers}

    @cached_property
    def host_groups(self) -> dict[str, Group]:
        """The groups that an inference instance carries, by name."""
        return _named([group for host in self.inference for group in host.groups])

    @cached_property
    def target_groups(self) -> dict[str, Resource]:
        """The target groups in which an inference instance is registered, by address."""
        hosts = {host.resource for host in self.inference}
        return {
            address: group
            for address, members in self.balancers.members.items()
            if any(member.target in hosts for member in members)
            and (group := self.plan.at(address)) is not None
        }

    @cached_property
    def subnets(self) -> dict[str, Resource]:
        """The subnets in which a protected load balancer or inference instance stands."""
        places = [
            *(place for front in self.fronts for place in front.subnets),
            *(place for host in self.inference for place in host.subnets),
        ]
        return {one.address: one for one in places if not isinstance(one, Foreign | Unknown)}

    @cached_property
    def vpcs(self) -> dict[str, Resource]:
        """The VPCs in which they stand."""
        found = [self.routes.vpc_of(subnet) for subnet in self.subnets.values()]
        return {one.address: one for one in found if not isinstance(one, Foreign | Unknown)}

    def registered(self, host: Host) -> list[tuple[Resource, int | None]]:
        """Return the target groups that a host is registered with, with the port in force."""
        found: list[tuple[Resource, int | None]] = []
        for address, members in self.balancers.members.items():
            group = self.plan.at(address)
            for member in members:
                if member.target is host.resource and group is not None:
                    port = whole_number(self.plan.value(group, "port"))
                    found.append((group, port if member.port is None else member.port))
        return found

    def user_data(self, host: Host) -> list[str | Unknown]:
        """Return the decoded texts that a host's instances are started with."""
        return [text for launch in host.launches for text in self.user_data_of(launch)]

    def user_data_of(self, launch: Launch) -> list[str | Unknown]:
        """Return the decoded texts of one way to start instances."""
        resource = launch.resource
        for name in ("user_data_base64", "user_data"):
            value = self.plan.value(resource, name)
            if isinstance(value, str) and _HASH.fullmatch(value):
                # The provider keeps the user data of some types as a SHA-1; its text is written.
                value = self.plan.expression(resource, name)
            own = isinstance(value, Reference) and value.address == resource.address
            if value not in (None, "") and not own:
                return decoded(value)
        if launch.beneath is not None:
            return self.user_data_of(launch.beneath)
        return []

    def _serves_ollama(self, host: Host) -> bool:
        """Tell whether a host is registered on 11434, or runs Ollama by its user data."""
        if any(port == OLLAMA_PORT for _, port in self.registered(host)):
            return True
        if any(rule.traffic == _ITS_PORT for rule in self._ingress(host)):
            return True
        return any(isinstance(text, str) and _RUNS.search(text) for text in self.user_data(host))

    def _takes_its_port(self, host: Host) -> bool:
        return any(
            rule.traffic is None or rule.traffic.covers(TCP, OLLAMA_PORT)
            for rule in self._ingress(host)
        )

    def _ingress(self, host: Host) -> list[Rule]:
        groups = (group for group in host.groups if isinstance(group, Group))
        return [rule for group in groups for rule in self.groups.rules(group, "ingress")]

    def _behind_application(self, host: Host) -> bool:
        groups = {group.address for group, _ in self.registered(host)}
        return any(
            not isinstance(target, Foreign | Unknown) and target.address in groups
            for balancer in self.balancers.all
            if balancer.kind == "application"
            for target in balancer.target_groups
        )

    def _reaches_inference(self, balancer: Balancer) -> bool:
        return any(
            not isinstance(target, Foreign | Unknown) and target.address in self.target_groups
            for target in balancer.target_groups
        )


def _named(groups: list[Group | Unknown]) -> dict[str, Group]:
    return {group.name: group for group in groups if isinstance(group, Group)}
