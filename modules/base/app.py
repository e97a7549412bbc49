"""The one command of `main.py`: synthesise the modules."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cdktf import App

from modules.base.module import Module


def synthesise(settings: Path, modules: Iterable[type[Module[Any, Any]]]) -> Path:
    """Write every module to `stacks/<module>/` and say where `stacks` is.

    Args:
        settings: The project's `cdktf.json`, which cdktf's own command reads too. Its `output`
            is where the modules go, unless `CDKTF_OUTDIR` names another folder.
        modules: The modules and roots.
    """
    project = json.loads(settings.read_text(encoding="utf-8"))
    outdir = Path(os.environ.get("CDKTF_OUTDIR") or settings.parent / str(project["output"]))
    app = App(outdir=str(outdir), context=project["context"])
    written = [module(app) for module in modules]
    app.synth()
    stacks = outdir / "stacks"
    for module in written:
        module.write(stacks)
    return stacks
