"""A report in a file: whole, or as it was before."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


class ReportError(Exception):
    """A report that cannot be made or kept; the message is one sentence for people."""


def write(text: str, path: Path) -> None:
    """Put the text into a file, in UTF-8: after a failure the old file is there as it was.

    Missing directories are made. A link stays, and what it points to is replaced. What is no
    regular file, such as /dev/stdout or a pipe, is written to as it is.

    Raises:
        ReportError: The file cannot be written.
    """
    content = text.encode("utf-8", "backslashreplace")
    try:
        target = Path(os.path.realpath(path))
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        message = f"The report cannot be written to {path}: {why}; name a file that can be written."
        raise ReportError(message) from error


def _replace(target: Path, content: bytes) -> None:
    """Write beside the target and move it there in one step."""
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
