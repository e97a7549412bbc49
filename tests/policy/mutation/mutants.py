"""What a mutant is, and what of our own plans the operators turn on."""

import ipaddress
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.policy.mutation.draft import Address, Draft

Edit = Callable[[Draft], None]

BALANCER = "module.load_balancer.aws_lb.this"
BALANCER_GROUP = "module.load_balancer.aws_security_group.this"
INSTANCE_GROUP = "module.inference.aws_security_group.this"
ENDPOINT_GROUP = "module.network.aws_security_group.endpoints"
DEFAULT_GROUP = "module.network.aws_default_security_group.closed"
GROUPS = (BALANCER_GROUP, INSTANCE_GROUP, ENDPOINT_GROUP, DEFAULT_GROUP)
LISTENER = "module.load_balancer.aws_lb_listener.https"
TARGET_GROUP = "module.load_balancer.aws_lb_target_group.ollama"
TEMPLATE = "module.inference.aws_launch_template.this"
FLEET = "module.inference.aws_autoscaling_group.this"
GATEWAY = "module.network.aws_internet_gateway.this"
STRANGER = "sg-0f00f00f00f00f00f"
"""A group that no plan of ours makes."""


@dataclass(frozen=True)
class Mutant:
    """One change to a plan.

    Attributes:
        operator: The kind of change.
        what: Which change of that kind: with the operator the mutant's stable name.
        edit: Makes the change.
    """

    operator: str
    what: str
    edit: Edit

    def __str__(self) -> str:
        return f"{self.operator} {self.what}"


def addresses(base: Draft, *kinds: str) -> list[str]:
    """The addresses of all resources of some types, in the plan's order."""
    return [c["address"] for c in base.document["resource_changes"] if c["type"] in kinds]


def after(base: Draft, address: str) -> dict[str, Any]:
    """What a plan knows of a resource."""
    return base.change(address)["change"]["after"]


def putting(address: str, *path: str | int, value: Any) -> Edit:
    """An edit that gives an attribute a known value."""
    return lambda draft: draft.put(address, path, value)


def pointing(address: str, *path: str | int, to: str, attribute: str = "id") -> Edit:
    """An edit that turns a reference to another resource."""

    def edit(draft: Draft) -> None:
        seen = draft.seen(to, attribute, Address.of(address).module)
        draft.refer(address, path, f"${{{seen}}}")

    return edit


def carrying(address: str, *path: str | int, groups: tuple[str, ...]) -> Edit:
    """An edit that sets the list of groups something carries; `sg-…` stands for itself."""

    def edit(draft: Draft) -> None:
        module = Address.of(address).module
        draft.refer(address, path, [listed(draft, name, module) for name in groups])

    return edit


def listed(draft: Draft, name: str, module: str) -> str:
    """A resource's id as a list in a module's text has it; a literal id as it is."""
    return f"${{{draft.seen(name, 'id', module)}}}" if "." in name else name


def short(address: str) -> str:
    """An address without the words that are the same everywhere."""
    return address.replace("module.", "").replace("aws_", "").replace("vpc_security_group_", "")


def ingress_rules(base: Draft) -> list[str]:
    """All ingress rules."""
    return addresses(base, "aws_vpc_security_group_ingress_rule")


def one_of_each(base: Draft, found: list[str]) -> list[str]:
    """The first instance of each resource; of rules, the first with each kind of peer."""
    first: dict[tuple[str, str], str] = {}
    for address in found:
        block = address.partition("[")[0]
        first.setdefault((block, range_attribute(after(base, address))), address)
    return list(first.values())


def all_rules(base: Draft) -> list[str]:
    """All rules of security groups."""
    return [*ingress_rules(base), *addresses(base, "aws_vpc_security_group_egress_rule")]


def range_attribute(values: dict[str, Any]) -> str:
    """Which attribute holds a rule's range; empty where it names a group."""
    return next((name for name in ("cidr_ipv4", "cidr_ipv6") if values.get(name)), "")


def neighbours(text: str) -> Iterator[tuple[str, str]]:
    """Ranges near a range, each with a word for it."""
    net = ipaddress.ip_network(text)
    yield "one bit wider", str(net.supernet())
    yield "to everybody", str(net.supernet(new_prefix=0))
    lower, upper = net.supernet(new_prefix=0).subnets()
    yield "to the lower half", str(lower)
    yield "to the upper half", str(upper)
    size = net.num_addresses
    yield "to its next neighbour", str(type(net)((int(net.network_address) ^ size, net.prefixlen)))
    for n, half in enumerate(net.subnets()):
        yield f"to half {n + 1} of it", str(half)
    yield "to one address of it", f"{net[7]}/{net.max_prefixlen}"
