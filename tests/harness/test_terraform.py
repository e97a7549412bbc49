"""The runner, on a real Terraform and configurations that need no provider."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.problem import Problem
from harness.terraform import CHANGES, FLAG, Terraform
from harness.toolchain import find_terraform

SOURCE = Path(__file__).parent.parent.parent

APPLY = """
import fcntl, sys, termios
from pathlib import Path
from harness.problem import Problem
from harness.terraform import FLAG, Terraform
from harness.toolchain import find_terraform
import os
if sys.stdin.isatty():
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
terraform = Terraform(find_terraform().command, Path(sys.argv[1]), os.environ)
try:
    terraform.cmd(
        "apply", auto_approve=FLAG, no_color=FLAG, on_line=lambda line: print(line, flush=True)
    )
except Problem as problem:
    print(problem, flush=True)
    sys.exit(problem.exit_code)
"""

COUNTING = f"""#!{sys.executable}
# A Terraform that takes its time to end: it lives for 1 s after the second interrupt.
import signal, sys, time
from pathlib import Path
if "version" in sys.argv:
    sys.exit(print('{{"terraform_version": "1.11.4"}}'))
count = 0
def interrupt(*_):
    global count
    count += 1
    Path(f"interrupt-{{count}}").touch()
signal.signal(signal.SIGINT, interrupt)
Path("waiting").touch()
while count < 2:
    time.sleep(0.05)
time.sleep(1)
print("ended after", count)
"""


@pytest.fixture
def terraform(environ: dict[str, str]) -> Callable[..., Terraform]:
    def in_folder(folder: Path, grace: float = 30) -> Terraform:
        made = Terraform(find_terraform(environ).command, folder, environ, grace)
        assert made.cmd("init", input=False).ok
        return made

    return in_folder


def test_changes_are_a_success(
    configuration: Callable[..., Path], terraform: Callable[..., Terraform]
) -> None:
    planned = terraform(configuration(one="true")).cmd("plan", detailed_exitcode=FLAG)

    assert planned.exit_code == CHANGES
    assert planned.ok
    assert "1 to add" in planned.stdout
    assert planned.seconds > 0


def test_an_error_is_none_and_is_kept(
    configuration: Callable[..., Path], terraform: Callable[..., Terraform]
) -> None:
    failed = terraform(configuration(one="false")).cmd("apply", auto_approve=FLAG, no_color=FLAG)

    assert not failed.ok
    assert "exit status 1" in failed.stderr


def test_lines_arrive_in_order_while_it_runs(
    configuration: Callable[..., Path], terraform: Callable[..., Terraform]
) -> None:
    arrived: list[tuple[str, float]] = []
    folder = configuration(one="for i in 1 2 3; do echo line-$i; sleep 0.4; done")
    started = time.monotonic()

    terraform(folder).cmd(
        "apply",
        auto_approve=FLAG,
        no_color=FLAG,
        on_line=lambda line: arrived.append((line, time.monotonic() - started)),
    )
    ended = time.monotonic() - started

    lines = [(line[-6:], when) for line, when in arrived if ": line-" in line or "): line-" in line]
    assert [line for line, _ in lines] == ["line-1", "line-2", "line-3"]
    assert lines[0][1] < ended - 0.8, "the first line came only when all was over"


def test_a_timeout_kills_the_whole_process_group(
    configuration: Callable[..., Path], terraform: Callable[..., Terraform], tmp_path: Path
) -> None:
    stubborn = f"trap '' INT TERM HUP; sleep 60 & echo $! > {tmp_path}/pid; wait; wait"
    slow = terraform(configuration(one=stubborn), grace=1)

    with pytest.raises(Problem, match="apply ran for more than 3 s and was stopped"):
        slow.cmd("apply", auto_approve=FLAG, timeout=3)

    pid = int((tmp_path / "pid").read_text())
    for _ in range(50):  # a killed process takes a moment to go
        if not _runs(pid):
            return
        time.sleep(0.1)
    raise AssertionError(f"process {pid}, which Terraform's command started, is still there")


def test_ctrl_c_lets_terraform_finish_its_state(
    configuration: Callable[..., Path], terraform: Callable[..., Terraform], tmp_path: Path
) -> None:
    folder = configuration(first="true", second=f"touch {tmp_path}/sleeping; sleep 60")
    terraform(folder)
    with _applying(folder) as process:
        _wait_for(tmp_path / "sleeping")
        process.send_signal(signal.SIGINT)
        said, told = process.communicate(timeout=20)

    assert process.returncode == 130
    assert told == "stopping; Terraform ends tidily (Ctrl-C once more forces it)\n"
    assert said.count("Interrupt received.") == 1
    assert "Two interrupts received" not in said
    assert "interrupted: terraform apply was told to stop, and has ended." in said
    state = json.loads((folder / "terraform.tfstate").read_text())
    assert "first" in [resource["name"] for resource in state["resources"]]


def test_each_ctrl_c_is_passed_on_once_and_waited_for(tmp_path: Path) -> None:
    """Typed on a terminal, it goes to every process of the terminal's foreground group."""
    counting = tmp_path / "terraform"
    counting.write_text(COUNTING)
    counting.chmod(0o755)
    ours, theirs = os.openpty()
    with _applying(tmp_path, stdin=theirs, TERRAFORM=str(counting)) as process:
        _wait_for(tmp_path / "waiting")
        os.write(ours, b"\x03")
        _wait_for(tmp_path / "interrupt-1")
        time.sleep(0.5)
        assert not (tmp_path / "interrupt-2").exists(), "Terraform got it from the terminal too"
        os.write(ours, b"\x03")
        said, told = process.communicate(timeout=30)
    os.close(ours)
    os.close(theirs)

    assert process.returncode == 130
    assert "ended after 2" in said
    assert told.count("stopping; ") == 1


def test_variables_never_go_through_a_temporary_file(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="pass a path"):
        Terraform(("terraform",), tmp_path, {}).cmd("plan", var={"secret": "value"})


def test_a_misspelt_name_is_no_command(tmp_path: Path) -> None:
    with pytest.raises(AttributeError, match="aply"):
        _ = Terraform(("terraform",), tmp_path, {}).aply


def test_only_the_given_environment_reaches_terraform(tmp_path: Path) -> None:
    seen = Terraform((sys.executable, "-c", "import os; print(sorted(os.environ))"), tmp_path, {})

    assert "HOME" not in seen.cmd("").stdout


def _applying(
    folder: Path, stdin: int = subprocess.DEVNULL, **variables: str
) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 # this project's own program
        [sys.executable, "-c", APPLY, str(folder)],
        cwd=SOURCE,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)} | variables,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _wait_for(path: Path) -> None:
    for _ in range(300):
        if path.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{path} never appeared")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False
