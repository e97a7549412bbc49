"""Inputs are references: Python must never decide by one, for it would decide for every caller."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

MODULES = Path(__file__).parents[3] / "modules"


def _decisions(tree: ast.AST) -> Iterator[ast.expr]:
    """Every expression whose truth Python asks."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.If, ast.IfExp, ast.While, ast.Assert)):
            yield node.test
        elif isinstance(node, ast.BoolOp):
            yield from node.values
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node.operand
        elif isinstance(node, ast.Compare):
            yield from (node.left, *node.comparators)


def _asks_an_input(tree: ast.AST) -> list[int]:
    return sorted(
        {
            decision.lineno
            for decision in _decisions(tree)
            if isinstance(decision, ast.Attribute)
            and isinstance(decision.value, ast.Name)
            and decision.value.id == "inputs"
        }
    )


@pytest.mark.parametrize(
    "code",
    [
        "if inputs.ipv6: pass",
        "x = 1 if inputs.ipv6 else 2",
        "x = inputs.email or ''",
        "x = not inputs.ipv6",
        "x = inputs.size > 2",
    ],
)
def test_a_decision_by_an_input_is_seen(code: str) -> None:
    assert _asks_an_input(ast.parse(code)) == [1]


def test_no_module_decides_by_an_input() -> None:
    found = {
        f"{path.relative_to(MODULES)}:{line}"
        for path in MODULES.rglob("*.py")
        for line in _asks_an_input(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert found == set()
