"""What `evaluate` calls certain is what a real `terraform console` computes."""

import base64
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

from harness.terraform import Terraform
from policy.hcl.configuration import read
from policy.hcl.evaluate import evaluate
from policy.hcl.scope import Empty

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


def compare(
    expressions: list[str], terraform: Callable[[Path], Terraform], folder: Path
) -> tuple[list[str], list[str]]:
    """Return what differs from Terraform's result, and what `evaluate` calls unknown."""
    failing = 'base64encode(try(jsonencode(\n{}\n), "it fails"))'
    lines = [f"  e{at} = {failing.format(text)}\n" for at, text in enumerate(expressions)]
    names = ", ".join(f"local.e{at}" for at in range(len(expressions)))
    source = f"locals {{\n{''.join(lines)}  all = [{names}]\n}}\n"
    (folder / "main.tf").write_text(source, encoding="utf-8")
    console = terraform(folder)
    result = subprocess.run(  # noqa: S603 # this project's own Terraform
        console.words("console"),
        cwd=folder,
        env=console.environ,
        input="local.all\n",
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    # A line for each: "base64", or (known after apply) where even Terraform does not say.
    parts = [line.strip(' ,"') for line in result.stdout.splitlines()[1:-1]]
    assert len(parts) == len(expressions), result.stdout
    theirs = [part if "(" in part else base64.b64decode(part).decode() for part in parts]
    modules = b'[{"Key": "", "Dir": "."}]'
    module = read({"modules.json": modules, "m-/main.tf": source.encode()}).modules[""]
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
