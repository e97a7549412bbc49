"""What the provider does at once after it made something, where a killed run did not come to it.

No plan shows these: the provider compares what it is told with what stands, and is told nothing.
"""

from collections.abc import Iterator

from harness.recover.account import Account
from harness.recover.search import Searched

EVERYWHERE = {"0.0.0.0/0", "::/0"}


def close_fresh_groups(account: Account, searched: Searched, claimed: set[str]) -> list[str]:
    """Take away the rule by which AWS has a fresh security group let everything out.

    Returns a line for each rule that was taken away.
    """
    closed: list[str] = []
    for address, (want, found) in sorted(searched.adopted.items()):
        if want.type != "aws_security_group":
            continue
        for rule in _open(account, want.region, found.id):
            if rule not in claimed:
                account.client("ec2", want.region).revoke_security_group_egress(
                    GroupId=found.id, SecurityGroupRuleIds=[rule]
                )
                closed.append(f"closed {rule}, which let everything out of {address}")
    return closed


def _open(account: Account, region: str, group: str) -> Iterator[str]:
    """The group's rules that are AWS's own: everything to everywhere, and nobody described them."""
    filters = [{"Name": "group-id", "Values": [group]}]
    operation, path = "describe_security_group_rules", "SecurityGroupRules"
    for row in account.rows("ec2", region, operation, path, Filters=filters):
        everything = row["IsEgress"] and row["IpProtocol"] == "-1"
        anywhere = {row.get("CidrIpv4"), row.get("CidrIpv6")} & EVERYWHERE
        if everything and anywhere and not row.get("Description") and not row.get("Tags"):
            yield row["SecurityGroupRuleId"]
