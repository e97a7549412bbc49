"""The text for people: golden for one allowed and one denied plan, short and safe for any."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy.report import encodable, render, text
from policy.verdict import Finding, Judged, Passage, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

ALLOWED = """\
warning vpn-path: plan
  The route from the VPN to the load balancer lies outside this plan.
  mend:   Judge the plan of the network that attaches the VPN as well.

who reaches what, judged against VPN 10.8.0.0/16, 203.0.113.0/24; UI
  https://translate.corp.example
  source                      target                                          port
  10.8.0.0/16 (the VPN)       module.network.aws_lb.main                      tcp 443
    by module.network.aws_vpc_security_group_ingress_rule.vpn["10.8.0.0/16"],
       module.network.aws_lb_listener.https
  module.network.aws_lb.main  module.backend.aws_autoscaling_group.inference  tcp 11434
    by module.backend.aws_vpc_security_group_ingress_rule.from_alb

allowed: 3 requirements hold, 1 does not apply, 1 warning
"""

DENIED = """\
refused alb-ingress: module.network.aws_security_group.alb (modules/network/main.tf:12, ingress)
  The load balancer's group admits TCP 80 from 0.0.0.0/0, which is outside the VPN.
  packet: 0.0.0.0 (the internet) → module.network.aws_lb.main, tcp 80, by way of
          module.network.aws_security_group.alb, module.network.aws_lb_listener.http
  mend:   Remove the ingress rule, or narrow it to TCP 443 from var.vpn_cidrs.

refused host-ingress: module.backend.aws_launch_template.inference["g4dn"]
  The groups of the instances are not known before the apply.
  mend:   Name the groups by a plain reference.

warning vpn-path: plan
  The route from the VPN to the load balancer lies outside this plan.
  mend:   Judge the plan of the network that attaches the VPN as well.

who reaches what, judged against VPN 10.8.0.0/16, 203.0.113.0/24; UI
  https://translate.corp.example
  source                      target                                          port
! 0.0.0.0/0 (the internet)    module.network.aws_lb.main                      tcp 80
    by module.network.aws_security_group.alb, module.network.aws_lb_listener.http
  10.8.0.0/16 (the VPN)       module.network.aws_lb.main                      tcp 443
    by module.network.aws_vpc_security_group_ingress_rule.vpn["10.8.0.0/16"],
       module.network.aws_lb_listener.https
  module.network.aws_lb.main  module.backend.aws_autoscaling_group.inference  tcp 11434
    by module.backend.aws_vpc_security_group_ingress_rule.from_alb
  ! is a passage that must not exist

denied: 2 of 3 requirements are broken, 1 does not apply, 1 warning
"""

SGR = re.compile(r"\x1b\[[0-9;]+m")


def closing(verdict: Verdict) -> str:
    return text(verdict, colour=False, width=200).splitlines()[-1]


def with_judged(verdict: Verdict, judged: Iterable[Judged]) -> Verdict:
    return replace(verdict, judged=tuple(judged))


def test_an_allowed_plan_reads_so(allowed: Verdict) -> None:
    assert render(allowed, "text", width=100) == ALLOWED


def test_a_denied_plan_reads_so(denied: Verdict) -> None:
    assert render(denied, "text", width=100) == DENIED


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
@pytest.mark.parametrize("kind", ["allowed", "denied", "hostile", "flood"])
def test_no_line_is_wider_than_asked(kind: str, width: int, request: pytest.FixtureRequest) -> None:
    verdict: Verdict = request.getfixturevalue(kind)
    assert max(map(len, text(verdict, colour=False, width=width).splitlines())) <= width


@pytest.mark.parametrize("kind", ["allowed", "denied", "hostile"])
def test_colour_adds_nothing_but_colour(kind: str, request: pytest.FixtureRequest) -> None:
    verdict: Verdict = request.getfixturevalue(kind)
    coloured = text(verdict, colour=True, width=80)
    plain = text(verdict, colour=False, width=80)
    assert coloured != plain
    assert SGR.sub("", coloured) == plain
    for line in coloured.splitlines():
        assert len(re.findall(r"\x1b\[0m", line)) * 2 == len(SGR.findall(line))


def test_what_is_refused_is_red_and_what_is_allowed_green(
    allowed: Verdict, denied: Verdict
) -> None:
    assert text(denied, colour=True, width=80).startswith("\x1b[1;31mrefused\x1b[0m ")
    assert text(allowed, colour=True, width=80).splitlines()[-1].startswith("\x1b[1;32mallowed")


def test_nothing_in_a_plan_controls_the_terminal(hostile: Verdict) -> None:
    shown = text(hostile, colour=False, width=80)
    assert all(char.isprintable() for char in shown.replace("\n", ""))
    assert r"\x1b[2J\nallowed: 20 requirements" in shown


def test_a_plan_cannot_forge_the_closing_line(hostile: Verdict) -> None:
    lines = text(hostile, colour=False, width=80).splitlines()
    assert lines[-1] == "denied: 1 of 1 requirement is broken"
    assert not [line for line in lines if line.startswith("allowed")]


def test_ten_thousand_findings_stay_short_and_fast(flood: Verdict) -> None:
    began = time.perf_counter()
    shown = text(flood, colour=False, width=100)
    assert time.perf_counter() - began < 1
    assert shown.count("refused alb-ingress: ") == 10
    assert "  and 9,990 more findings of alb-ingress: --format json lists all\n" in shown
    assert "  and 9,960 more passages: --format json lists all\n" in shown
    assert "aws_network_acl_rule.number[7], 92 more" in shown
    assert len(shown) < 40_000


def test_each_requirement_shows_its_own_first_findings(denied: Verdict) -> None:
    first, second, _ = denied.findings
    many = replace(denied, findings=(*[first] * 11, *[second] * 10))
    shown = text(many, colour=False, width=100)
    assert shown.count("refused host-ingress: ") == 10
    assert "  and 1 more finding of alb-ingress: " in shown
    assert "of host-ingress" not in shown


def test_an_endless_word_is_cut(denied: Verdict) -> None:
    finding = replace(denied.findings[0], address="a" * 1_000_000, message="b " * 1_000_000)
    shown = text(replace(denied, findings=(finding,)), colour=False, width=80)
    assert len(shown) < 5_000
    assert "a…" in shown


def test_the_proof_stands_beside_its_row_where_it_fits(denied: Verdict) -> None:
    lines = text(denied, colour=False, width=170).splitlines()
    head = next(line for line in lines if line.startswith("  source"))
    row = next(line for line in lines if line.startswith("! 0.0.0.0/0"))
    assert row.index("module.network.aws_security_group.alb,") == head.index("proven by")
    assert not [line for line in lines if line.startswith("    by ")]


def test_a_plan_in_which_nobody_reaches_anything_says_so(allowed: Verdict) -> None:
    shown = text(replace(allowed, passages=(), intent=""), colour=False, width=40)
    assert "\nwho reaches what: no passage\n" in shown


def test_all_ports_of_all_protocols_read_as_all(allowed: Verdict) -> None:
    row = Passage("a", "b", "all", "all", ("c",))
    assert "  a       b       all   c\n" in text(
        replace(allowed, passages=(row,)), colour=False, width=80
    )


def test_the_closing_line_counts(allowed: Verdict) -> None:
    judged = [Judged(f"r{number}", "", "passed") for number in range(18)]
    absent = [Judged(f"n{number}", "", "not applicable") for number in range(2)]
    quiet = replace(allowed, findings=())
    assert closing(with_judged(quiet, judged[:1])) == "allowed: 1 requirement holds"
    assert (
        closing(with_judged(quiet, [*judged, *absent]))
        == "allowed: 18 requirements hold, 2 do not apply"
    )
    refused = tuple(Finding(row.requirement, "refused", "plan", "m", "") for row in judged[:2])
    denied = with_judged(replace(quiet, findings=refused), judged)
    assert closing(denied) == "denied: 2 of 18 requirements are broken"


def test_a_finding_whose_requirement_is_in_no_table_still_counts(allowed: Verdict) -> None:
    finding = Finding("unheard-of", "refused", "plan", "m", "")
    verdict = replace(allowed, findings=(finding,))
    assert closing(verdict).startswith("denied: 1 of 4 requirements is broken")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", None, "no-such-encoding"])
def test_a_stream_without_the_characters_gets_others(denied: Verdict, encoding: str | None) -> None:
    shown = encodable(text(denied, colour=False, width=100) + "ж\n", encoding)
    assert shown.isascii()
    assert "(the internet) -> module.network.aws_lb.main" in shown
    assert shown.endswith("\\u0436\n")


def test_a_stream_with_the_characters_gets_them(denied: Verdict) -> None:
    shown = text(denied, colour=False, width=100)
    assert encodable(shown, "utf-8") == shown


def test_in_a_narrow_table_what_one_column_leaves_is_the_others(denied: Verdict) -> None:
    lines = text(denied, colour=False, width=80).splitlines()
    at = lines.index(
        "  module.network.aws_lb.main  module.backend.aws_autoscaling_group.    tcp 11434"
    )
    assert lines[at + 1] == "                              inference"
    row = Passage("module.network.aws_vpc_peering_connection.other", "b", "tcp", "1", ("c" * 40,))
    shown = text(replace(denied, passages=(row,)), colour=False, width=80)
    assert "  module.network.aws_vpc_peering_connection.other  b       tcp 1\n" in shown
    narrow = text(replace(denied, passages=(row,)), colour=False, width=60)
    assert "  module.network.aws_vpc_peering_connection.   b       tcp 1\n  other\n" in narrow


def test_an_address_goes_below_its_row_before_it_is_broken(denied: Verdict) -> None:
    """At 145 columns the proof's column would have 53, and the longest address has 70."""
    shown = text(denied, colour=False, width=145)
    assert 'aws_vpc_security_group_ingress_rule.vpn["10.8.0.0/16"],' in shown
    assert "    by module.network.aws_vpc_security_group_ingress_rule.vpn" in shown


@pytest.mark.parametrize("dots", ["a." * 3 + "b" * 90, "b" * 90])
def test_a_word_is_broken_after_a_dot_that_leaves_no_empty_line(dots: str, denied: Verdict) -> None:
    finding = replace(denied.findings[1], address="plan", message=dots)
    lines = text(replace(denied, findings=(finding,)), colour=False, width=60).splitlines()
    assert len(lines[1]) == 60


def test_a_terminal_without_a_width_still_gets_lines(denied: Verdict) -> None:
    assert text(denied, colour=False, width=0) == text(denied, colour=False, width=40)
