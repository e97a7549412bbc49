"""Who reaches what, told from what AWS answers; shares nothing with the gate that judges plans."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

from tests.apply.account import Account

LOAD_BALANCER = "load balancer"
INSTANCES = "instances"

Way = tuple[str, str, str]
"""Source (a range, or what carries the group that is let in), target, and protocol with ports."""


def ways(account: Account) -> set[Way]:
    """Every way into a load balancer that listens and into the instances of a group."""
    carriers = _carriers(account)
    return {
        (source, target, _ports(rule))
        for group, targets in carriers.items()
        for target in targets
        if target in (LOAD_BALANCER, INSTANCES)
        for rule in account.rules
        if rule["GroupId"] == group and not rule["IsEgress"]
        for source in _sources(rule, carriers)
    }


def unwanted(account: Account, vpn: list[str]) -> set[Way]:
    """The ways that the owner's rule forbids: all but VPN to 443, and load balancer to 11434."""
    allowed = [ip_network(each) for each in vpn]

    def wanted(way: Way) -> bool:
        source, target, ports = way
        if target == INSTANCES:
            return (source, ports) == (LOAD_BALANCER, "tcp 11434")
        if source in (LOAD_BALANCER, INSTANCES) or ports != "tcp 443":
            return False
        given = ip_network(source)
        return any(
            given.version == each.version and given.subnet_of(each)  # type: ignore[arg-type]
            for each in allowed
        )

    return {way for way in ways(account) if not wanted(way)}


def _carriers(account: Account) -> dict[str, set[str]]:
    """What carries each security group, by the group's id."""
    carried: dict[str, set[str]] = {}

    def carries(target: str, groups: list[str]) -> None:
        for group in groups:
            carried.setdefault(group, set()).add(target)

    for balancer in account.load_balancers:
        carries(LOAD_BALANCER, balancer["SecurityGroups"])
    for template in account.templates.values():
        carries(INSTANCES, template.get("SecurityGroupIds", []))
        for interface in template.get("NetworkInterfaces", []):
            carries(INSTANCES, interface.get("Groups", []))
    for endpoint in account.endpoints:
        carries(endpoint["ServiceName"], [one["GroupId"] for one in endpoint.get("Groups", [])])
    return carried


def _sources(rule: dict[str, Any], carriers: dict[str, set[str]]) -> Iterator[str]:
    for name in ("CidrIpv4", "CidrIpv6", "PrefixListId"):
        if rule.get(name):
            yield rule[name]
    peer = rule.get("ReferencedGroupInfo", {}).get("GroupId")
    if peer:
        yield from carriers.get(peer, set())


def _ports(rule: dict[str, Any]) -> str:
    if rule["IpProtocol"] == "-1":
        return "all"
    first, last = rule["FromPort"], rule["ToPort"]
    return f"{rule['IpProtocol']} {first}" + (f"-{last}" if last != first else "")
