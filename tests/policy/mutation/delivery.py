"""What happens to packets beyond the security groups: who listens, forwards, and is answered."""

from collections.abc import Iterable, Sequence
from typing import Any

from tests.policy.mutation.reading import Reading, Resource
from tests.policy.mutation.simulated_interfaces import Interface
from tests.policy.mutation.simulated_rules import EVERYBODY, Net, Rule
from tests.policy.mutation.simulated_subnets import Subnets, within

HTTPS = 443
OLLAMA = 11434
RETURN_PORTS = (1024, 32768, 49152, 65535)
"""Where answers go: the client's own port, anywhere in this range."""


class Delivery:
    """The network of one plan, beyond its security groups."""

    def __init__(
        self,
        reading: Reading,
        rules: Sequence[Rule],
        balancers: Sequence[Interface],
        instances: Sequence[Interface],
    ) -> None:
        self._reading = reading
        self._rules = rules
        self._balancers = balancers
        self._instances = instances
        self._subnets = Subnets(reading)
        self._joined = {
            reading.owner(arn)
            for group in reading.of_type("aws_autoscaling_group")
            for arn in reading.many(group, "target_group_arns")
        }

    def fronts(self) -> Iterable[str]:
        """Listeners that are not the wanted one, and whatever else hands packets inside."""
        names = {balancer.name for balancer in self._balancers}
        mine = [name for name in self.forwarding() if self._kind(name) == "application"]
        yield from self._listening(set(mine) or names)
        for name in self.forwarding():
            if name not in mine:
                yield f"{name} forwards to the instances"
        if len(mine) > 1:
            yield f"{' and '.join(mine)} both forward to the instances"
        for front, value in self._behind():
            if self._reading.owner(value) in names:
                yield f"{front.address} puts another front before the load balancer"

    def _listening(self, balancers: set[str]) -> Iterable[str]:
        for listener in self._reading.of_type("aws_lb_listener"):
            balancer = self._reading.owner(self._reading.value(listener, "load_balancer_arn"))
            spoken = [self._reading.value(listener, name) for name in ("port", "protocol")]
            if balancer in balancers and spoken != [HTTPS, "HTTPS"]:
                yield f"{listener.address} listens on {spoken}"

    def _behind(self) -> Iterable[tuple[Resource, Any]]:
        """What other services hand packets to."""
        for target in self._reading.of_type("aws_lb_target_group_attachment"):
            yield target, self._reading.value(target, "target_id")
        for group in self._reading.of_type("aws_globalaccelerator_endpoint_group"):
            for block in self._reading.blocks(group, "endpoint_configuration"):
                yield group, self._reading.value(group, *block, "endpoint_id")

    def exposed(self, instance: Interface) -> Iterable[str]:
        """Whether an instance has a public address or a route from the internet."""
        if instance.public:
            yield f"{instance.name} gets a public address"
        for subnet in instance.subnets:
            for route in self._subnets.routes(subnet):
                target = self._reading.resources.get(route[1])
                if target is not None and target.type == "aws_internet_gateway":
                    yield f"{instance.name} lies in {subnet}, which the internet gateway serves"

    def broken(self, users: Sequence[Any]) -> tuple[list[str], list[str]]:
        """Why no user, and why not every user, gets an answer."""
        blocked: list[str] = []
        narrowed: list[str] = []
        balancers = [b for b in self._balancers if b.name in self._serving()]
        if not balancers:
            return ["no HTTPS listener on 443 forwards to the instances"], []
        blocked += self._target_groups_at_fault()
        for balancer in balancers:
            served = self._families(balancer)
            pairs = [
                (user, subnet)
                for user in users
                if user.version in served
                for subnet in balancer.subnets
                if self._user_gets_in(user, balancer, subnet)
            ]
            answered = [pair for pair in pairs if self._way_back(*pair, balancer)]
            # Behind an internal load balancer the VPN's gateway may stand in another plan.
            if not (answered if balancer.public else pairs):
                blocked.append(f"no address of the VPN gets an answer from {balancer.name}")
            elif len(answered) < sum(u.version in served for u in users) * len(balancer.subnets):
                narrowed.append(f"some addresses of the VPN get no answer from {balancer.name}")
            hops = [
                self._hop(balancer, instance, near, far)
                for instance in self._instances
                for near in balancer.subnets
                for far in instance.subnets
            ]
            if not any(hops):
                blocked.append(f"{balancer.name} reaches no instance")
            elif not all(hops) or self._leads_nowhere_known(balancer):
                narrowed.append(f"{balancer.name} does not reach every instance")
        return blocked, narrowed

    def _leads_nowhere_known(self, balancer: Interface) -> bool:
        """Whether a rule that leads out of the load balancer could mean anything."""
        out = [r for r in self._rules if r.group in balancer.groups and not r.inbound]
        return any(EVERYBODY in rule.peers for rule in out)

    def _kind(self, name: str) -> str:
        balancer = self._reading.resources.get(name)
        if balancer is None or balancer.type != "aws_lb":
            return ""
        return self._reading.value(balancer, "load_balancer_type") or "application"

    def _families(self, balancer: Interface) -> set[int]:
        resource = self._reading.resources[balancer.name]
        kind = self._reading.value(resource, "ip_address_type")
        return {4, 6} if kind == "dualstack" else {4}

    def _targets(self, listener: Resource) -> list[str]:
        named = [
            self._reading.value(listener, *block, "target_group_arn")
            for block in self._reading.blocks(listener, "default_action")
            if self._reading.value(listener, *block, "type") == "forward"
        ]
        return [name for name in map(self._reading.owner, named) if name]

    def forwarding(self) -> list[str]:
        """Load balancers with any listener that forwards to a group the instances joined."""
        found = {
            self._reading.owner(self._reading.value(listener, "load_balancer_arn")): 0
            for listener in self._reading.of_type("aws_lb_listener")
            if self._joined & set(self._targets(listener))
        }
        return list(found)

    def _serving(self) -> set[str]:
        """Load balancers whose HTTPS listener on 443 forwards to the instances."""
        return {
            self._reading.owner(self._reading.value(listener, "load_balancer_arn"))
            for listener in self._reading.of_type("aws_lb_listener")
            if self._joined & set(self._targets(listener))
            and self._reading.value(listener, "port") == HTTPS
            and self._reading.value(listener, "protocol") == "HTTPS"
        }

    def _target_groups_at_fault(self) -> Iterable[str]:
        for group in self._reading.of_type("aws_lb_target_group"):
            if group.address not in self._joined:
                continue
            if self._reading.value(group, "port") != OLLAMA:
                yield f"{group.address} sends to another port than {OLLAMA}"
            check = ("health_check", 0)
            if str(self._reading.value(group, *check, "port")) not in ("traffic-port", str(OLLAMA)):
                yield f"{group.address} asks another port for health"

    def _user_gets_in(self, user: Any, balancer: Interface, subnet: str) -> bool:
        return (
            self._group_lets(balancer, user, HTTPS, inbound=True)
            and self._subnets.list_lets(subnet, user, HTTPS, inbound=True)
            and all(self._subnets.list_lets(subnet, user, p, inbound=False) for p in RETURN_PORTS)
        )

    def _way_back(self, user: Any, subnet: str, balancer: Interface) -> bool:
        best = max(
            (route for route in self._subnets.routes(subnet) if user in route[0]),
            key=lambda route: route[0].prefixlen,
            default=None,
        )
        if best is None:
            return False
        target = self._reading.resources.get(best[1])
        kind = "" if target is None else target.type
        wanted = "aws_internet_gateway" if balancer.public else "aws_vpn_gateway"
        return kind == wanted or (target is None and not balancer.public)

    def _hop(self, balancer: Interface, instance: Interface, near: str, far: str) -> bool:
        peers = self._subnets.addresses(near), self._subnets.addresses(far)
        if not all(peers):
            return False
        (balancer_ip, *_), (instance_ip, *_) = peers
        return (
            any(
                self._group_lets(balancer, peer, OLLAMA, inbound=False)
                for peer in (*instance.groups, instance_ip)
            )
            and any(
                self._group_lets(instance, peer, OLLAMA, inbound=True)
                for peer in (*balancer.groups, balancer_ip)
            )
            and self._between(near, far, balancer_ip, instance_ip)
        )

    def _between(self, near: str, far: str, balancer_ip: Any, instance_ip: Any) -> bool:
        there = self._subnets.list_lets(
            near, instance_ip, OLLAMA, inbound=False
        ) and self._subnets.list_lets(far, balancer_ip, OLLAMA, inbound=True)
        return there and all(
            self._subnets.list_lets(far, balancer_ip, port, inbound=False)
            and self._subnets.list_lets(near, instance_ip, port, inbound=True)
            for port in RETURN_PORTS
        )

    def _group_lets(self, owner: Interface, peer: Any, port: int, *, inbound: bool) -> bool:
        return any(
            rule.inbound is inbound
            and rule.group in owner.groups
            and rule.protocol in ("all", "tcp")
            and rule.low <= port <= rule.high
            and any(_meets(peer, allowed) for allowed in rule.peers)
            for rule in self._rules
        )


def _meets(peer: Any, allowed: Net | str) -> bool:
    """Whether a rule's peer is this one; what cannot be read gets the benefit of the doubt."""
    if isinstance(allowed, str):
        return allowed in (peer, EVERYBODY)
    return within(peer, allowed)
