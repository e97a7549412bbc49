"""A rule's protocol and ports are read as EC2 reads them, and compared as sets of packets."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.hcl.values import Reference, Unknown, Value
from policy.network.traffic import ANY, LAST_PORT, TCP, Traffic, protocol_number, read, whole_number

STEADY = settings(derandomize=True, max_examples=400, deadline=None)
LATER = Unknown("is known only after the apply")
ALL = Traffic(ANY)


@pytest.mark.parametrize(
    ("rule", "packets"),
    [
        (("tcp", 443, 443), Traffic(TCP, 443, 443)),
        (("TCP", 443, 443), Traffic(TCP, 443, 443)),
        ((" tcp ", 443, 443), Traffic(TCP, 443, 443)),
        (("6", "443", "443"), Traffic(TCP, 443, 443)),
        ((6, 443.0, 443), Traffic(TCP, 443, 443)),
        (("udp", 53, 53), Traffic(17, 53, 53)),
        (("17", 0, 65535), Traffic(17)),
        (("-1", 443, 443), ALL),
        ((-1, 0, 0), ALL),
        (("all", None, None), ALL),
        (("-1", LATER, LATER), ALL),
        (("tcp", -1, -1), Traffic(TCP)),
        (("tcp", None, None), Traffic(TCP)),
        (("tcp", 0, 65535), Traffic(TCP)),
        (("tcp", 500, 400), Traffic(TCP, 400, 500)),
        (("icmp", 8, 0), Traffic(1)),
        (("icmpv6", -1, -1), Traffic(58)),
        (("58", 443, 443), Traffic(58)),
        (("47", 443, 443), Traffic(47)),
        ((50, LATER, LATER), Traffic(50)),
    ],
)
def test_what_ec2_understands(rule: tuple[Value, Value, Value], packets: Traffic) -> None:
    assert read(*rule) == packets


@pytest.mark.parametrize(
    "rule",
    [
        (LATER, 443, 443),
        (Reference("aws_lb.a", ("protocol",)), 443, 443),
        (None, 443, 443),
        ("", 443, 443),
        ("https", 443, 443),
        ("256", 443, 443),
        ("-2", 443, 443),
        (True, 443, 443),
        (["tcp"], 443, 443),
        ("6.5", 443, 443),
        ("tcp", LATER, 443),
        ("tcp", 443, LATER),
        ("tcp", 443, None),
        ("tcp", 443, "https"),
        ("tcp", 443, 65536),
        ("tcp", -2, 443),
        ("tcp", True, 443),
        ("tcp", "nan", "inf"),
        ("tcp", 443, "1e999"),
        ("tcp", 443, [443]),
    ],
)
def test_what_cannot_be_told(rule: tuple[Value, Value, Value]) -> None:
    assert read(*rule) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [("443", 443), (443.0, 443), ("4.43e2", 443), (0, 0), ("-1", -1), (443.5, None), ("", None)],
)
def test_whole_numbers(value: Value, number: int | None) -> None:
    assert whole_number(value) == number


@pytest.mark.parametrize("value", [True, None, [], {}, "nan", "inf", float("nan"), float("inf")])
def test_what_is_no_whole_number(value: Value) -> None:
    assert whole_number(value) is None
    assert protocol_number(value) is None


PORTS = st.sampled_from([0, 1, 2, 22, 442, 443, 444, 11434, 65534, LAST_PORT])
SAMPLE = (0, 1, 2, 3, 22, 442, 443, 444, 445, 11434, 65533, 65534, LAST_PORT)
PROTOCOLS = (TCP, 17, 1, 47)


@st.composite
def traffics(draw: st.DrawFn) -> Traffic:
    number = draw(st.sampled_from([ANY, *PROTOCOLS]))
    if number not in (TCP, 17):
        return Traffic(number)
    first, last = sorted((draw(PORTS), draw(PORTS)))
    return Traffic(number, first, last)


def packets(traffic: Traffic) -> set[tuple[int, int]]:
    return {pair for pair in product(PROTOCOLS, SAMPLE) if traffic.covers(*pair)}


@STEADY
@given(traffics(), traffics())
def test_what_lies_beyond_is_some_of_it_and_never_allowed(one: Traffic, allowed: Traffic) -> None:
    beyond = one.beyond(allowed)
    if beyond is None:
        assert packets(one) <= packets(allowed)
    else:
        assert beyond.first <= beyond.last
        assert packets(beyond) <= packets(one)
        assert not packets(beyond) & packets(allowed)


@STEADY
@given(traffics())
def test_nothing_lies_beyond_itself_or_everything(one: Traffic) -> None:
    assert one.beyond(one) is None
    assert one.beyond(ALL) is None


def test_ports_beyond_the_only_wanted_one() -> None:
    wanted = Traffic(TCP, 443, 443)
    assert Traffic(TCP, 0, 443).beyond(wanted) == Traffic(TCP, 0, 442)
    assert Traffic(TCP, 443, 500).beyond(wanted) == Traffic(TCP, 444, 500)
    assert Traffic(TCP, 22, 22).beyond(wanted) == Traffic(TCP, 22, 22)
    assert ALL.beyond(wanted) == Traffic(TCP, 0, 442)
    assert Traffic(17, 443, 443).beyond(wanted) == Traffic(17, 443, 443)


@pytest.mark.parametrize(
    ("traffic", "name", "ports", "example"),
    [
        (Traffic(TCP, 443, 443), "tcp", "443", "443"),
        (Traffic(TCP, 20, 25), "tcp", "20-25", "22"),
        (Traffic(17), "udp", "any", "22"),
        (Traffic(17, 79, 81), "udp", "79-81", "80"),
        (Traffic(1), "icmp", "any", "any"),
        (Traffic(47), "47", "any", "any"),
        (ALL, "all", "any", "22"),
    ],
)
def test_traffic_as_people_read_it(traffic: Traffic, name: str, ports: str, example: str) -> None:
    assert (traffic.name, traffic.ports, traffic.example) == (name, ports, example)
