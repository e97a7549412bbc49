"""What an address range may be, in Python and in HCL.

A range that admits clients may be no wider than one organisation can plausibly own:

- IPv4: /8 or longer, as 10.0.0.0/8 is the widest private range there is.
- IPv6: /32 or longer, which is what a registry gives a provider; unique local addresses
  (fc00::/7, RFC 4193), which the internet does not route, /8 or longer.

The same bound holds for what neighbouring ranges merge into, so that the internet cannot be let in
by halves, and the public IPv4 ranges of a list may together be no more than one /8.
"""

from __future__ import annotations

import ipaddress
import re
from itertools import combinations
from typing import TypeAlias

from envs.checks import Check

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_SPECIAL = (
    ("0.0.0.0/8", "is the unspecified network"),
    ("127.0.0.0/8", "is loopback"),
    ("169.254.0.0/16", "is link-local"),
    ("224.0.0.0/4", "is multicast"),
    ("240.0.0.0/4", "is reserved"),
    ("::1/128", "is loopback"),
    ("::ffff:0:0/96", "is IPv4 mapped into IPv6"),
    ("fe80::/10", "is link-local"),
    ("ff00::/8", "is multicast"),
)

# Rules on the canonical text, which both languages match alike. `[.]` spares HCL the backslash.
# Of IPv6, only 2000::/3 and fc00::/7 are handed out at all.
_HANDED_OUT = (
    "^(([1-9]|[1-9][0-9]|1[0-9][0-9]|2[01][0-9]|22[0-3])[.]|([23][0-9a-f]{3}|f[cd][0-9a-f]{2}):)"
)
_HOST_ONLY = "^(127[.]|169[.]254[.])"
_PRIVATE_V4 = (
    "^(10[.]|172[.](1[6-9]|2[0-9]|3[01])[.]|192[.]168[.]"
    "|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.])"
)
_PRIVATE_V6 = "^f[cd][0-9a-f]{2}:"


def _length(value: str) -> str:
    """HCL for the prefix length of a range."""
    return f'tonumber(split("/", {value})[1])'


def _block(value: str, length: str) -> str:
    """HCL for the range of that prefix length around a range."""
    return f'cidrsubnet(format("%s/%d", split("/", {value})[0], {length}), 0, 0)'


def _matches(pattern: str, value: str) -> str:
    return f'can(regex("{pattern}", {value}))'


def overlap_condition(one: str, other: str) -> str:
    """HCL that is true where two ranges share an address: the wider one holds the other."""
    wider = f"min({_length(one)}, {_length(other)})"
    return f"try({_block(one, wider)} == {_block(other, wider)}, false)"


_WIDEST = f'({_matches(_PRIVATE_V6, "value")} || !strcontains(value, ":") ? 8 : 32)'
_CANONICAL = "try(cidrsubnet(value, 0, 0) == value, false)"


def _widest(network: Network) -> int:
    """The shortest prefix length that is allowed where this range lies."""
    return 8 if network.version == 4 or re.match(_PRIVATE_V6, str(network)) else 32


def _too_wide(value: str) -> str | None:
    network = ipaddress.ip_network(value)
    if network.prefixlen == 0:
        return "admits the whole internet; write the clients' own range"
    widest = _widest(network)
    if network.prefixlen < widest:
        return f"is nearly as wide as the internet; write ranges of /{widest} or longer"
    return None


def _malformed(value: str) -> str | None:
    try:
        # ipaddress takes the zone of an IPv6 address ("%eth0"), which a range cannot have.
        network = ipaddress.ip_network(value.replace("%", " "), strict=False)
        address = ipaddress.ip_address(value.partition("/")[0])
    except ValueError:
        return 'is no address range; write one such as "10.8.0.0/16" or "2001:db8:8::/48"'
    if value == str(network):
        return None
    if fault := _too_wide(str(network)):
        return fault
    if "/" not in value:
        return f'lacks a prefix length; write "{network}"'
    if address != network.network_address:
        return f'has host bits set; write "{network}"'
    return f'is not in canonical form; write "{network}"'


def _special(value: str) -> str | None:
    if re.match(_HANDED_OUT, value) and not re.match(_HOST_ONLY, value):
        return None
    network = ipaddress.ip_network(value)
    for text, what in _SPECIAL:
        special = ipaddress.ip_network(text)
        if network.version == special.version and network.overlaps(special):
            return f"{what} ({text}), from which no client comes; write the clients' own range"
    return "lies outside the addresses that are handed out; write the clients' own range"


def _private(value: str) -> str | None:
    if re.match(_PRIVATE_V4, value) or re.match(_PRIVATE_V6, value):
        return (
            "is private, but CloudFront sees public addresses; "
            "write the public range that the clients leave through"
        )
    return None


def _overlapping(values: list[str]) -> str | None:
    for one, other in combinations(values, 2):
        if one == other:
            return f'lists "{one}" twice; remove one'
        if ipaddress.ip_network(one).overlaps(ipaddress.ip_network(other)):
            return f'lists "{one}" and "{other}", which overlap; keep the wider one'
    return None


def _merged(values: list[str]) -> str | None:
    ranges = [ipaddress.ip_network(value) for value in values]
    v4 = [network for network in ranges if isinstance(network, ipaddress.IPv4Network)]
    v6 = [network for network in ranges if isinstance(network, ipaddress.IPv6Network)]
    merged = (*ipaddress.collapse_addresses(v4), *ipaddress.collapse_addresses(v6))
    for network in merged:
        if network.prefixlen < _widest(network):
            return (
                f'adds up to "{network}", which is nearly as wide as the internet; '
                "write narrower ranges"
            )
    public = sum(n.num_addresses for n in v4 if not re.match(_PRIVATE_V4, str(n)))
    if public > 2**24:
        return (
            f"admits {public} public IPv4 addresses, more than one /8 holds; write narrower ranges"
        )
    return None


WRITTEN = Check(
    condition=_CANONICAL,
    error_message="Write an address range in canonical form, without host bits: 10.8.0.0/16.",
    find=_malformed,
)
NARROW = Check(
    condition=f"try({_length('value')} >= {_WIDEST}, false)",
    error_message="A range may be no wider than /8 (IPv6: /32, unique local addresses: /8).",
    find=_too_wide,
)
ADMITTABLE = Check(
    condition=f"{_matches(_HANDED_OUT, 'value')} && !{_matches(_HOST_ONLY, 'value')}",
    error_message="Clients have no loopback, link-local, multicast, mapped or reserved addresses.",
    find=_special,
)
PUBLIC = Check(
    condition=f"!{_matches(_PRIVATE_V4, 'value')} && !{_matches(_PRIVATE_V6, 'value')}",
    error_message="CloudFront sees public addresses only; write a public range.",
    find=_private,
)
DISJOINT = Check(
    condition=(
        "alltrue(flatten([for i, one in value : [for j, other in value : "
        f"i == j || !{overlap_condition('one', 'other')}]]))"
    ),
    error_message="The ranges of a list may not repeat or overlap each other.",
    find=_overlapping,
)
_SUPER = _WIDEST.replace("value", "r")
BOUNDED = Check(
    condition=(
        # A block one bit wider than allowed is full when its disjoint parts add up to it.
        f"try(alltrue([for block in distinct([for r in value : {_block('r', _SUPER + ' - 1')}]) : "
        f"sum([for r in value : {_block('r', _SUPER + ' - 1')} == block ? "
        f"pow(0.5, {_length('r')}) : 0]) < pow(0.5, {_length('block')})]) && "
        f'sum([for r in value : strcontains(r, ":") || {_matches(_PRIVATE_V4, "r")} ? 0 : '
        f"pow(0.5, {_length('r')})]) <= pow(0.5, 8), true)"
    ),
    error_message=(
        "Neighbouring ranges may not add up to more than one range may be, "
        "nor public IPv4 ranges to more than one /8."
    ),
    find=_merged,
)


def _vpc_range(value: str) -> str | None:
    network = ipaddress.ip_network(value)
    if not re.match(_PRIVATE_V4, value):
        return 'is no private IPv4 range; write one such as "10.20.0.0/16"'
    if not 16 <= network.prefixlen <= 20:
        return f"has a prefix length of /{network.prefixlen}; write /16 to /20"
    return None


VPC_RANGE = Check(
    condition=(
        f"{_matches(_PRIVATE_V4, 'value')} && "
        f"try({_length('value')} >= 16 && {_length('value')} <= 20, false)"
    ),
    error_message="The VPC takes a private IPv4 range (RFC 1918 or 100.64.0.0/10) of /16 to /20.",
    find=_vpc_range,
)
