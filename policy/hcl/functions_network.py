"""Functions of address ranges: `cidrsubnet` and its like."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from policy.hcl.conversion import doubt, reject
from policy.hcl.functions_text import integer, string

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy.hcl.values import Value

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(value: Value) -> Network:
    text = string(value)
    address, _, length = text.partition("/")
    if not (length.isascii() and length.isdigit()):
        reject(f"{text[:40]!r} is no address range")
    if "%" in address or (":" in address and "." in address):
        doubt("this form of an address is not modelled")
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        doubt(f"whether {text[:40]!r} is an address range is not certain")


def _subnet(network: Network, bits: int, number: int) -> Network:
    length = network.prefixlen + bits
    if bits < 0 or length > network.max_prefixlen:
        reject("the range has too few bits")
    if number < 0:
        doubt("a negative subnet is not modelled")
    if number >= 2**bits:
        reject("the range has no such subnet")
    first = int(network.network_address) + (number << (network.max_prefixlen - length))
    return type(network)((first, length))


def _cidrsubnet(prefix: Value, bits: Value, number: Value) -> Value:
    return str(_subnet(_network(prefix), integer(bits), integer(number)))


def _cidrsubnets(prefix: Value, *bits: Value) -> Value:
    network = _network(prefix)
    at = int(network.network_address)
    found: list[Value] = []
    for wanted in map(integer, bits):
        length = network.prefixlen + wanted
        if not 1 <= wanted <= 32 or length > network.max_prefixlen:
            reject("the range has too few bits")
        size = 1 << (network.max_prefixlen - length)
        at = -(-at // size) * size
        if at + size > int(network.network_address) + network.num_addresses:
            reject("the range has too few addresses")
        found.append(str(type(network)((at, length))))
        at += size
    return found


def _cidrhost(prefix: Value, number: Value) -> Value:
    network, at = _network(prefix), integer(number)
    if at < 0:
        at += network.num_addresses
    if not 0 <= at < network.num_addresses:
        reject("the range has no such host")
    return str(network.network_address + at)


def _cidrnetmask(prefix: Value) -> Value:
    network = _network(prefix)
    if network.version == 6:
        reject("IPv6 has no netmask")
    return str(network.netmask)


KNOWN: dict[str, Callable[..., Value]] = {
    "cidrhost": _cidrhost,
    "cidrnetmask": _cidrnetmask,
    "cidrsubnet": _cidrsubnet,
    "cidrsubnets": _cidrsubnets,
}
