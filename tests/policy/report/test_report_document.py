"""The JSON document that `make apply` reads, and what holds for every format for machines."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from policy.report import FORMATS, ReportError, render

if TYPE_CHECKING:
    from policy.verdict import Verdict


def loaded(verdict: Verdict) -> Any:
    return json.loads(render(verdict, "json"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_in_one_line_feed(name: str, denied: Verdict) -> None:
    assert re.search(r"[^\n]\n\Z", render(denied, name))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_encoded_whatever_a_plan_holds(name: str, hostile: Verdict) -> None:
    assert b"\x1b" not in render(hostile, name).encode("utf-8")


def test_an_unknown_format_is_refused_with_those_there_are(denied: Verdict) -> None:
    with pytest.raises(ReportError, match=r"'xml': choose one of text, json, junit, sarif, code"):
        render(denied, "xml")


def test_the_document_says_everything_in_this_shape(denied: Verdict) -> None:
    content = loaded(denied)
    assert list(content) == [
        "format",
        "verdict",
        "plan",
        "plan_sha256",
        "intent",
        "requirements",
        "findings",
        "passages",
    ]
    assert (content["format"], content["verdict"]) == (1, "denied")
    assert content["plan_sha256"] == denied.plan_sha256
    assert content["requirements"][3] == {
        "id": "ui-https",
        "title": "The UI is served over HTTPS alone",
        "outcome": "not applicable",
        "note": "the plan has no UI",
    }
    first, second, _ = content["findings"]
    assert first["packet"] == {
        "source": "0.0.0.0 (the internet)",
        "protocol": "tcp",
        "port": "80",
        "target": "module.network.aws_lb.main",
        "via": ["module.network.aws_security_group.alb", "module.network.aws_lb_listener.http"],
    }
    assert first["location"] == {"path": "modules/network/main.tf", "line": 12}
    assert list(first) == [
        "requirement",
        "level",
        "address",
        "attribute",
        "message",
        "mend",
        "packet",
        "location",
    ]
    assert (second["packet"], second["location"], second["attribute"]) == (None, None, "")
    assert [row["wanted"] for row in content["passages"]] == [True, True, False]
    assert list(content["passages"][0]) == [
        "source",
        "target",
        "protocol",
        "ports",
        "via",
        "wanted",
    ]


def test_a_warning_leaves_the_document_allowed(allowed: Verdict) -> None:
    assert loaded(allowed)["verdict"] == "allowed"


def test_the_document_keeps_what_others_escape(hostile: Verdict) -> None:
    text = render(hostile, "json")
    assert text.isascii()
    assert json.loads(text)["findings"][0]["address"] == hostile.findings[0].address


def test_the_document_holds_all_findings(flood: Verdict) -> None:
    few = replace(flood, findings=flood.findings[:200], passages=flood.passages[:200])
    content = loaded(few)
    assert (len(content["findings"]), len(content["passages"])) == (200, 200)
    assert len(content["findings"][0]["packet"]["via"]) == 100
