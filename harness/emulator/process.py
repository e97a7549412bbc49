"""Starts and ends the emulated AWS; `python -m harness.emulator.process` ends it."""

import contextlib
import json
import os
import shutil
import socket
from collections.abc import Mapping

import envs.load
from harness.bootstrap import make_emulator
from harness.emulator.place import ENVIRONMENT, FOLDER, PORT, SERVER, SERVERS, Emulator, running
from harness.local.nginx import free_port
from harness.locked import locked
from harness.problem import Problem
from harness.progress import Progress
from harness.project import BUILD, ROOT
from harness.written import write

SECONDS = 60
"""What it may take to start; on an idle machine it takes two."""


def started(progress: Progress, environ: Mapping[str, str] = os.environ) -> Emulator:
    """Have an emulator running; one that runs already is taken.

    Raises:
        Problem: It did not start, or EMULATOR_URL names none.
    """
    with _alone(progress):
        found = running(environ)
        if found is not None:
            return found
        _clear()
        python = make_emulator()
        with progress.step("emulated AWS"):
            port = _port(environ)
            FOLDER.mkdir(parents=True)
            pid = SERVERS.start(SERVER, [str(python), *_words(port)], ROOT)
            write(FOLDER / "emulator.json", json.dumps({"port": port}) + "\n")
            try:
                SERVERS.wait_for(SERVER, pid, lambda: running(environ) is not None, SECONDS)
            except BaseException:
                SERVERS.end_all()  # the log stays, for whoever looks for the reason
                raise
            progress.note(f"port {port}")
        found = running(environ)
        if found is None:
            raise Problem(f"The emulated AWS ended: {SERVERS.last_line(SERVER)}")
        return found


def ended(progress: Progress) -> bool:
    """End the emulator that was started here, with all it holds; returns whether there was one."""
    with _alone(progress):
        return _clear()


def _alone(progress: Progress) -> contextlib.AbstractContextManager[None]:
    waiting = "another command starts or ends the emulated AWS; waiting"
    return locked(BUILD / "emulator.lock", lambda: progress.say(waiting))


def _clear() -> bool:
    if not FOLDER.exists():
        return False
    SERVERS.end_all()
    left = [each for pid in SERVERS.recorded().values() for each in SERVERS.alive(pid)]
    if left:
        raise Problem(f"{left[0].command} (process {left[0].pid}) does not end.")
    shutil.rmtree(FOLDER)
    return True


def _words(port: int) -> list[str]:
    """What starts the server, with what its account has beforehand: the zone and the bucket."""
    settings = envs.load.load(envs.load.path(ENVIRONMENT))
    backend = envs.load.load_backend(ENVIRONMENT)
    words = ["-m", "harness.emulator.server", "--port", str(port), "--folder", str(FOLDER)]
    words += ["--zone-id", settings.hosted_zone_id]
    words += ["--zone", settings.domain_name.partition(".")[2]]
    return [*words, "--bucket", backend.bucket, "--region", backend.region]


def _port(environ: Mapping[str, str]) -> int:
    """The port that PORT names, else the usual one, else a free one."""
    named = environ.get("PORT", "")
    if named:
        if not named.isdecimal() or not 0 < int(named) < 65536:
            raise Problem(f"PORT={named} is no port: name a free one, such as PORT={PORT}.", 2)
        if not _is_free(int(named)):
            raise Problem(f"Port {named} is taken: name another, or leave PORT out.")
        return int(named)
    return PORT if _is_free(PORT) else free_port()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    ended(Progress())
