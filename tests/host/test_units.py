"""The host's scripts and units: without findings, and exposed as little as they can be."""

import json
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from modules.host import FILES
from tests.host.conftest import Files

SHELL_SCRIPTS = sorted(
    path.name
    for path in (each for each in FILES.iterdir() if each.is_file())
    if path.suffix == "" and re.match("#.*(bash)", path.read_text(encoding="utf-8"))
)

OWN_UNITS = ("nvidia-devices.service", "ollama.service", "translator-model.service")

MOST_EXPOSED = {"ollama.service": 15, "translator-model.service": 15}
"""systemd's own score, 0 (safe) to 100, of what strangers' text or packages reach.

Without the hardening the scores were 85 and 96. The rest is what these services are for: files,
sockets, the GPU.
"""


@pytest.fixture(scope="session")
def root(rendered: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root folder with the units of an instance, and the commands that they name."""
    folder = tmp_path_factory.mktemp("units")
    for path, content in rendered["elsewhere"].items():
        target = folder / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
        target.chmod(0o755 if "/lib/translator/" in path else 0o644)
    for command in ("/usr/local/bin/ollama", "/usr/bin/nvidia-modprobe", "/bin/rm"):
        target = folder / command.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("#!/bin/sh\n")
        target.chmod(0o755)
    units = folder / "usr" / "lib" / "systemd" / "system"
    units.mkdir(parents=True)
    for target in ("sysinit", "basic", "shutdown", "network-online", "multi-user"):
        (units / f"{target}.target").write_text(f"[Unit]\nDescription={target}\n")
    (units / "nginx.service").write_text(
        # As the distribution ships it, where it matters to the drop-in.
        "[Unit]\nDescription=nginx\n[Service]\nType=forking\nPIDFile=/run/nginx.pid\n"
        "ExecStart=/usr/local/bin/ollama\nKillMode=mixed\nTimeoutStopSec=5\n"
        "ExecStop=-/sbin/start-stop-daemon --quiet --stop --retry QUIT/5 --pidfile /run/nginx.pid\n"
    )
    return folder


@pytest.mark.parametrize("name", SHELL_SCRIPTS)
def test_shellcheck_finds_nothing(name: str) -> None:
    shellcheck = Path(sysconfig.get_path("scripts")) / "shellcheck"
    done = subprocess.run(  # noqa: S603
        [str(shellcheck), "--external-sources", "--severity=style", str(FILES / name)],
        cwd=FILES.parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stdout


def test_every_shell_script_is_checked() -> None:
    assert {"bootstrap", "image", "lifecycle", "model", "reporting"} <= set(SHELL_SCRIPTS)


@pytest.mark.parametrize("unit", [*OWN_UNITS, "nginx.service"])
def test_systemd_understands_every_word_of_a_unit(root: Path, unit: str) -> None:
    """It ends with 0 on words that it does not know, and says so on stderr alone."""
    done = _analyze("verify", "--man=no", f"--root={root}", unit)

    assert done.returncode == 0, done.stderr
    assert not done.stderr


@pytest.mark.parametrize("unit", MOST_EXPOSED)
def test_a_unit_is_exposed_as_little_as_it_can_be(root: Path, unit: str) -> None:
    done = _analyze("security", "--offline=true", "--json=short", f"--root={root}", unit)
    score = _analyze("security", "--offline=true", f"--root={root}", "--no-pager", unit)
    level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", score.stdout)

    assert level is not None, score.stderr
    assert float(level[1]) * 10 <= MOST_EXPOSED[unit], json.dumps(
        [entry["name"] for entry in json.loads(done.stdout) if entry["set"] is False]
    )


def test_nginx_ends_its_streams_before_ollama_stops(rendered: Files) -> None:
    drop_in = rendered["elsewhere"]["/etc/systemd/system/nginx.service.d/translator.conf"]

    assert "\nAfter=ollama.service\n" in drop_in
    assert "\nExecStop=\nKillSignal=SIGQUIT\n" in drop_in
    assert "\nTimeoutStopSec=300s\n" in drop_in


def _analyze(*words: str) -> "subprocess.CompletedProcess[str]":
    command = shutil.which("systemd-analyze")
    assert command, "The tests of the units need systemd-analyze: install the package systemd."
    return subprocess.run(  # noqa: S603
        [command, *words], capture_output=True, text=True, check=False, timeout=60
    )
