"""The oracle itself: it stands apart from the prover, and sees what is plain to see."""

import ast
import pickle
from pathlib import Path

import pytest

from tests.environment_plans import pickled
from tests.policy.mutation.draft import Draft
from tests.policy.mutation.mutants import BALANCER_GROUP, TARGET_GROUP, carrying, putting
from tests.policy.mutation.reading import Reading
from tests.policy.mutation.simulation import Outcome, simulate

HERE = Path(__file__).parent
RULE = 'module.load_balancer.aws_vpc_security_group_ingress_rule.vpn["203.0.113.0/24"]'


def _outcome(draft: Draft) -> Outcome:
    vpn = draft.document["variables"]["vpn_cidrs"]["value"]
    return simulate(Reading(draft.document, draft.files()), vpn)


@pytest.mark.parametrize(
    "name",
    [p.name for p in HERE.glob("*.py") if not p.name.startswith("test_")],
)
def test_oracle_and_mutator_share_no_code_with_the_prover(name: str) -> None:
    tree = ast.parse((HERE / name).read_text(encoding="utf-8"))
    named = {
        module
        for node in ast.walk(tree)
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not {module for module in named if module.split(".")[0] in ("policy", ".")}


@pytest.mark.parametrize("environment", ["prod", "dev", "staging"])
def test_our_own_plans_open_nothing_and_block_nobody(environment: str) -> None:
    assert _outcome(Draft(pickled(environment))) == Outcome((), (), ())


def test_an_open_rule_is_seen_with_its_packet() -> None:
    draft = Draft(pickled("prod"))
    draft.put(RULE, ("cidr_ipv4",), "0.0.0.0/1")
    opened = _outcome(draft).opened
    assert "0.0.0.0 reaches module.load_balancer.aws_lb.this on tcp 443" in opened


def test_a_literal_group_that_only_the_configuration_shows_is_seen() -> None:
    draft = Draft(pickled("prod"))
    groups = (BALANCER_GROUP, "sg-0123456789abcdef0")
    carrying("module.load_balancer.aws_lb.this", "security_groups", groups=groups)(draft)
    assert "sg-0123456789abcdef0" not in repr(draft.document["resource_changes"])
    assert any("sg-0123456789abcdef0" in sentence for sentence in _outcome(draft).opened)


def test_a_target_group_on_another_port_blocks_the_users() -> None:
    draft = Draft(pickled("prod"))
    putting(TARGET_GROUP, "port", value=8080)(draft)
    outcome = _outcome(draft)
    assert outcome.blocked
    assert not outcome.opened


def test_a_change_of_one_instance_leaves_its_siblings_as_they_are() -> None:
    draft = Draft(pickled("prod"))
    before, _ = pickle.loads(pickled("prod"))  # noqa: S301 # made by this test
    draft.put(RULE, ("to_port",), 444)
    changed = [
        entry["address"]
        for entry, older in zip(
            draft.document["resource_changes"], before["resource_changes"], strict=True
        )
        if entry != older
    ]
    assert changed == [RULE]
    assert draft.block(RULE)["to_port"] == '${each.key == "203.0.113.0/24" ? 444 : 443}'
