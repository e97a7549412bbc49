"""Which source addresses a web ACL lets through: its rules as sets of addresses, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Unknown
from policy.network.addresses import EVERYBODY, NOBODY, Addresses, NotACidrError, parse, union
from policy.network.traffic import whole_number
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

_SETS: Final = frozenset({"aws_wafv2_ip_set"})
_DEEPEST: Final = 12

Bounds = tuple[Addresses, Addresses]
"""The addresses that certainly match, and those that may match."""

_UNKNOWN: Final[Bounds] = (NOBODY, EVERYBODY)


def admitted(plan: Plan, web_acl: Resource) -> Addresses | Unknown:
    """Return the addresses from which some request may pass.

    A rule that blocks takes away only what certainly matches it; one that allows adds whatever may
    match. What is no match on the source address (rates, managed groups, headers) is unknown.
    """
    rules = plan.blocks(web_acl, "rule")
    defaults = plan.blocks(web_acl, "default_action")
    if isinstance(rules, Unknown) or isinstance(defaults, Unknown):
        return Unknown("has rules that cannot be told")
    left, passed = EVERYBODY, NOBODY
    for rule in sorted(rules, key=lambda one: whole_number(one.get("priority")) or 0):
        certain, possible = _bounds(plan, _first(rule.get("statement")), 0)
        action = _first(rule.get("action"))
        if action.get("allow"):
            passed, left = passed | (left & possible), left - certain
        elif action.get("block"):
            left = left - certain
        elif _first(rule.get("statement")).get("rule_group_reference_statement"):
            passed = passed | left  # a group of rules may hold one that allows
    return passed | left if any(one.get("allow") for one in defaults) else passed


def _bounds(plan: Plan, statement: dict[str, Any], depth: int) -> Bounds:  # noqa: PLR0911 (a kind, a return)
    present = [(kind, _first(body)) for kind, body in statement.items() if body]
    if len(present) != 1 or depth > _DEEPEST:
        return _UNKNOWN
    kind, body = present[0]
    if kind == "ip_set_reference_statement":
        if body.get("ip_set_forwarded_ip_config"):
            return _UNKNOWN  # taken from a header that any client can write
        return _ip_set(plan, body.get("arn"))
    inner = body.get("statement")
    parts = [
        _bounds(plan, one, depth + 1)
        for one in (inner if isinstance(inner, list) else [inner])
        if isinstance(one, dict)
    ]
    if kind == "or_statement":
        return union(low for low, _ in parts), union(high for _, high in parts)
    if kind == "and_statement":
        low, high = EVERYBODY, EVERYBODY
        for one, other in parts:
            low, high = low & one, high & other
        return low, high
    if kind == "not_statement" and len(parts) == 1:
        return EVERYBODY - parts[0][1], EVERYBODY - parts[0][0]
    return _UNKNOWN


def _ip_set(plan: Plan, value: Any) -> Bounds:
    found = plan.identify(value, _SETS, ("arn", "id"))
    if isinstance(found, Foreign | Unknown):
        return _UNKNOWN
    addresses = plan.value(found, "addresses")
    if not isinstance(addresses, list):
        return _UNKNOWN
    try:
        known = union(parse(one) for one in addresses if isinstance(one, str))
    except NotACidrError:
        return _UNKNOWN
    return (known, known) if all(isinstance(one, str) for one in addresses) else (known, EVERYBODY)


def _first(value: Any) -> dict[str, Any]:
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}
