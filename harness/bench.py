"""`make bench`: what the commands cost, as ratios of what stands beside them in the same run.

Absolute times drift from machine to machine and from hour to hour. So each measurement alternates
between two commands and keeps the median of the ratios of neighbouring runs.
"""

import json
import os
import platform
import shlex
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harness import bench_gate, bench_nginx
from harness.aws import aws_of
from harness.measured import Run, measure
from harness.plan import prepare
from harness.problem import Problem
from harness.progress import Progress
from harness.project import ENVS, ROOT
from harness.synth import INPUTS, environ_for, tree_digest
from harness.terraform import FLAG
from harness.workspace import Workspace

ROUNDS = 5
ENVIRONMENT = "prod"
MANY = 50
"""Environments in the last comparison."""


@dataclass(frozen=True)
class Comparison:
    """Two commands that ran in turn.

    Attributes:
        subject: What was compared.
        ours: The median of ours, in `unit`.
        other: The median of what it is compared with.
        unit: Of both.
        ratio: The median of ours divided by its neighbour's.
        goal: What the ratio should be at most.
        rounds: How often each ran.
    """

    subject: str
    ours: float
    other: float
    unit: str
    ratio: float
    goal: float
    rounds: int


def main() -> int:
    """Measure, and write bench/results.json and bench/results.md."""
    found = [*_synth_against_stock(), *_plan_against_terraform(), _growth(), *_nginx()]
    folder = ROOT / "bench"
    folder.mkdir(exist_ok=True)
    machine = _machine()
    results = {"machine": machine, "comparisons": [asdict(each) for each in found]}
    (folder / "results.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    table = _table(found, machine)
    (folder / "results.md").write_text(table, encoding="utf-8")
    sys.stdout.write(table)
    return 0


def _synth_against_stock() -> Iterator[Comparison]:
    """The synth, against the same with the provider's package imported as it was published.

    Twice, since most of the stock import's first time is compiling 2,100 modules, and pip, uv and
    containers differ in whether that result is there already.
    """
    with tempfile.TemporaryDirectory() as name:
        written = environ_for(Path(name) / "out", os.environ)
        written.pop("PYTHONDONTWRITEBYTECODE", None)
        fresh = {"PYTHONPYCACHEPREFIX": str(Path(name) / "none"), "PYTHONDONTWRITEBYTECODE": "1"}
        for state, environ in (("compiled", written), ("fresh install", written | fresh)):
            command = (sys.executable, "main.py")
            other = Path(name) / "stock"
            stock = environ | {"STOCK_BINDINGS": "1", "CDKTF_OUTDIR": str(other)}
            pairs = list(_alternate(f"synth, {state}", (command, environ), (command, stock)))
            _refuse_difference(Path(name) / "out", other)
            about = f"synth ({state}), against the stock import of the provider's package"
            yield _compare(
                f"{about}: time", "s", 1 / 12, [(a.seconds, b.seconds) for a, b in pairs]
            )
            memory = [(a.mebibytes, b.mebibytes) for a, b in pairs]
            yield _compare(f"{about}: memory", "MiB", 0.6, memory)


def _refuse_difference(ours: Path, stock: Path) -> None:
    """Have nothing measured that gives something else.

    Raises:
        Problem: Bindings that load on demand write another synth than those as published.
    """
    if tree_digest(ours, ours.rglob("*")) != tree_digest(stock, stock.rglob("*")):
        raise Problem("The provider's package as published gives another synth than main.py does.")


def _plan_against_terraform() -> Iterator[Comparison]:
    """`make plan`, gate and all, against what Terraform alone does with the very same files."""
    workspace = Workspace(ENVIRONMENT)
    with workspace.held(lambda: None):
        ready = prepare(workspace, Progress(), aws_of(workspace.environment))
    made = workspace.folder / "bench.tfplan"
    plan = ready.terraform.words(
        "plan", input=False, lock=False, var_file=str(ready.variables), out=str(made)
    )
    show = ready.terraform.words("show", str(made), json=FLAG)
    bare = ("sh", "-c", f"{shlex.join(plan)} && {shlex.join(show)}")
    ours = ("make", "plan", f"ENV={ENVIRONMENT}")
    environ = ready.terraform.environ
    pairs = list(
        _alternate("plan", (ours, dict(os.environ)), (bare, environ), other_folder=workspace.root)
    )
    made.unlink()
    about = f"make plan ENV={ENVIRONMENT} (warm, with the gate), against terraform plan and show"
    yield _compare(f"{about}: time", "s", 1.5, [(a.seconds, b.seconds) for a, b in pairs])
    seconds = list(bench_gate.proof_against_show(workspace, ready.terraform, ROUNDS))
    about = f"the gate's proof on that plan (goal {bench_gate.GOAL} s), against terraform show"
    shown = statistics.median(other for _, other in seconds)
    yield _compare(f"{about}: time", "s", bench_gate.GOAL / shown, seconds)
    seconds = list(bench_gate.growth(workspace, ROUNDS))
    about = f"the proof with {bench_gate.MANY:,} rules, against {bench_gate.FEW}: time"
    yield _compare(about, "s", bench_gate.MANY / bench_gate.FEW, seconds)


def _growth() -> Comparison:
    """The synth of a project with many environments, against the same project with one."""
    with tempfile.TemporaryDirectory() as name:
        projects: list[Path] = []
        for count in (MANY, 1):
            project = Path(name) / str(count)
            for each in (path for pattern in INPUTS for path in ROOT.glob(pattern)):
                copy = shutil.copytree if each.is_dir() else shutil.copy
                place = project / each.relative_to(ROOT)
                place.parent.mkdir(parents=True, exist_ok=True)
                copy(each, place)
            variables = (ENVS / f"{ENVIRONMENT}.tfvars").read_text(encoding="utf-8")
            for number in range(count):
                (project / f"envs/env{number}.tfvars").write_text(variables, encoding="utf-8")
            projects.append(project)
        runs = [((sys.executable, "main.py"), environ_for(p / "out", os.environ)) for p in projects]
        pairs = list(_alternate("growth", *runs, folder=projects[0], other_folder=projects[1]))
    about = f"synth with {MANY} environments, against 1: time"
    return _compare(about, "s", 1.1, [(a.seconds, b.seconds) for a, b in pairs])


def _nginx() -> Iterator[Comparison]:
    """An instance's nginx, with its guard, against the same upstream asked directly."""
    with Progress().step("nginx"), bench_nginx.through_and_direct() as ports:
        milliseconds = list(bench_nginx.first_bytes(ports, ROUNDS))
        seconds = list(bench_nginx.request_times(ports, ROUNDS))
    wait = bench_nginx.FIRST_TOKEN_MS
    about = f"first byte of a stream through an instance's nginx, against direct (after {wait} ms)"
    yield _compare(f"{about}: time", "ms", 1.05, milliseconds)
    rate = statistics.median(bench_nginx.REQUESTS / ours for ours, _ in seconds)
    about = f"{bench_nginx.REQUESTS:,} requests through it ({rate:,.0f} a second), against direct"
    yield _compare(f"{about}: time", "s", bench_nginx.MOST, seconds)


def _alternate(
    name: str,
    ours: tuple[Sequence[str], Mapping[str, str]],
    other: tuple[Sequence[str], Mapping[str, str]],
    folder: Path = ROOT,
    other_folder: Path = ROOT,
) -> Iterator[tuple[Run, Run]]:
    """Run both in turn; the first pair warms the disk's cache and is dropped."""
    progress = Progress()
    for number in range(ROUNDS + 1):
        with progress.step(f"{name} {number}/{ROUNDS}"):
            pair = measure(*ours, folder), measure(*other, other_folder)
            progress.note(f"{pair[0].seconds:.1f} s, {pair[1].seconds:.1f} s")
        if number:
            yield pair


def _compare(
    subject: str, unit: str, goal: float, pairs: Sequence[tuple[float, float]]
) -> Comparison:
    ratio = statistics.median(ours / other for ours, other in pairs)
    ours, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Comparison(
        subject, round(ours, 2), round(other, 2), unit, round(ratio, 3), round(goal, 3), len(pairs)
    )


def _table(found: Sequence[Comparison], machine: Mapping[str, Any]) -> str:
    rows = [
        f"| {each.subject} | {each.ours:g} {each.unit} | {each.other:g} {each.unit} |"
        f" {each.ratio:g} | {each.goal:g} | {'yes' if each.ratio <= each.goal else 'no'} |"
        for each in found
    ]
    head = ("| what | ours | other | ratio | goal, at most | met |", "|---|--:|--:|--:|--:|---|")
    where = ", ".join(str(value) for value in machine.values())
    note = f"Medians of {ROUNDS} alternating runs, on: {where}."
    return "\n".join([*head, *rows, "", note, ""])


def _machine() -> dict[str, str]:
    cpu = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        models = [
            line
            for line in described.read_text(encoding="utf-8").splitlines()
            if "model name" in line
        ]
        cpu = models[0].split(":")[1].strip() if models else cpu
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpu": cpu,
        "cores": f"{os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"Python {platform.python_version()}",
    }
