"""The synth is made once, whole, and anew exactly when something it depends on changed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]


def runs(project: Path) -> int:
    """How often main.py ran."""
    log = project / "runs.log"
    return len(log.read_text().splitlines()) if log.exists() else 0


def test_unchanged_it_is_not_repeated(project: Path, harness: Run) -> None:
    assert "unchanged" not in harness("synth").stderr
    assert "unchanged" in harness("synth").stderr

    assert runs(project) == 1
    assert (project / "cdktf.out/stacks/translator/cdk.tf.json").is_file()


def test_a_changed_module_repeats_it(project: Path, harness: Run) -> None:
    harness("synth")
    (project / "modules/size.py").write_text("SIZE = 3\n")
    harness("synth")

    assert runs(project) == 2
    assert '"count": 3' in (project / "cdktf.out/stacks/network/cdk.tf.json").read_text()


def test_a_variable_file_does_not(project: Path, harness: Run) -> None:
    harness("synth")
    (project / "envs/prod.tfvars").write_text('owner = "others"\n')
    harness("synth")

    assert runs(project) == 1


def test_an_output_edited_by_hand_is_made_anew(project: Path, harness: Run) -> None:
    harness("synth")
    stack = project / "cdktf.out/stacks/network/cdk.tf.json"
    made = stack.read_text()
    stack.write_text("{}")
    harness("synth")

    assert stack.read_text() == made


def test_a_damaged_seal_is_none(project: Path, harness: Run) -> None:
    harness("synth")
    (project / "cdktf.out/.sealed").write_bytes(b"\xff")

    assert harness("synth").returncode == 0
    assert runs(project) == 2


def test_a_failure_is_a_sentence_and_leaves_no_result(project: Path, harness: Run) -> None:
    harness("synth")
    (project / "modules/size.py").write_text("raise ValueError('no size')\n")
    failed = harness("synth")

    assert failed.returncode == 1
    assert (
        "error: main.py failed: ValueError: no size (all of it: build/synth.log)." in failed.stderr
    )
    assert "Traceback" not in failed.stderr
    assert harness("plan", "prod").returncode == 1, "the older output was taken for this one"


def test_killed_half_way_it_leaves_nothing_to_use(
    project: Path, harness: Run, environ: dict[str, str]
) -> None:
    main = project / "main.py"
    whole = main.read_text()
    main.write_text(whole + "\nimport time; Path('half').touch(); time.sleep(60)\n")
    half_way = subprocess.Popen(
        [sys.executable, "-m", "harness", "synth"],
        cwd=project,
        env=environ,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not (project / "half").exists():
        time.sleep(0.05)
    os.killpg(half_way.pid, signal.SIGKILL)  # never kill(1): procps 4.0.2 takes -123 for -1
    assert half_way.wait() == -signal.SIGKILL
    assert not (project / "cdktf.out").exists()
    assert list(project.glob(".synth-*"))

    main.write_text(whole)
    assert harness("synth").returncode == 0
    assert (project / "cdktf.out/stacks/translator").is_dir()
    assert not list(project.glob(".synth-*"))


def test_build_may_be_on_another_file_system(project: Path, harness: Run) -> None:
    """A folder can be moved within one file system alone."""
    main = project / "main.py"
    main.write_text(main.read_text() + "\nPath('place').write_text(str(STACKS.resolve()))\n")
    assert harness("synth").returncode == 0

    made_in = Path((project / "place").read_text()).parent.parent
    assert made_in.parent == project.resolve()


def test_two_at_once_run_it_once(project: Path, environ: dict[str, str]) -> None:
    (project / "main.py").write_text(
        "import time; time.sleep(1)\n" + (project / "main.py").read_text()
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "harness", "synth"],
            cwd=project,
            env=environ,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]

    assert [each.wait(timeout=60) for each in both] == [0, 0]
    assert runs(project) == 1
