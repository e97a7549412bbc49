"""Other load balancers, of any kind, before the load balancer or the instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Unknown, Value
from policy.network.balancers import TARGET_GROUP
from policy.network.hosts import GROUP_OF_INSTANCES
from policy.plan.plan import Foreign
from policy.requirements.front_doors.door import Door
from policy.verdict import Packet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.balancers import Balancer
    from policy.requirements.requirement import Case

_PLAINLY: Final = "Name the target group by a plain reference."
_ATTACHMENTS: Final = ("aws_autoscaling_attachment", "aws_autoscaling_traffic_source_attachment")


def doors(case: Case) -> Iterator[Door]:
    """Yield load balancers that are not protected and forward to what is."""
    network = case.network
    fronts = {front.address for front in network.fronts}
    hosts = {host.address for host in network.inference}
    for balancer in network.balancers.all:
        if balancer.address not in fronts:
            yield from _forwarding(case, balancer, fronts | hosts)
    for listener in network.balancers.stray_listeners:
        for group in network.balancers.forwards(listener):
            if not isinstance(group, Foreign | Unknown) and group.address in network.target_groups:
                yield Door(
                    listener,
                    f"A listener of a load balancer that is not in this plan, or cannot be told, "
                    f"forwards to {group.address}.",
                    "load_balancer_arn",
                )
    yield from _registered_elsewhere(case)


def _forwarding(case: Case, balancer: Balancer, protected: set[str]) -> Iterator[Door]:
    """Yield what is protected among the targets of a load balancer that is not."""
    balancers = case.network.balancers
    for group in balancer.target_groups:
        if isinstance(group, Unknown):
            yield Door(
                balancer.resource,
                f"{balancer.address} forwards to a target group that cannot be told ({group.why}).",
                mend=_PLAINLY,
            )
            continue
        if isinstance(group, Foreign):
            continue
        for member in (*balancers.members.get(group.address, ()), *balancers.stray_members):
            target = member.target
            if isinstance(target, Unknown):
                reached = f"a target that cannot be told ({target.why})"
            elif isinstance(target, Foreign) or target.address not in protected:
                continue
            else:
                reached = target.address
            via = (balancer.address, group.address, member.by.address)
            yield Door(
                balancer.resource,
                f"The {balancer.kind} load balancer {balancer.address} forwards to {reached}.",
                packet=Packet("0.0.0.0 (whoever reaches it)", "tcp", "any", reached, via),
            )


def _registered_elsewhere(case: Case) -> Iterator[Door]:
    """Yield Auto Scaling groups registered with a classic load balancer or with VPC Lattice."""
    plan, hosts = case.plan, [host.resource for host in case.network.inference]
    attachments = [
        one
        for one in plan.of_type(*_ATTACHMENTS)
        if isinstance(
            group := plan.identify(
                plan.value(one, "autoscaling_group_name"), {GROUP_OF_INSTANCES}, ("id", "name")
            ),
            Unknown,
        )
        or group in hosts
    ]
    for resource in (*hosts, *attachments):
        found: list[tuple[str, str]] = [
            (name, "a classic load balancer")
            for name in ("load_balancers", "elb")
            if plan.written(resource, name) and plan.value(resource, name) not in (None, "", [])
        ]
        if _other_source(case, plan.blocks(resource, "traffic_source")):
            found.append(("traffic_source", "something else than a target group"))
        for attribute, what in found:
            yield Door(
                resource,
                f"{resource.address} registers inference instances with {what}.",
                attribute,
            )


def _other_source(case: Case, sources: list[dict[str, Any]] | Unknown) -> bool:
    """Tell whether a traffic source may be another kind than a target group."""
    if isinstance(sources, Unknown):
        return True
    return any(
        one.get("type") not in ("elbv2", None) or not _is_target_group(case, one.get("identifier"))
        for one in sources
    )


def _is_target_group(case: Case, value: Value) -> bool:
    found = case.plan.identify(value, TARGET_GROUP)
    if isinstance(found, Foreign):
        return ":targetgroup/" in found.name
    return not isinstance(found, Unknown)
