"""Sets of addresses as sorted intervals: exact, for IPv4 and IPv6 at once, near linear."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Both families share one number line: IPv6 as it is, IPv4 behind its end, one number apart so
# that intervals of the two are never adjacent.
_V4_START = (1 << 128) + 1

Span = tuple[int, int]  # first and last address, both included


class NotACidrError(ValueError):
    """The text is no address range; the message is one sentence."""


@dataclass(frozen=True)
class Addresses:
    """A set of addresses.

    Attributes:
        spans: Disjoint, sorted, never adjacent within a family.
    """

    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __or__(self, other: Addresses) -> Addresses:
        return Addresses(_joined([*self.spans, *other.spans]))

    def __and__(self, other: Addresses) -> Addresses:
        return Addresses(tuple(_overlaps(self.spans, other.spans)))

    def __sub__(self, other: Addresses) -> Addresses:
        return Addresses(tuple(_differences(self.spans, other.spans)))

    def __le__(self, other: Addresses) -> bool:
        return not self - other

    @property
    def first(self) -> str:
        """The lowest IPv4 address, or the lowest IPv6 one where there is no IPv4."""
        four = [low for low, _ in self.spans if low >= _V4_START]
        return _text(four[0] if four else self.spans[0][0])

    def __str__(self) -> str:
        ranges = [cidr for span in self.spans for cidr in _cidrs(span)]
        shown = ", ".join(ranges[:4])
        return f"{shown} and {len(ranges) - 4} more" if len(ranges) > 4 else shown or "nobody"


def parse(cidr: str) -> Addresses:
    """Read "10.8.0.0/16", "2001:db8::/32" or a bare address; host bits are dropped as AWS does.

    Raises:
        NotACidrError: The text is no address range.
    """
    try:
        network = ipaddress.ip_network(cidr.strip(), strict=False)
    except ValueError:
        raise NotACidrError(f"{cidr[:60]!r} is no address range.") from None
    if isinstance(network, ipaddress.IPv4Network):
        low = _V4_START + int(network.network_address)
        return Addresses(((low, low + network.num_addresses - 1),))
    low = int(network.network_address)
    return Addresses(((low, low + network.num_addresses - 1),))


def union(sets: Iterable[Addresses]) -> Addresses:
    """Join many sets in n log n."""
    return Addresses(_joined([span for one in sets for span in one.spans]))


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for low, high in sorted(spans):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return tuple(joined)


def _overlaps(left: tuple[Span, ...], right: tuple[Span, ...]) -> Iterator[Span]:
    i = j = 0
    while i < len(left) and j < len(right):
        low, high = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if low <= high:
            yield low, high
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1


def _differences(left: tuple[Span, ...], right: tuple[Span, ...]) -> Iterator[Span]:
    j = 0
    for first, last in left:
        low = first
        while j < len(right) and right[j][1] < low:
            j += 1
        k = j
        while k < len(right) and right[k][0] <= last:
            if right[k][0] > low:
                yield low, right[k][0] - 1
            low = max(low, right[k][1] + 1)
            k += 1
        if low <= last:
            yield low, last


def _text(number: int) -> str:
    if number >= _V4_START:
        return str(ipaddress.IPv4Address(number - _V4_START))
    return str(ipaddress.IPv6Address(number))


def _cidrs(span: Span) -> Iterator[str]:
    if span[0] >= _V4_START:
        first4, last4 = (ipaddress.IPv4Address(one - _V4_START) for one in span)
        yield from map(str, ipaddress.summarize_address_range(first4, last4))
    else:
        first6, last6 = (ipaddress.IPv6Address(one) for one in span)
        yield from map(str, ipaddress.summarize_address_range(first6, last6))


NOBODY = Addresses()
ALL_V4 = parse("0.0.0.0/0")
ALL_V6 = parse("::/0")
EVERYBODY = ALL_V4 | ALL_V6
# What no router of the internet carries: RFC 1918, RFC 6598, loopback, link-local, RFC 4193.
PRIVATE = union(
    map(
        parse,
        (
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "fc00::/7",
            "fe80::/10",
            "::1/128",
        ),
    )
)
