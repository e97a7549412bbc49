"""A machine of stand-ins on which Image Builder's components run.

Their commands run as root of a namespace, in a root directory of its own, so absolute paths are
the real ones. Commands that need AWS, Ollama or systemd are stand-ins that answer as told and
record how they were called.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ARCHIVE = "Ollama's archive"
"""What the stand-in for curl downloads."""

STAND_IN = """#!/bin/bash
name=${0##*/}
echo "$name $*" >>/stand-ins/calls
while [ "$#" -gt 0 ]; do
    if [ "$1" = --output ] && [ "$2" != /dev/null ]; then printf %s "$ARCHIVE" >"$2"; fi
    words+=" $1"
    shift
done
touch "/stand-ins/$name.answers"
while IFS=$'\\t' read -r pattern code text; do
    if [[ $words =~ $pattern ]]; then
        echo "$text"
        exit "$code"
    fi
done <"/stand-ins/$name.answers"
"""

MACHINE = """
root=$1
mount -t tmpfs machine "$root"
cd "$root"
mkdir -p dev etc proc run stand-ins tmp usr var/cache var/lib
for link in bin lib lib64 sbin; do
    if [ -L "/$link" ]; then ln -s "usr/$link" "$link"; fi
done
mount --rbind /usr usr
mount --rbind /dev dev
mount --rbind /proc proc
mount --bind "$2" stand-ins
mount --bind "$3" etc
mount --bind "$4" usr/local
exec chroot . /usr/bin/env -i PATH=/stand-ins:/usr/sbin:/usr/bin:/sbin:/bin ARCHIVE="$5" \\
    bash -c "$6"
"""

STAND_INS = [
    "apt-get",
    "aws",
    "curl",
    "dpkg",
    "lspci",
    "nginx",
    "ollama",
    "sleep",
    "systemctl",
    "tar",
    "useradd",
]


@dataclass(frozen=True)
class Machine:
    """A machine whose /etc and /usr/local stay when it is started anew: what an image holds."""

    folder: Path
    documents: dict[str, Any]

    def answer(self, name: str, *answers: tuple[str, int, str]) -> None:
        """Have a stand-in answer calls that match with a code and a text; else it just ends."""
        lines = ("\t".join((pattern, str(code), text)) for pattern, code, text in answers)
        path = self.folder / "stand-ins" / f"{name}.answers"
        path.write_text("".join(f"{line}\n" for line in lines))

    def run(self, component: str) -> subprocess.CompletedProcess[str]:
        """Run a component's one step as AWSTOE does: bash, as root, with no home."""
        (phase,) = self.documents[component]["phases"]
        (step,) = phase["steps"]
        (command,) = step["inputs"]["commands"]
        folders = (self.folder / name for name in ("root", "stand-ins", "etc", "local"))
        namespaces = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
        (self.folder / "stand-ins" / "calls").write_text("")
        return subprocess.run(  # noqa: S603 # the project's own scripts, in a root of their own
            ["unshare", *namespaces, "bash", "-euc", MACHINE, "-", *folders, ARCHIVE, command],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def calls(self) -> list[str]:
        """Every call of a stand-in in the last run, in order."""
        return (self.folder / "stand-ins" / "calls").read_text().splitlines()
