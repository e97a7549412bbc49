"""Whatever a module can make can be found again, or there is a reason why it need not be."""

import json
from pathlib import Path

from harness.recover.identity import IDENTITIES
from harness.recover.identity.known import Left


def made(stacks: Path) -> set[str]:
    """Every type of resource in any module."""
    return {
        kind
        for document in stacks.glob("*/cdk.tf.json")
        for kind in json.loads(document.read_text(encoding="utf-8")).get("resource", {})
    }


def test_every_type_of_every_module_is_found_again_or_left_for_a_reason(stacks: Path) -> None:
    assert made(stacks) - set(IDENTITIES) == set(), "harness/recover/identity/ lacks these"
    assert set(IDENTITIES) - made(stacks) == set(), "no module makes these any more"


def test_what_is_left_says_why() -> None:
    reasons = [each.reason for each in IDENTITIES.values() if isinstance(each, Left)]
    assert reasons
    assert all(len(reason.split()) > 4 for reason in reasons)
