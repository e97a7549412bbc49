"""Copies of this checkout, which tests run and change."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from harness.synth import synthesised

ROOT = Path(__file__).parent.parent

LEFT = shutil.ignore_patterns("build", "*.pyc.*")
"""What is not copied: build outputs, and bytecode that is being written."""


def copy_checkout(top: Path, names: Iterable[str]) -> None:
    """Copy files and folders of this checkout into `top`, which may exist.

    Bytecode is copied too, and with the times by which Python knows it: to compile the harness
    and the gate takes longer than many a command of theirs. So is the synth of the modules.
    """
    names = tuple(names)
    top.mkdir(parents=True, exist_ok=True)
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, top / name, ignore=LEFT)
        else:
            shutil.copy(source, top)
    if "modules" in names:
        copy_synth(top)


def copy_synth(top: Path) -> None:
    """Copy the checkout's synth, as its files are now, to `top/cdktf.out`."""
    with synthesised(lambda _: None) as synth:
        shutil.copytree(synth.stacks.parent, top / "cdktf.out")
