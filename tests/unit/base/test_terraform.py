"""What real Terraform makes of a module that plain HCL calls."""

import json
from collections.abc import Callable

from harness.terraform import FLAG, Terraform

PostOffice = Callable[[str], Terraform]

GOOD = 'name = "here"\n  boxes = ["box-1"]'

BAD = """
  name   = "HERE"
  boxes  = ["box-1", "barrel"]
  copies = 2.5
  speed  = "medium"
  owner  = "me"
  limits = { most = 11, note = "because" }
"""


def test_the_module_is_valid(post_office_in: PostOffice) -> None:
    verdict = json.loads(post_office_in(GOOD).cmd("validate", json=FLAG).stdout)
    assert verdict["valid"], verdict["diagnostics"]
    assert verdict["warning_count"] == 0, verdict["diagnostics"]


def test_the_module_plans_with_its_defaults(post_office_in: PostOffice) -> None:
    said = post_office_in(GOOD).cmd("plan", json=FLAG, input=False).stdout.splitlines()
    (summary,) = [line for line in map(json.loads, said) if line["type"] == "change_summary"]
    assert summary["changes"]["add"] == 2


def test_what_breaks_a_rule_is_told_in_our_words(post_office_in: PostOffice) -> None:
    said = post_office_in(BAD).cmd("plan", json=FLAG, input=False).stdout.splitlines()
    details = [
        line["diagnostic"]["detail"] for line in map(json.loads, said) if "diagnostic" in line
    ]
    for where, right in (
        ("name", "must be lower-case letters."),
        ("boxes", "must be a box."),
        ("copies", "must be a whole number."),
        ("speed", 'must be one of "slow", "fast".'),
        ("owner", "must be a handle."),
        ("limits.most", "must be from 1 to 10."),
        ("limits.note", "must be a sentence."),
    ):
        assert any(detail.startswith(where) and right in detail for detail in details), where
