"""Every wrong value gets one sentence: line, setting, value, what is wrong, what would be right."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Sentences = Callable[[str | bytes], list[str]]
Render = Callable[[dict[str, Any]], str]


def cases() -> Iterator[Any]:
    """The paragraphs of wrong_values.txt: changed settings, and sentences after a colon."""
    text = Path(__file__).with_name("wrong_values.txt").read_text()
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.strip().split("\n") if not line.startswith("#")]
        change = [line for line in lines if not line.startswith(":")]
        if change:
            expected = [line for line in lines if line.startswith(":")]
            yield pytest.param(change, expected, id="; ".join(change))


@pytest.mark.parametrize(("change", "expected"), list(cases()))
def test_wrong_values(
    sentences: Sentences,
    render: Render,
    smallest: dict[str, Any],
    change: list[str],
    expected: list[str],
) -> None:
    lines = render(smallest).splitlines()
    for setting in change:
        name = setting.split(" ")[0]
        place = list(smallest).index(name) if name in smallest else len(lines)
        lines[place : place + 1] = [setting]
    assert sentences("\n".join(lines)) == expected


def test_every_problem_is_told_at_once(
    sentences: Sentences, render: Render, smallest: dict[str, Any]
) -> None:
    wrong = smallest | {"max_size": 0, "model": "gemma3n", "region": 1}
    del wrong["owner"]
    found = [sentence.split(": ")[:2] for sentence in sentences(render(wrong))]
    assert found == [
        ["", "owner"],
        [":6", "max_size = 0"],
        [":8", 'model = "gemma3n"'],
        [":10", "region = 1"],
    ]


def test_each_required_setting_is_missed_with_an_example(
    sentences: Sentences, render: Render, smallest: dict[str, Any]
) -> None:
    for name in smallest:
        rest = {other: value for other, value in smallest.items() if other != name}
        [sentence] = sentences(render(rest))
        assert sentence.startswith(f": {name}: is missing; add {name} = ")
        assert "..." not in sentence


def test_the_smallest_file_is_good(
    sentences: Sentences, render: Render, smallest: dict[str, Any], hours: dict[str, Any]
) -> None:
    assert sentences(render(smallest)) == []
    assert sentences(render(smallest | {"office_hours": hours})) == []


def test_a_flood_of_unknown_settings_is_cut_short(
    sentences: Sentences, render: Render, smallest: dict[str, Any]
) -> None:
    flood = {f"unknown_{number}": number for number in range(20000)}
    assert len(sentences(render(smallest | flood))) == 50
