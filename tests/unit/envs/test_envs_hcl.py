"""The reader takes what Terraform takes, with the same values, and refuses what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from envs.hcl import HclError, read

GOOD = r"""
v0 = "text" # comment
v1 = 5// comment
v2 = -5
v3 = 1.50
v4 = 2.5e3
v5 = 1E-2
v6 = true
v7 = null
v8 = [] /* comment */
v9 = [1, "a", /* comment
   over lines */ [true], ]
v10 = {}
v11 = { a = 1, "b c" : 2, d-e = { f = [] } }
v12 = {
  a = 1 # comment
  // comment

  b = "x",
  c = 3
}
v13 = "tab\t quote\" backslash\\ newline\n return\r"
v14 = "\u00e9\U0001F600 é 😀"
v15 = "$${not a template} %%{nor this} $ % $$ %% { }"
v16 = "a # b // c /* d */"
   v17   =   007
v18 = [
  1
  ,
  2
]
v19="x"
v20 = "a]b}c,d=e"
é21 = 12345678901234567890
"""

BAD = [
    "v = ",
    "v",
    "v 1",
    "= 1",
    "v = 1 2",
    "v = 1 w = 2",
    "v = [1 2]",
    "v = [1",
    "v = [,]",
    "v = {",
    "v = { a = 1 b = 2 }",
    "v = { a 1 }",
    "v = { a = 1,, b = 2 }",
    'v = "x',
    'v = "x\ny"',
    r'v = "\q"',
    r'v = "\u00g0"',
    "v = 'x'",
    "v = x",
    "v = 1.",
    "v = .5",
    "v = 1x",
    "v = 10.8.0.0/16",
    "v = \x01",
    "v = 1\nv = 2",
    'v = "${w}"',
    'v = "%{ if true }x%{ endif }"',
    "v = file(1)",
    "v = [for x in [] : x]",
    "v = 1 /* open",
    "v = 1;",
    "v = <<E\nx\n",
    'v "x" {}',
    "v = [\n1\n2\n]",
    "v = {\na = 1,\n,\n}",
]


def test_values_are_terraforms(terraform: Callable[..., str], tmp_path: Path) -> None:
    values = read(GOOD).values
    file = tmp_path / "good.tfvars"
    file.write_text(GOOD)
    module = {"variable": {name: {"type": "any"} for name in values}}
    each = ", ".join(f"{name} = var.{name}" for name in values)
    answer = terraform(f"jsonencode({{{each}}})\n", module, file)
    assert json.loads(json.loads(answer)) == values
    assert read(GOOD.replace("\n", "\r\n")).values == values


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(HclError) as caught:
        read(text)
    assert 1 <= caught.value.line <= text.count("\n") + 1


def test_terraform_refuses_it_too(terraform: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "bad.tfvars"
    module = {"variable": {name: {"type": "any", "default": 0} for name in "vw"}}
    file.write_text("v = 1\n")
    assert terraform("var.v\n", module, file) == "1\n"
    for text in BAD[::3]:  # a third, for each takes a run
        file.write_text(text)
        assert terraform("var.v\n", module, file) == "", text


def test_lines() -> None:
    lines = read('a = 1\n\nb = [\n  1, 2,\n  3,\n]\nc = {\n  d = "x"\n}').lines
    assert lines == {
        ("a",): 1,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 1): 4,
        ("b", 2): 5,
        ("c",): 7,
        ("c", "d"): 8,
    }
