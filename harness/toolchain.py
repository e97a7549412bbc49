"""Finds Terraform, and writes the settings that every run of it gets."""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.problem import Problem
from harness.project import BUILD, PROVIDER_LOCK
from harness.written import write

OLDEST = (1, 11)
"""The first Terraform whose S3 backend locks natively (`use_lockfile`) without a warning."""

TOO_NEW = (2, 0)

MIRRORS = Path("/opt")
"""Where a machine may carry providers: a folder with `registry.terraform.io` in it."""

REGISTRY = "registry.terraform.io"
PROVIDER = f"{REGISTRY}/hashicorp/aws"


@dataclass(frozen=True)
class Toolchain:
    """A Terraform to run.

    Attributes:
        command: The words that start it.
        version: What it says it is, e.g. `1.11.4`.
    """

    command: tuple[str, ...]
    version: str


def find_terraform(environ: Mapping[str, str] = os.environ) -> Toolchain:
    """The Terraform that TERRAFORM names, else PATH's, else the locked wheel's.

    Raises:
        Problem: There is none that is new enough.
    """
    named = environ.get("TERRAFORM")
    if named:
        found = _probe((named,), environ)
        if found is None:
            raise Problem(f"TERRAFORM={named} does not run: name a Terraform {_range()}.")
        if not _fits(found):
            raise Problem(f"TERRAFORM={named} is version {found.version}: name one {_range()}.")
        return found
    on_path = shutil.which("terraform", path=environ.get("PATH"))
    rejected = ""
    if on_path is not None:
        found = _probe((on_path,), environ)
        if found is not None and _fits(found):
            return found
        rejected = f" ({on_path} is {'broken' if found is None else found.version})"
    wheel = _probe((sys.executable, str(Path(__file__).with_name("wheel_terraform.py"))), environ)
    if wheel is not None:
        return wheel
    raise Problem(
        f"No Terraform{rejected}: install one {_range()} on PATH or name one with TERRAFORM=…; the"
        " locked wheel that stands in for it needs an x86-64 Linux with glibc 2.35, or macOS."
    )


def child_environ(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment Terraform runs in, for now without TF_DATA_DIR and credentials' settings.

    Variables come from envs/ alone and flags from this project alone, so TF_VAR_…, TF_CLI_ARGS…
    and TF_WORKSPACE are not passed on.

    Raises:
        Problem: TF_PROVIDER_MIRROR names a folder that does not hold the locked provider.
    """
    strangers = re.compile(r"TF_(VAR_.*|CLI_ARGS.*|WORKSPACE|DATA_DIR|INPUT)")
    child = {name: value for name, value in environ.items() if not strangers.fullmatch(name)}
    child |= {"TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1"}
    if environ.get("TF_PROVIDER_MIRROR") or not _has_own_config(environ):
        child["TF_CLI_CONFIG_FILE"] = str(_write_config(environ))
    return child


def mirror(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The folder to take the AWS provider from instead of the registry, if there is one.

    Raises:
        Problem: TF_PROVIDER_MIRROR names a folder that does not hold the locked provider.
    """
    named = environ.get("TF_PROVIDER_MIRROR")
    if named:
        if not _holds_provider(Path(named)):
            raise Problem(
                f"TF_PROVIDER_MIRROR={named} holds no {PROVIDER} {locked_version()} for"
                f" {_platform()}: fill it with `terraform providers mirror`, or unset it to"
                " download from the registry."
            )
        return Path(named).resolve()
    candidates = sorted(found.parent for found in MIRRORS.glob(f"*/{REGISTRY}"))
    return next((folder for folder in candidates if _holds_provider(folder)), None)


def locked_version() -> str:
    """The AWS provider's version as .terraform.lock.hcl pins it."""
    text = PROVIDER_LOCK.read_text(encoding="utf-8")
    found = re.search(rf'provider "{re.escape(PROVIDER)}" {{\s*version\s*=\s*"([^"]+)"', text)
    if found is None:
        raise Problem(f"{PROVIDER_LOCK.name} pins no {PROVIDER}: restore the file from git.")
    return found[1]


def _write_config(environ: Mapping[str, str]) -> Path:
    folder = mirror(environ)
    lines: list[str] = []
    if folder is not None:
        aws = f'["{PROVIDER}"]'
        lines += [
            "provider_installation {",
            f"  filesystem_mirror {{\n    path    = {json.dumps(str(folder))}",
            f"    include = {aws}\n  }}",
            f"  direct {{\n    exclude = {aws}\n  }}\n}}",
        ]
    elif "TF_PLUGIN_CACHE_DIR" not in environ:
        cache = BUILD / "providers"
        cache.mkdir(parents=True, exist_ok=True)
        lines.append(f"plugin_cache_dir = {json.dumps(str(cache))}")
    text = "\n".join([*lines, "disable_checkpoint = true", ""])
    # Named for what it says: a run with another mirror beside this one has a file of its own.
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return write(BUILD / f"terraform-{digest}.rc", text)


def _has_own_config(environ: Mapping[str, str]) -> bool:
    """Whether the user configures Terraform; a setting that names no file does not count."""
    named = environ.get("TF_CLI_CONFIG_FILE")
    if named:
        return Path(named).is_file()
    return Path(environ.get("HOME", "/")).joinpath(".terraformrc").is_file()


def _holds_provider(folder: Path) -> bool:
    """Whether a mirror holds the locked version for this machine, unpacked or zipped."""
    place, version = folder / PROVIDER, locked_version()
    packed = f"terraform-provider-aws_{version}_{_platform()}.zip"
    return (place / version / _platform()).is_dir() or (place / packed).is_file()


def _platform() -> str:
    machine = platform.machine().lower()
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine)
    return f"{platform.system().lower()}_{architecture}"


def _probe(command: tuple[str, ...], environ: Mapping[str, str]) -> Toolchain | None:
    """Ask a Terraform for its version; None if it does not answer."""
    quiet = {name: value for name, value in environ.items() if not name.startswith("TF_")}
    try:
        done = subprocess.run(  # noqa: S603 # the user's own PATH or TERRAFORM
            [*command, "version", "-json"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=True,
            timeout=60,
            env=quiet | {"CHECKPOINT_DISABLE": "1"},
        )
        return Toolchain(command, str(json.loads(done.stdout)["terraform_version"]))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        return None


def _fits(found: Toolchain) -> bool:
    numbers = tuple(int(number) for number in re.findall(r"\d+", found.version)[:2])
    return OLDEST <= numbers < TOO_NEW


def _range() -> str:
    return f"at least {OLDEST[0]}.{OLDEST[1]} and below {TOO_NEW[0]}"
