"""`checks.toml`: each check exists, and each that could judge our plans is decided on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from policy.checkov_run.selection import Selection, SelectionError, load_selection

ROOT = Path(__file__).parents[3]
REGISTERED = """
import json
from checkov.terraform.checks.provider.registry import provider_registry
from checkov.terraform.plan_runner import Runner, resource_registry
graph = Runner().graph_registry
graph.load_checks()
print(json.dumps({
    "graph": [check.id for check in graph.checks],
    "provider": [check.id for rows in provider_registry.checks.values() for check in rows],
    "resource": {kind: [check.id for check in rows]
        for kind, rows in resource_registry.checks.items()},
    "any": [check.id for rows in resource_registry.wildcard_checks.values() for check in rows],
}))
"""


@pytest.fixture(scope="module")
def registered() -> dict[str, dict[str, list[str]]]:
    """The ids of checkov's own checks, by kind; those on resources by type too."""
    answer = subprocess.run(  # noqa: S603 # this program's own text
        [sys.executable, "-c", REGISTERED], check=True, capture_output=True, timeout=120
    )
    return json.loads(answer.stdout)


def test_every_check_named_exists(
    selection: Selection, registered: dict[str, dict[str, list[str]]]
) -> None:
    resource = {name for names in registered["resource"].values() for name in names}
    known = resource | {*registered["graph"], *registered["provider"], *registered["any"]}
    named = {*selection.chosen, *selection.left_out}
    assert named - known == {"CKV_TRANSLATOR_1", "CKV_TRANSLATOR_2"}


def test_every_check_on_a_type_of_our_plans_is_chosen_or_left_out(
    selection: Selection, registered: dict[str, dict[str, list[str]]]
) -> None:
    inventories = (ROOT / "tests" / "plan" / "inventories").glob("*.json")
    types = {kind for one in inventories for kind in json.loads(one.read_text())["resources"]}
    judging = {name for kind in types for name in registered["resource"].get(kind, [])}
    assert len(judging) > 50
    assert judging - selection.chosen.keys() - selection.left_out.keys() == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[chosen]\nA = { guards = 'It.' }\n[left_out]", "mend of A"),
        ("[chosen]\nA = { guards = '', mend = 'Do.' }\n[left_out]", "guards of A"),
        ("[chosen]\nA = { guards = 'It.', mend = 'Do.', why = 'x.' }\n[left_out]", "alone"),
        ("[chosen]\nA = { guards = 'It.', mend = 'Do.', unknown = '' }\n[left_out]", "unknown of"),
        ("[chosen]\n[left_out]\nB = ''", "B under left_out"),
        ("[chosen]\nA = { guards = 'It.', mend = 'Do.' }\n[left_out]\nA = 'No.'", "both"),
    ],
)
def test_an_entry_without_its_reason_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "checks.toml"
    path.write_text(text)
    with pytest.raises(SelectionError, match=told):
        load_selection(path)
