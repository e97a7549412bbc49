"""Which packets a rule speaks of: a protocol and a span of destination ports."""

from __future__ import annotations

from dataclasses import dataclass

from policy.hcl.values import Value, certain

# IANA's assigned numbers; names as EC2 takes them, all protocols as -1.
_NUMBERS = {"icmp": 1, "tcp": 6, "udp": 17, "icmpv6": 58, "all": -1}
_NAMES = {number: name for name, number in _NUMBERS.items()}
TCP = 6
_UDP = 17
_WITH_PORTS = frozenset({TCP, _UDP})
ANY = -1
LAST_PORT = 65535


@dataclass(frozen=True)
class Traffic:
    """One protocol, or every one, and the destination ports first to last, both included.

    Attributes:
        protocol: IANA's number, `ANY` for all of them.
        first: The first destination port; 0 where the protocol has no ports.
        last: The last destination port; 65535 where the protocol has no ports.
    """

    protocol: int
    first: int = 0
    last: int = LAST_PORT

    def covers(self, protocol: int, port: int) -> bool:
        """Tell whether a packet of that protocol to that port is among these."""
        return self.protocol in (ANY, protocol) and self.first <= port <= self.last

    def beyond(self, allowed: Traffic) -> Traffic | None:
        """Return some of these packets which `allowed` lacks, None where it has them all."""
        if allowed.protocol not in (ANY, self.protocol):
            if self.protocol == ANY:
                if (allowed.first, allowed.last) == (0, LAST_PORT):
                    return Traffic(TCP if allowed.protocol != TCP else _UDP)
                # A packet that people can check: the wanted protocol on another port.
                return Traffic(allowed.protocol, *_outside(allowed))
            return self
        if self.first < allowed.first:
            return Traffic(self.protocol, self.first, min(self.last, allowed.first - 1))
        if self.last > allowed.last:
            return Traffic(self.protocol, max(self.first, allowed.last + 1), self.last)
        return None

    @property
    def name(self) -> str:
        """The protocol as people write it: "tcp", "all", "47"."""
        return _NAMES.get(self.protocol, str(self.protocol))

    @property
    def ports(self) -> str:
        """The ports as people write them: "443", "0-65535"; "any" where there are none."""
        if self.protocol not in _WITH_PORTS or (self.first, self.last) == (0, LAST_PORT):
            return "any"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def example(self) -> str:
        """One port of these as text, 22 or 80 where they hold them; "any" without ports."""
        if self.protocol not in (*_WITH_PORTS, ANY):
            return "any"
        for known in (22, 80):
            if self.first <= known <= self.last:
                return str(known)
        return str(self.first)


def _outside(allowed: Traffic) -> tuple[int, int]:
    return (0, allowed.first - 1) if allowed.first else (allowed.last + 1, LAST_PORT)


def read(protocol: Value, first: Value, last: Value) -> Traffic | None:
    """Read a rule's protocol and ports as AWS does; None where they cannot be told.

    A protocol may be a name, a number or text of one; with all protocols the ports are ignored
    (EC2's AuthorizeSecurityGroupIngress), as they are for protocols without ports.
    """
    number = protocol_number(protocol)
    if number is None:
        return None
    if number not in _WITH_PORTS:
        return Traffic(number)
    low, high = whole_number(first), whole_number(last)
    if low is None or high is None:
        # Without ports EC2 reads -1 to -1, and takes that as all of them.
        return Traffic(number) if first is None and last is None else None
    if low == -1 or high == -1:
        return Traffic(number)
    if not 0 <= low <= LAST_PORT or not 0 <= high <= LAST_PORT:
        return None
    # From beyond to: Terraform would be refused; read as the wider of both meanings.
    return Traffic(number, min(low, high), max(low, high))


def protocol_number(protocol: Value) -> int | None:
    """Return IANA's number of a protocol given by name or number, None where it is unknown."""
    if isinstance(protocol, bool) or not certain(protocol):
        return None
    text = str(protocol).strip().lower()
    if text in _NUMBERS:
        return _NUMBERS[text]
    number = whole_number(text)
    return number if number is not None and -1 <= number <= 255 else None


def whole_number(value: Value) -> int | None:
    """Return the whole number that a value or its text is, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None
