"""Prefix lists: the plan's own are read, AWS's and foreign ones cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown, Value
from policy.network.addresses import Addresses, NotACidrError, parse, union
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

_TYPE: Final = "aws_ec2_managed_prefix_list"


class PrefixLists:
    """What the prefix lists of a plan hold."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._entries: dict[str, list[Value]] = {}
        self._stray: list[Value] = []
        for entry in plan.of_type("aws_ec2_managed_prefix_list_entry"):
            owner = plan.identify(plan.value(entry, "prefix_list_id"), {_TYPE}, ("id",))
            cidr = plan.value(entry, "cidr")
            if isinstance(owner, Unknown):
                self._stray.append(cidr)
            elif not isinstance(owner, Foreign):
                self._entries.setdefault(owner.address, []).append(cidr)

    def entries(self, value: Value) -> Addresses | Unknown:
        """Return the addresses of the prefix list that an id speaks of."""
        found = self._plan.identify(value, {_TYPE}, ("id",))
        if isinstance(found, Unknown):
            return found
        if isinstance(found, Foreign):
            return Unknown(
                f"is the prefix list {found.name}, which this plan does not make, so nothing "
                f"here shows its entries"
            )
        return self._of(found)

    def _of(self, resource: Resource) -> Addresses | Unknown:
        blocks = self._plan.blocks(resource, "entry")
        if isinstance(blocks, Unknown):
            return blocks
        cidrs = [block.get("cidr") for block in blocks]
        cidrs += [*self._entries.get(resource.address, []), *self._stray]
        read: list[Addresses] = []
        for cidr in cidrs:
            if not isinstance(cidr, str):
                return Unknown(f"is {resource.address}, of which an entry cannot be told")
            try:
                read.append(parse(cidr))
            except NotACidrError as error:
                return Unknown(f"is {resource.address}, where {str(error).rstrip('.')}")
        return union(read)
