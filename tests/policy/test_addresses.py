"""Sets of addresses are sets: intervals against Python's own sets, and against `ipaddress`."""

import ipaddress
from collections.abc import Callable
from operator import and_, le, or_, sub

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.network.addresses import (
    ALL_V4,
    ALL_V6,
    EVERYBODY,
    NOBODY,
    PRIVATE,
    Addresses,
    NotACidrError,
    parse,
    union,
)

STEADY = settings(derandomize=True, max_examples=400, deadline=None)

# Small networks at the ends of both families, where an interval may run over into the next.
ENDS = ("0.0.0.0/28", "255.255.255.240/28", "::/124", f"{'ffff:' * 7}fff0/124")
UNIVERSE = [str(one) for end in ENDS for one in ipaddress.ip_network(end)]


@st.composite
def networks(draw: st.DrawFn) -> str:
    """A network inside one of the ends, host bits and all."""
    inside = ipaddress.ip_network(draw(st.sampled_from(ENDS)))
    length = draw(st.integers(inside.prefixlen, inside.max_prefixlen))
    return f"{inside[draw(st.integers(0, 15))]}/{length}"


LISTS = st.lists(networks(), max_size=6)
Operator = Callable[[set[str], set[str]], set[str]]


def members(networks: list[str]) -> set[str]:
    return {str(one) for cidr in networks for one in ipaddress.ip_network(cidr, strict=False)}


def holds(addresses: Addresses) -> set[str]:
    return {one for one in UNIVERSE if parse(one) <= addresses}


def is_canonical(addresses: Addresses) -> bool:
    ends = [number for span in addresses.spans for number in span]
    apart = all(
        addresses.spans[at][1] + 1 < addresses.spans[at + 1][0]
        for at in range(len(addresses.spans) - 1)
    )
    return apart and ends == sorted(ends)


@STEADY
@given(LISTS, LISTS, st.sampled_from([or_, and_, sub]))
def test_operators_are_those_of_sets(left: list[str], right: list[str], operator: Operator) -> None:
    one, other = union(map(parse, left)), union(map(parse, right))
    found = operator(one, other)  # pyright: ignore[reportArgumentType]
    assert isinstance(found, Addresses)
    assert holds(found) == operator(members(left), members(right))
    assert is_canonical(found)
    assert le(one, other) is (members(left) <= members(right))
    assert bool(found) is bool(operator(members(left), members(right)))


@STEADY
@given(LISTS, LISTS)
def test_equal_sets_are_equal_however_they_are_written(left: list[str], right: list[str]) -> None:
    one, other = union(map(parse, left)), union(map(parse, right))
    assert (one == other) is (members(left) == members(right))
    assert one | other == union([other, one]) == other | one
    assert (one - other) | (one & other) == one
    assert EVERYBODY - (EVERYBODY - one) == one


@STEADY
@given(st.ip_addresses(), st.integers(0, 32))
def test_any_network_is_what_ipaddress_takes_it_for(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, length: int
) -> None:
    network = ipaddress.ip_network(f"{address}/{length}", strict=False)
    found = parse(f"{address}/{length}")
    assert found == parse(str(network))
    assert str(found) == str(network)
    assert found.first == str(network[0])
    assert parse(str(network[-1])) <= found
    assert found <= (ALL_V4 if network.version == 4 else ALL_V6)
    assert not found & (ALL_V6 if network.version == 4 else ALL_V4)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10.8.3.4/16", "10.8.0.0/16"),
        ("10.8.0.1", "10.8.0.1/32"),
        (" 10.8.0.0/16\n", "10.8.0.0/16"),
        ("10.8.0.0/255.255.0.0", "10.8.0.0/16"),
        ("2001:db8:8::1/48", "2001:db8:8::/48"),
        ("2001:DB8:0008:0::/48", "2001:db8:8::/48"),
        ("::ffff:10.8.0.0/112", "::ffff:a08:0/112"),
        ("255.255.255.255/0", "0.0.0.0/0"),
        ("ffff::/0", "::/0"),
    ],
)
def test_host_bits_and_spellings_do_not_matter(written: str, read: str) -> None:
    assert str(parse(written)) == read


WRONG = ("", "x", "10.8.0.0/33", "10.8.0/16", "::/129", "10.8.0.256", "010.8.0.0/16", "-1", "10/8")


@pytest.mark.parametrize("text", [*WRONG, "10.8.0.0/16,0.0.0.0/0", "9" * 9_999, "1/" + "9" * 9_999])
def test_what_is_no_range_is_said_so_in_one_sentence(text: str) -> None:
    with pytest.raises(NotACidrError, match=r"^'.{0,60}' is no address range\.$"):
        parse(text)


def test_the_families_never_touch() -> None:
    assert len(EVERYBODY.spans) == 2
    assert str(EVERYBODY) == "::/0, 0.0.0.0/0"
    assert not ALL_V4 & ALL_V6
    last, first = parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), parse("0.0.0.0/32")
    assert len((last | first).spans) == 2


def test_halves_of_the_internet_make_it_whole() -> None:
    assert union([parse("0.0.0.0/1"), parse("128.0.0.0/1")]) == ALL_V4
    assert not parse("0.0.0.0/1") <= parse("10.0.0.0/8")


def test_sets_as_people_read_them() -> None:
    assert str(NOBODY) == "nobody"
    assert str(parse("10.0.0.0/9") | parse("10.128.0.0/9")) == "10.0.0.0/8"
    five = union(parse(f"10.{at}.0.0/16") for at in range(0, 10, 2))
    assert str(five) == "10.0.0.0/16, 10.2.0.0/16, 10.4.0.0/16, 10.6.0.0/16 and 1 more"
    assert (parse("::1") | parse("10.8.0.0/16")).first == "10.8.0.0"


@pytest.mark.parametrize("text", ["10.255.0.1", "172.31.0.0/16", "100.127.0.0/16", "fd00::/8"])
def test_private_addresses(text: str) -> None:
    assert parse(text) <= PRIVATE


@pytest.mark.parametrize("text", ["11.0.0.0", "172.32.0.0/16", "100.128.0.0/16", "2001:db8::/32"])
def test_public_addresses(text: str) -> None:
    assert not parse(text) & PRIVATE
