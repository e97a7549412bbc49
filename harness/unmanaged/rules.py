"""Rules in our security groups, and whoever else carries these groups."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from harness.recover.account import Account
from harness.unmanaged.state import State
from harness.unmanaged.stranger import Stranger

GROUPS = ("aws_security_group", "aws_default_security_group")
RULES = ("aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule")
PEERS = ("CidrIpv4", "CidrIpv6", "PrefixListId")

LAUNCHING = "aws_autoscaling_group"


def rules(state: State, account: Account) -> Iterator[Stranger]:
    """Rules that are no resource."""
    known = state.ids(*RULES)
    for region, groups in state.by_region(*GROUPS).items():
        within = [{"Name": "group-id", "Values": sorted(groups)}]
        found = account.rows(
            "ec2",
            region,
            "describe_security_group_rules",
            "SecurityGroupRules",
            Filters=within,
        )
        for rule in found:
            if rule["SecurityGroupRuleId"] not in known:
                yield _rule(groups[rule["GroupId"]], region, rule)


def carriers(state: State, account: Account) -> Iterator[Stranger]:
    """Network interfaces with one of our groups that are none of ours.

    What a group is let through to, everything that carries it is let through to; the VPC's default
    group, which the modules empty, opens nothing.
    """
    for region, groups in state.by_region("aws_security_group").items():
        within = [{"Name": "group-id", "Values": sorted(groups)}]
        found = list(
            account.rows(
                "ec2", region, "describe_network_interfaces", "NetworkInterfaces", Filters=within
            )
        )
        is_ours = _ours(state, set(launched(state, account, region)))
        for each in found:
            if not is_ours(each):
                group = next(one["GroupId"] for one in each["Groups"] if one["GroupId"] in groups)
                yield _carrier(groups[group], region, each)


def launched(state: State, account: Account, region: str) -> Iterator[str]:
    """The ids of the instances of our Auto Scaling groups, those in a warm pool included.

    Ask after what they are to be found in, so that none is missed that was launched meanwhile. Only
    Auto Scaling can set the tag, and an instance has it for as long as it belongs to the group.
    """
    names = sorted(state.by_region(LAUNCHING).get(region, {}))
    if names:
        within = [{"Name": "tag:aws:autoscaling:groupName", "Values": names}]
        path = "Reservations[].Instances[].InstanceId"
        yield from account.rows("ec2", region, "describe_instances", path, Filters=within)


def _ours(state: State, machines: set[str]) -> Callable[[Mapping[str, Any]], bool]:
    """What tells a network interface of ours.

    AWS describes those that it makes for load balancers and endpoints by what they belong to.
    """
    balancers = state.of("aws_lb", "aws_alb")
    said = {f"ELB {each.id.partition(':loadbalancer/')[2]}" for each in balancers}
    endpoints = state.of("aws_vpc_endpoint")
    said |= {f"VPC Endpoint Interface {each.id}" for each in endpoints}
    known = state.ids("aws_network_interface")
    known.update(
        name for one in endpoints for name in one.values.get("network_interface_ids") or []
    )
    machines = machines | state.ids("aws_instance")
    return lambda each: (
        each["NetworkInterfaceId"] in known
        or each.get("Description") in said
        or each.get("Attachment", {}).get("InstanceId") in machines
    )


def _rule(address: str, region: str, rule: Mapping[str, Any]) -> Stranger:
    name, group = rule["SecurityGroupRuleId"], rule["GroupId"]
    way, side = ("egress", "to") if rule["IsEgress"] else ("ingress", "from")
    protocol = rule["IpProtocol"]
    ports = "everything" if protocol == "-1" else f"{protocol} {rule.get('FromPort')}"
    if protocol != "-1" and rule.get("ToPort") != rule.get("FromPort"):
        ports += f" to {rule.get('ToPort')}"
    referenced = rule.get("ReferencedGroupInfo", {}).get("GroupId", "nothing")
    peer = next((rule[each] for each in PEERS if rule.get(each)), referenced)
    return Stranger(
        address,
        f"{way} of {ports} {side} {peer} ({name})",
        f"aws ec2 revoke-security-group-{way} --region {region} --group-id {group}"
        f" --security-group-rule-ids {name}",
        (region, way, group, name),
    )


def _carrier(address: str, region: str, interface: Mapping[str, Any]) -> Stranger:
    name, said = interface["NetworkInterfaceId"], interface.get("Description", "")
    machine = interface.get("Attachment", {}).get("InstanceId")
    of = f" of {machine}" if machine else f' ("{said}")' if said else ""
    kept = [one["GroupId"] for one in interface["Groups"]]
    return Stranger(
        address,
        f"carried by the network interface {name}{of}, and so let through like what it is for",
        f"aws ec2 modify-network-interface-attribute --region {region} --network-interface-id"
        f" {name} --groups … # now: {' '.join(kept)}",
    )
