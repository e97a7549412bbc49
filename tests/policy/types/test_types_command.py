"""What `python -m policy.types` says of a file that is no schema."""

from pathlib import Path

import pytest

from policy.types.__main__ import main


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"provider_schemas": []}', pytest.param("[" * 100_000, id="deep")]
)
def test_the_command_says_when_a_file_is_no_schema(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "schema.json"
    path.write_text(text, encoding="utf-8")
    assert main([str(path)]) == 2
    assert "cannot be used" in capsys.readouterr().err


def test_the_command_wants_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Expected one argument" in capsys.readouterr().err
