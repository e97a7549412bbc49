"""Files that are either whole or not there."""

import os
import tempfile
from pathlib import Path


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    """Write `text` to `path` in one step, readable by its owner alone unless `mode` says more."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(mode)
        return Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
