"""The machine that boots: Debian with systemd and cloud-init, made once and kept under build/."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from harness.project import BUILD

SUITE = "bookworm"

PACKAGES = (
    "ca-certificates",
    "cloud-init",
    "curl",
    "dbus",
    "iproute2",
    "libnginx-mod-http-js",
    "locales",  # without it, and without the SSH server, cloud-init reports errors of its own
    "nginx",
    "openssh-server",
    "pciutils",
    "python3",
    "systemd",
    "systemd-sysv",
    "zstd",
)
"""What an AMI brings, and what the bootstrap would install: the machine has no mirror."""

COMMAND = (
    *("unshare", "--mount"),  # where it is killed, its /proc and /sys go with it
    "mmdebstrap",
    "--quiet",
    "--variant=minbase",
    "--mode=root",
    f"--include={','.join(PACKAGES)}",
    '--aptopt=Acquire::Languages "none"',
    "--dpkgopt=force-unsafe-io",  # what a power cut spoils is made anew
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-exclude=/usr/share/man/*",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
    SUITE,
)

NEEDED = {
    "curl": "curl",
    "ip": "iproute2",
    "journalctl": "systemd",
    "mmdebstrap": "mmdebstrap",
    "nsenter": "util-linux",
    "openssl": "openssl",
    "systemd-nspawn": "systemd-container",
    "unshare": "util-linux",
    "zstd": "zstd",
}
"""Commands that a boot takes here, and the Debian packages that bring them."""


class Missing(Exception):  # noqa: N818 # `raise Missing` reads as what it is
    """What this machine lacks for a boot, in a sentence."""


def check() -> None:
    """Whether this machine can boot another.

    Raises:
        Missing: A command or a right is not there.
    """
    if packages := sorted({NEEDED[name] for name in NEEDED if shutil.which(name) is None}):
        raise Missing(f"The boot test needs these Debian packages: {' '.join(packages)}.")
    if os.geteuid() != 0:
        raise Missing("The boot test needs root: it makes namespaces and mounts (CAP_SYS_ADMIN).")
    probe = subprocess.run(  # noqa: S603 # constants
        [
            *("unshare", "--mount", "--pid", "--net", "--fork"),
            *("mount", "-t", "tmpfs", "none", "/mnt"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    if probe.returncode != 0:
        raise Missing(
            "The boot test needs the right to make namespaces and mounts (CAP_SYS_ADMIN; in Docker "
            f"--privileged), and this machine refuses: {probe.stderr.strip()}"
        )


def base_image() -> Path:
    """The root of the base machine, made where this list of packages has none yet.

    Raises:
        Missing: The mirror did not give it.
    """
    key = hashlib.sha256("\0".join(COMMAND).encode()).hexdigest()[:16]
    root = BUILD / "boot" / f"{SUITE}-{key}"
    if not root.exists():
        root.parent.mkdir(parents=True, exist_ok=True)
        new = root.with_name(f"{os.getpid()}-{root.name}")
        made = subprocess.run(  # noqa: S603 # constants
            [*COMMAND, str(new)], capture_output=True, text=True, check=False, timeout=900
        )
        if made.returncode != 0:
            shutil.rmtree(new, ignore_errors=True)
            raise Missing(f"The base machine could not be made: {made.stderr.strip()[-2000:]}")
        new.rename(root)
    return root


if __name__ == "__main__":
    check()
    base_image()
