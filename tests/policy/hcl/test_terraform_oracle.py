"""What `evaluate` calls certain is what a real `terraform console` computes."""

import base64
import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

from harness.terraform import Terraform
from policy.hcl.configuration import Module, read
from policy.hcl.evaluate import evaluate
from policy.hcl.scope import Empty
from policy.hcl.types import convert

HERE = Path(__file__).parent
GENERATED = 200


def written() -> list[str]:
    lines = (HERE / "expressions.txt").read_text(encoding="utf-8").splitlines()
    blocks = (HERE / "templates.txt").read_text(encoding="utf-8").split("---\n")
    return [line for line in lines if line and not line.startswith("# ")] + blocks


def number(rng: random.Random, depth: int) -> str:
    if depth == 0:
        return rng.choice(["0", "1", "2", "7", "10", "-3", "2.5", '"4"', "1e2"])
    pick = rng.randrange(4)
    if pick == 0:
        return f"({number(rng, depth - 1)} ? 1 : 2)".replace("? 1", "> 1 ? 1")
    if pick == 1:
        return f"max({number(rng, depth - 1)}, {number(rng, depth - 1)})"
    sign = rng.choice(["+", "-", "*", "/", "%"])
    return f"{number(rng, depth - 1)} {sign} {number(rng, depth - 1)}"


def boolean(rng: random.Random, depth: int) -> str:
    if depth == 0:
        sign = rng.choice(["<", ">=", "==", "!="])
        return f"{number(rng, 1)} {sign} {number(rng, 1)}"
    sign = rng.choice(["&&", "||", "==", "!="])
    negated = rng.choice(["", "!"])
    return f"{negated}({boolean(rng, depth - 1)}) {sign} {boolean(rng, depth - 1)}"


def text(rng: random.Random, depth: int) -> str:
    if depth == 0:
        return rng.choice(['"a"', '""', '" b-c "', '"A\\n"', '"x,y"'])
    inner = text(rng, depth - 1)
    name = rng.choice(["upper", "trimspace", "strrev", "chomp", "title", "base64encode", "sha1"])
    return rng.choice([f"{name}({inner})", f'"<${{{inner}}}>"', f'"  ${{~ {inner} ~}}  ."'])


def items(rng: random.Random, depth: int) -> str:
    if depth == 0:
        count = rng.randrange(4)
        return f"[{', '.join(text(rng, 1) for _ in range(count))}]"
    inner = items(rng, depth - 1)
    return rng.choice(
        [
            f"distinct({inner})",
            f"sort({inner})",
            f"concat({inner}, {items(rng, 0)})",
            f"tolist(toset({inner}))",
            f'[for i, v in {inner} : "${{i}}${{v}}" if length(v) < 9]',
            f"reverse(compact({inner}))",
            f'split(",", join(",", {inner}))',
            f"({boolean(rng, 0)} ? {inner} : {items(rng, 0)})",
            f"slice({inner}, 0, 1)",
            f"flatten([{inner}, [{items(rng, 0)}]])",
            f"setunion({inner}, {items(rng, 0)})",
        ]
    )


def generated() -> list[str]:
    rng = random.Random(20260101)  # noqa: S311 # the same expressions in every run
    forms = (number, boolean, text, items)
    return [forms[at % 4](rng, 1 + rng.randrange(3)) for at in range(GENERATED)]


def console(terraform: Callable[[Path], Terraform], folder: Path, question: str) -> str:
    """Return what `terraform console` prints in a folder."""
    at = terraform(folder)
    result = subprocess.run(  # noqa: S603 # this project's own Terraform
        at.words("console"),
        cwd=folder,
        env=at.environ,
        input=question + "\n",
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def root(name: str, source: str) -> Module:
    modules = b'[{"Key": "", "Dir": "."}]'
    return read({"modules.json": modules, f"m-/{name}": source.encode()}).modules[""]


def compare(
    expressions: list[str], terraform: Callable[[Path], Terraform], folder: Path
) -> tuple[list[str], list[str]]:
    """Return what differs from Terraform's result, and what `evaluate` calls unknown."""
    failing = 'base64encode(try(jsonencode(\n{}\n), "it fails"))'
    lines = [f"  e{at} = {failing.format(text)}\n" for at, text in enumerate(expressions)]
    names = ", ".join(f"local.e{at}" for at in range(len(expressions)))
    source = f"locals {{\n{''.join(lines)}  all = [{names}]\n}}\n"
    (folder / "main.tf").write_text(source, encoding="utf-8")
    printed = console(terraform, folder, "local.all")
    # A line for each: "base64", or (known after apply) where even Terraform does not say.
    parts = [line.strip(' ,"') for line in printed.splitlines()[1:-1]]
    assert len(parts) == len(expressions), printed
    theirs = [part if "(" in part else base64.b64decode(part).decode() for part in parts]
    module = root("main.tf", source)
    wrong: list[str] = []
    unknown: list[str] = []
    for at, expression in enumerate(expressions):
        ours = evaluate(module.locals[f"e{at}"], Empty())
        if not isinstance(ours, str):
            unknown.append(f"{expression}: {ours}, Terraform says {theirs[at]}")
        elif base64.b64decode(ours).decode() != theirs[at]:
            found = base64.b64decode(ours).decode()
            wrong.append(f"{expression}: {found!r}, Terraform says {theirs[at]!r}")
    return wrong, unknown


def test_certain_results_are_terraforms(
    terraform: Callable[[Path], Terraform], tmp_path: Path
) -> None:
    certain = [text for text in written() if not text.startswith("? ")]
    wrong, unknown = compare(certain, terraform, tmp_path)
    assert not wrong + unknown, "\n".join(wrong + unknown)
    assert len(certain) >= 120


def test_what_is_not_modelled_is_unknown(
    terraform: Callable[[Path], Terraform], tmp_path: Path
) -> None:
    doubtful = [text[2:] for text in written() if text.startswith("? ")]
    wrong, unknown = compare(doubtful, terraform, tmp_path)
    assert not wrong, "\n".join(wrong)
    assert len(unknown) == len(doubtful)


def test_generated_expressions_come_out_as_in_terraform(
    terraform: Callable[[Path], Terraform], tmp_path: Path
) -> None:
    wrong, unknown = compare(generated(), terraform, tmp_path)
    assert not wrong, "\n".join(wrong)
    assert len(unknown) < GENERATED // 10, "\n".join(unknown)


JSON_TEMPLATES = [
    "plain $ % $${x} %%{y}",
    "${1 + 1}",
    "a\n  ${~ 1 ~}  \n  b",
    "a  ${~ 1 ~}\n\n  b",
    '\\n ${1} "${"q"}"',
    "%{ for x in [1, 2] ~}\n- ${x}\n%{ endfor ~}\nend $",
    "${[for x in [1, 2] : x * 2]}",
    "100%",
    "",
]


def test_strings_of_json_syntax_are_templates_as_in_terraform(
    terraform: Callable[[Path], Terraform], tmp_path: Path
) -> None:
    source = json.dumps({"locals": {"all": {"${upper(1)}k": JSON_TEMPLATES}}})
    (tmp_path / "main.tf.json").write_text(source, encoding="utf-8")
    printed = console(terraform, tmp_path, "base64encode(jsonencode(local.all))")
    ours = evaluate(root("main.tf.json", source).locals["all"], Empty())
    assert ours == json.loads(base64.b64decode(printed.strip().strip('"')))


VARIABLES = {
    "string": "443",
    "number": '"4"',
    "bool": '"true"',
    "list(string)": "[1, true]",
    "set(string)": '["b", "a", 1, "b"]',
    "set(number)": '[10, "9", 9]',
    "map(number)": '{ a = "1" }',
    "list(any)": '["a", 1]',
    "map(any)": '{ a = "x", b = true }',
    "any": '["a", 1]',
    "list": '["a", "b"]',
    "tuple([string, number])": '[1, "2"]',
    "object({ a = string })": "{ a = 1, b = 2 }",
    "object({ a = optional(string), b = optional(number, 5) })": "{ b = null }",
    "map(object({ p = optional(list(object({ q = optional(bool, true) })), [{}]) }))": "{ x = {} }",
    "list(list(number))": '[["1"], []]',
    'object({ s = optional(set(string), ["z", "y", 1]) })': "{}",
    "list(object({ a = optional(string, 7) }))": '[{}, { a = "b" }, { a = null }]',
}


def test_types_of_variables_convert_as_in_terraform(
    terraform: Callable[[Path], Terraform], tmp_path: Path
) -> None:
    source = "".join(
        f'variable "v{at}" {{\n  type = {kind}\n  default = {default}\n}}\n'
        for at, (kind, default) in enumerate(VARIABLES.items())
    )
    (tmp_path / "main.tf").write_text(source, encoding="utf-8")
    names = ", ".join(f"var.v{at}" for at in range(len(VARIABLES)))
    printed = console(terraform, tmp_path, f"base64encode(jsonencode([{names}]))")
    theirs = json.loads(base64.b64decode(printed.strip().strip('"')))
    for at, variable in enumerate(root("main.tf", source).variables.values()):
        assert variable.default is not None
        assert convert(evaluate(variable.default, Empty()), variable.type) == theirs[at]
