"""Where the project's own files lie."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVS = ROOT / "envs"
BUILD = ROOT / "build"  # everything a command writes for itself
PROVIDER_LOCK = ROOT / ".terraform.lock.hcl"


def shown(path: Path) -> str:
    """A path as a user would type it: relative to the project where it lies inside."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
