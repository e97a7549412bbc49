"""Whatever a variable file holds, it is an environment or an error that names the setting."""

import ipaddress
import re
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from envs.hcl import read
from envs.load import load
from envs.schema import Environment

Sentences = Callable[[str | bytes], list[str]]
Render = Callable[[dict[str, Any]], str]

FIELDS = sorted(Environment.model_fields)
PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=20)
SCALARS = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | PLAIN
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=3),
    max_leaves=5,
)
PUBLIC = string.ascii_letters + string.digits


def network(value: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    return ipaddress.ip_network(value)


def networks(least: int, bits: int) -> st.SearchStrategy[str]:
    def around(address: int, length: int) -> str:
        return str(ipaddress.ip_network((address, length), strict=False))

    return st.builds(around, st.integers(least, 2**bits - 1), st.integers(0, bits))


NETWORKS = networks(0, 32) | networks(2**125, 128)
# A busy machine is no failure, so neither an example nor drawing one has a deadline.
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
thorough = settings(quick, max_examples=300)


@quick
@given(st.binary(max_size=200))
def test_random_bytes(sentences: Sentences, content: bytes) -> None:
    assert sentences(content) != []


@thorough
@given(st.data())
def test_torn_files(
    sentences: Sentences, render: Render, smallest: dict[str, Any], data: st.DataObject
) -> None:
    content = render(smallest).encode()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    patch = data.draw(st.binary(max_size=4) | st.sampled_from([b'"', b"[", b"}", b"\n", b"${"]))
    torn = content[:start] + patch + content[end:]
    for sentence in sentences(torn):
        assert sentence.startswith(":")


@thorough
@given(name=st.sampled_from(FIELDS), value=VALUES)
@example(name="max_size", value=10**60)
@example(name="vpn_cidrs", value=[None])
@example(name="log_retention_days", value=True)
@example(name="zones", value=[["eu-west-1a"]])
@example(name="office_hours", value={"start_cron": {}})
def test_any_value(
    sentences: Sentences,
    render: Render,
    smallest: dict[str, Any],
    file: Path,
    name: str,
    value: Any,
) -> None:
    found = sentences(render(smallest | {name: value}))
    if found:
        assert any(name in sentence for sentence in found)
    else:
        taken = load(file).model_dump()[name]
        assert taken == value
        assert type(taken) is type(value)


@quick
@given(st.from_regex(r"[a-z][a-z0-9_-]{0,30}", fullmatch=True), SCALARS)
def test_unknown_settings(
    sentences: Sentences, render: Render, smallest: dict[str, Any], name: str, value: Any
) -> None:
    assume(name not in FIELDS)
    [sentence] = sentences(render(smallest | {name: value}))
    assert sentence.startswith(f":16: {name}: is ")


@quick
@given(st.dictionaries(st.from_regex(r"[a-zé][a-z0-9_-]*", fullmatch=True), VALUES, max_size=4))
def test_reading_gives_back_what_was_written(render: Render, values: dict[str, Any]) -> None:
    assert read(render(values)).values == values


@thorough
@given(st.lists(NETWORKS, min_size=1, max_size=5))
@example(["0.0.0.0/1", "128.0.0.0/1"])
@example(["12.0.0.0/8", "13.0.0.0/8"])
@example(["fc00::/8", "fd00::/8"])
def test_ranges_that_pass_are_narrow(
    sentences: Sentences, render: Render, smallest: dict[str, Any], ranges: list[str]
) -> None:
    found = sentences(render(smallest | {"vpn_cidrs": ranges}))
    v4 = [n for n in map(network, ranges) if isinstance(n, ipaddress.IPv4Network)]
    v6 = [n for n in map(network, ranges) if isinstance(n, ipaddress.IPv6Network)]
    narrow4 = all(n.prefixlen >= 8 for n in ipaddress.collapse_addresses(v4))
    narrow6 = all(
        n.prefixlen >= (8 if n.network_address in ipaddress.IPv6Network("fc00::/7") else 32)
        for n in ipaddress.collapse_addresses(v6)
    )
    if found:
        assert all(sentence.startswith(":14: vpn_cidrs") for sentence in found)
    else:
        assert narrow4
        assert narrow6
        assert not any(n.overlaps(ipaddress.IPv4Network(smallest["vpc_cidr"])) for n in v4)
        assert not any(n.is_loopback or n.is_multicast or n.is_link_local for n in (*v4, *v6))


@quick
@given(st.integers(1, 5), st.sampled_from(["0.0.0.0/0", "2000::/3", "::/0"]), st.randoms())
def test_parts_of_the_internet_are_refused(
    sentences: Sentences,
    render: Render,
    smallest: dict[str, Any],
    bits: int,
    whole: str,
    chance: Any,
) -> None:
    parts = [str(part) for part in network(whole).subnets(prefixlen_diff=bits)]
    chance.shuffle(parts)
    assert sentences(render(smallest | {"vpn_cidrs": parts})) != []


@quick
@given(st.integers(2**24, 2**32 - 1), st.integers(8, 31))
def test_host_bits_are_answered_with_the_network(
    sentences: Sentences, render: Render, smallest: dict[str, Any], address: int, length: int
) -> None:
    right = ipaddress.ip_network((address, length), strict=False)
    assume(address != int(right.network_address))
    wrong = f"{ipaddress.IPv4Address(address)}/{length}"
    [sentence] = sentences(render(smallest | {"vpn_cidrs": [wrong]}))
    assert sentence == f':14: vpn_cidrs[0] = "{wrong}": has host bits set; write "{right}".'


@quick
@given(st.text(st.characters(categories=["Ll", "Lo", "Nd"]), min_size=1, max_size=10))
@example("bücher")
@example("\uff45xample")
def test_unicode_host_names(
    sentences: Sentences, render: Render, smallest: dict[str, Any], label: str
) -> None:
    assume(not label.isascii())
    [sentence] = sentences(render(smallest | {"domain_name": f"{label}.example"}))
    assert "write its punycode form" in sentence
    if suggested := re.search(r'form, "(.+)"\.$', sentence):
        assert sentences(render(smallest | {"domain_name": suggested[1]})) == []


def letters(alphabet: str, count: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=count, max_size=count)


SECRETS = st.one_of(
    st.builds("AKIA{}".format, letters(string.ascii_uppercase + string.digits, 16)),
    st.builds("ASIA{}".format, letters(string.ascii_uppercase + string.digits, 16)),
    st.builds("ghp_{}".format, letters(PUBLIC, 36)),
    st.builds("glpat-{}".format, letters(PUBLIC, 20)),
    st.builds("eyJ{}.eyJ{}".format, letters(PUBLIC, 20), letters(PUBLIC, 20)),
    st.builds("-----BEGIN {} PRIVATE KEY-----{}".format, st.just("RSA"), letters(PUBLIC, 9)),
    st.permutations(PUBLIC).map(lambda drawn: "".join(drawn[:38]) + "aB"),
)


@quick
@given(secret=SECRETS, name=st.sampled_from([*FIELDS, "other"]), how=st.integers(0, 3))
def test_secrets_are_refused_and_not_repeated(
    sentences: Sentences,
    render: Render,
    smallest: dict[str, Any],
    secret: str,
    name: str,
    how: int,
) -> None:
    value = [secret, [secret], {"a": secret}, {secret: 1}][how]
    [sentence] = sentences(render(smallest | {name: value}))
    assert name in sentence
    assert "secrets out of variable files" in sentence
    assert secret[-16:] not in sentence


def test_secrets_outside_values(sentences: Sentences) -> None:
    for content, start in (
        ('# AKIAIOSFODNN7EXAMPLE\nowner = "a"', ":1: holds what looks like an AWS access key id;"),
        ("AKIAIOSFODNN7EXAMPLE = 1", ":1: holds what looks like an AWS access key id;"),
        ('db_password = "x"', ":1: db_password: is named like a secret;"),
        ('owner = { token = "x" }', ":1: owner: has a key that looks like a secret;"),
    ):
        [sentence] = sentences(content)
        assert sentence.startswith(start)
