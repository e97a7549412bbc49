"""The oracle: a brute-force packet simulator that says what a plan opens and what it blocks.

It tries sampled packets one by one. It shares no code with the prover, knows nothing of interval
arithmetic, and may assume the shapes of our own modules.
"""

import ipaddress
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.policy.mutation.delivery import Delivery
from tests.policy.mutation.reading import Reading
from tests.policy.mutation.simulated_interfaces import Interface, interfaces
from tests.policy.mutation.simulated_rules import EVERYBODY, Net, Rule, range_of, rules

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

HTTPS = 443
OLLAMA = 11434
PORTS = (0, 1, 22, 80, 442, 443, 444, 8080, 11433, 11434, 11435, 65535)
OTHER_PROTOCOLS = ("icmp", "icmpv6", "47")
ANYWHERE = ("0.0.0.0", "8.8.8.8", "255.255.255.255", "::", "2606:4700::1111", "ffff::")  # noqa: S104


@dataclass(frozen=True)
class Outcome:
    """What the simulation saw.

    Attributes:
        opened: A sentence for each unwanted way in.
        blocked: A sentence for each reason why no user gets through.
        narrowed: A sentence for each reason why some users, or some zones, do not get through.
    """

    opened: tuple[str, ...]
    blocked: tuple[str, ...]
    narrowed: tuple[str, ...]


def simulate(reading: Reading, vpn: Sequence[str]) -> Outcome:
    """Try packets against a plan's network.

    Args:
        reading: The plan.
        vpn: The ranges whose addresses may reach the load balancer.
    """
    return _Simulation(reading, [net for net in map(range_of, vpn) if net is not None]).run()


class _Simulation:
    def __init__(self, reading: Reading, vpn: list[Net]) -> None:
        self._reading = reading
        self._vpn = vpn
        self._rules = rules(reading)
        self._interfaces = interfaces(reading)
        every = [i for i in self._interfaces if i.kind == "load balancer"]
        self._instances = [i for i in self._interfaces if i.kind == "instance"]
        self._delivery = Delivery(reading, self._rules, every, self._instances)
        # Where one forwards to the instances, others are unrelated services.
        serving = [b for b in every if b.name in self._delivery.forwarding()]
        self._balancers = serving or every
        self._addresses = sampled_addresses(self._rules, vpn, reading)
        bounds = {b for r in self._rules for b in (r.low - 1, r.low, r.high, r.high + 1)}
        self._ports = sorted({p for p in bounds | set(PORTS) if 0 <= p <= 65535})

    def run(self) -> Outcome:
        delivery = self._delivery
        opened = [*delivery.fronts()]
        for balancer in self._balancers:
            opened += self._into_balancer(balancer)
        for instance in self._instances:
            opened += self._into_instance(instance)
            opened += delivery.exposed(instance)
        sample = [ip for ip in self._addresses if self._in_vpn(ip)]
        blocked, narrowed = delivery.broken(sample)
        return Outcome(tuple(opened), tuple(blocked), tuple(narrowed))

    def _in_vpn(self, ip: Ip) -> bool:
        return any(ip in net for net in self._vpn)

    def _into_balancer(self, target: Interface) -> Iterable[str]:
        yield from _foreign(target)
        for source, protocol, port in self._admitted(target):
            wanted = (
                not isinstance(source, str)
                and self._in_vpn(source)
                and (protocol, port) == ("tcp", HTTPS)
            )
            if not wanted:
                yield f"{source} reaches {target.name} on {protocol} {port}"

    def _into_instance(self, target: Interface) -> Iterable[str]:
        yield from _foreign(target)
        for source, protocol, port in self._admitted(target):
            wanted = (
                isinstance(source, str)
                and (protocol, port) == ("tcp", OLLAMA)
                and self._carried_by_one_balancer(source)
            )
            if not wanted:
                yield f"{source} reaches {target.name} on {protocol} {port}"

    def _carried_by_one_balancer(self, group: str) -> bool:
        carriers = [i for i in self._interfaces if group in i.groups]
        return len(carriers) == 1 and carriers[0].kind == "load balancer"

    def _admitted(self, target: Interface) -> Iterable[tuple[Ip | str, str, int]]:
        """One packet for each kind of source that gets in, with the first port that does."""
        inbound = [r for r in self._rules if r.inbound and r.group in target.groups]
        sources: list[Ip | str] = [*self._addresses]
        sources += sorted({p for r in inbound for p in r.peers if isinstance(p, str)})
        tried: set[tuple[frozenset[int], bool, str]] = set()
        for source in sources:
            matching = frozenset(n for n, r in enumerate(inbound) if _from(r, source))
            inside = not isinstance(source, str) and self._in_vpn(source)
            # Sources that meet the same rules get the same answers: ask once.
            key = (matching, inside, source if isinstance(source, str) else "")
            if matching and key not in tried:
                tried.add(key)
                yield from self._ports_open(source, [inbound[n] for n in matching])

    def _ports_open(self, source: Ip | str, met: list[Rule]) -> Iterable[tuple[Ip | str, str, int]]:
        for protocol in ("tcp", "udp", *OTHER_PROTOCOLS):
            for port in self._ports if protocol in ("tcp", "udp") else (0,):
                if any(r.protocol in ("all", protocol) and r.low <= port <= r.high for r in met):
                    yield source, protocol, port


def _from(rule: Rule, source: Ip | str) -> bool:
    if isinstance(source, str):
        return source in rule.peers
    return any(not isinstance(peer, str) and source in peer for peer in rule.peers)


def _foreign(target: Interface) -> Iterable[str]:
    for group in sorted(target.groups):
        if group == EVERYBODY or group.startswith("foreign "):
            yield f"{target.name} carries {group}, of which nobody here knows the rules"


def sampled_addresses(all_rules: Sequence[Rule], vpn: Sequence[Net], reading: Reading) -> list[Any]:
    """Addresses at and beside every boundary that the plan mentions, and some at random."""
    mentioned: list[Net] = [p for r in all_rules for p in r.peers if not isinstance(p, str)]
    mentioned += vpn
    for resource in reading.of_type("aws_vpc", "aws_subnet"):
        net = range_of(resource.after.get("cidr_block"))
        mentioned += [] if net is None else [net]
    found: set[Any] = {ipaddress.ip_address(text) for text in ANYWHERE}
    for net in mentioned:
        size = 1 << net.max_prefixlen
        first, last = int(net.network_address), int(net.broadcast_address)
        for number in (first - 1, first, (first + last) // 2, last, last + 1):
            found.add(type(net.network_address)(number % size))
    dice = random.Random(443)  # noqa: S311 # the same samples every time
    found |= {ipaddress.IPv4Address(dice.getrandbits(32)) for _ in range(20)}
    found |= {ipaddress.IPv6Address(dice.getrandbits(128)) for _ in range(20)}
    return sorted(found, key=lambda ip: (ip.version, int(ip)))
