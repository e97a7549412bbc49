"""A machine that boots for real: systemd as PID 1 in namespaces, in a world of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.boot.offer import HOSTS, INSIDE

PORT = 11434

BOOT_SECONDS = 60
"""Many times what a boot takes; what is not there by then does not come."""


@dataclass(frozen=True)
class Machine:
    """A machine that is running, or was.

    Attributes:
        folder: What belongs to it here: its journal, its console, the calls of AWS's client.
        world: Id of the process whose network it shares.
        nspawn: The process that holds it.
    """

    folder: Path
    world: int
    nspawn: "subprocess.Popen[bytes]"

    def curl(self, path: str, *arguments: str) -> "subprocess.Popen[str]":
        """A request to nginx's open port, from outside of the machine."""
        return subprocess.Popen(  # noqa: S603
            [
                *("nsenter", f"--net=/proc/{self.world}/ns/net"),
                *("curl", "--silent", "--no-buffer", "--max-time", "60"),
                *(*arguments, f"http://127.0.0.1:{PORT}{path}"),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )

    def stream(self, words: int) -> "subprocess.Popen[str]":
        """A translation of so many words, ten a second."""
        body = {"model": "gemma3n:e4b", "prompt": f"{words} words", "stream": True}
        return self.curl(
            "/api/generate", "-H", "Content-Type: application/json", "--data", json.dumps(body)
        )

    def readiness(self) -> tuple[int, str]:
        """Status and body of nginx's answer to the load balancer; 0 where nobody answers."""
        said, _ = self.curl("/ready", "--write-out", "\n%{http_code}").communicate(timeout=60)
        body, _, status = said.rpartition("\n")
        return int(status), body

    def run(self, *words: str) -> str:
        """What a command inside it says."""
        return subprocess.run(  # noqa: S603
            ["nsenter", f"--target={_leader(self.nspawn)}", "--all", *words],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        ).stdout

    @property
    def journal(self) -> str:
        """All that was logged so far."""
        return subprocess.run(  # noqa: S603
            ["journalctl", "--directory", str(self.folder / "journal"), "--no-pager", "-o", "cat"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        ).stdout

    @property
    def aws_calls(self) -> list[str]:
        """What was called of AWS, in order."""
        path = self.folder / "aws.calls"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    @property
    def told(self) -> list[str]:
        """What the Auto Scaling group was told, in order."""
        return [
            call.rpartition(" ")[2]
            for call in self.aws_calls
            if "complete-lifecycle-action" in call
        ]

    def until(self, happened: Callable[[], bool], *, what: str) -> None:
        """Wait until it has.

        Raises:
            AssertionError: It has not in time; with the end of the journal.
        """
        end = time.monotonic() + BOOT_SECONDS
        while not happened():
            if self.nspawn.poll() is not None or time.monotonic() > end:
                console = (self.folder / "console").read_text(encoding="utf-8", errors="replace")
                raise AssertionError(
                    f"{what}: this did not happen within {BOOT_SECONDS} s.\n"
                    f"{console[-1500:]}\n{self.journal[-6000:]}"
                )
            time.sleep(0.1)

    def until_ready(self) -> None:
        """Wait until nginx tells the load balancer that this machine serves."""
        self.until(lambda: self.readiness()[0] == 200, what="/ready answers 200")


@contextmanager
def booted(
    base: Path,
    folder: Path,
    *,
    user_data: bytes,
    faults: Mapping[str, str],
    options: tuple[str, ...] = (),
) -> Generator[Machine]:
    """A machine that boots with this user data, and is gone afterwards.

    Args:
        base: The root of the base machine; it is not written to.
        folder: What the world offers, where its traces are left.
        user_data: As EC2 would hand it over.
        faults: What goes wrong in the world.
        options: More of systemd-nspawn's.
    """
    (folder / "faults.json").write_text(json.dumps(faults), encoding="utf-8")
    with _world(folder) as world, _cgroup() as cgroup:
        command = _command(base, folder, user_data, world)
        # systemd takes over the control group it starts in, so each machine has one of its own.
        enter = 'echo $$ >"$0/cgroup.procs" && exec "$@"'
        with (folder / "console").open("wb") as console:
            nspawn = subprocess.Popen(  # noqa: S603
                ["sh", "-c", enter, str(cgroup), *command, *options, "--boot"],  # noqa: S607
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
            )
        try:
            yield Machine(folder, world, nspawn)
        finally:
            # The kernel ends a machine with its PID 1. Without nspawn it would live on.
            if leader := _leader(nspawn):
                os.kill(leader, signal.SIGKILL)
            try:
                nspawn.wait(timeout=30)
            finally:
                nspawn.kill()


def _leader(nspawn: "subprocess.Popen[bytes]") -> int | None:
    """The machine's own PID 1, nspawn's only child; none once it has ended."""
    try:
        children = Path(f"/proc/{nspawn.pid}/task/{nspawn.pid}/children").read_text()
    except OSError:
        return None
    return next(map(int, children.split()), None)


def _command(base: Path, folder: Path, user_data: bytes, world: int) -> list[str]:
    """systemd-nspawn, with what the machine finds at its boot."""
    seed, journal = folder / "seed", folder / "journal"
    for made in (seed, journal):
        made.mkdir()
    (seed / "user-data").write_bytes(user_data)
    (seed / "meta-data").write_text(f"instance-id: {folder.name}\n", encoding="utf-8")
    hosts = folder / "hosts"
    hosts.write_text(f"127.0.0.1 localhost\n127.0.0.2 {' '.join(HOSTS)}\n", encoding="utf-8")
    read_only = {
        seed: "/var/lib/cloud/seed/nocloud",
        hosts: "/etc/hosts",
        folder / "server.pem.crt": "/etc/ssl/certs/ca-certificates.crt",
        INSIDE / "aws": "/usr/local/bin/aws",
        INSIDE / "sleep": "/usr/local/bin/sleep",
    }
    return [
        "systemd-nspawn",
        "--quiet",
        f"--directory={base}",
        "--volatile=overlay",
        f"--machine=translator-boot-{os.getpid()}",
        f"--network-namespace-path=/proc/{world}/ns/net",
        "--register=no",
        "--keep-unit",
        "--link-journal=no",
        f"--bind={journal}:/var/log/journal",
        *(f"--bind-ro={source}:{target}" for source, target in read_only.items()),
    ]


@contextmanager
def _world(folder: Path) -> Generator[int]:
    """The process in whose network the machine is, once all of it answers."""
    program = Path(__file__).with_name("world.py")
    world = subprocess.Popen(  # noqa: S603
        ["unshare", "--net", sys.executable, str(program), str(folder)],  # noqa: S607
        stdin=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 20
        while not (folder / "up").exists():
            if world.poll() is not None or time.monotonic() > end:
                raise AssertionError("The world around the machine did not come up.")
            time.sleep(0.05)
        yield world.pid
    finally:
        world.kill()
        world.wait(timeout=30)


@contextmanager
def _cgroup() -> Generator[Path]:
    """A control group beneath this process's own, in the unified hierarchy."""
    mounts = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    root = next(Path(mount.split()[1]) for mount in mounts if mount.split()[2] == "cgroup2")
    lines = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    own = next(line.removeprefix("0::/") for line in lines if line.startswith("0::"))
    group = root / own / f"translator-boot-{os.getpid()}"
    group.mkdir(exist_ok=True)
    try:
        yield group
    finally:
        _remove(group)


def _remove(group: Path) -> None:
    """Remove the groups that the machine made, innermost first, once its processes are gone."""
    end = time.monotonic() + 10
    while group.exists():
        try:
            for folder, _, _ in os.walk(group, topdown=False):
                Path(folder).rmdir()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
