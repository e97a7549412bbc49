"""Which of checkov's checks judge a plan: `checks.toml`, read and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKS = Path(__file__).with_name("checks.toml")


class SelectionError(ValueError):
    """`checks.toml` does not say what it must, in one sentence."""


@dataclass(frozen=True)
class Check:
    """A check that judges plans.

    Attributes:
        identity: checkov's id, "CKV_AWS_7", or one of ours.
        guards: What it keeps, in one sentence.
        mend: What to change where it fails, in one sentence.
        unknown: Why a resource that it cannot judge may stand; empty where that refuses.
    """

    identity: str
    guards: str
    mend: str
    unknown: str = ""


@dataclass(frozen=True)
class Selection:
    """All of `checks.toml`.

    Attributes:
        chosen: The checks that judge, by id, in the file's order.
        left_out: Why each of the others does not, by id.
    """

    chosen: Mapping[str, Check]
    left_out: Mapping[str, str]


def _check(identity: str, entry: object) -> Check:
    if not isinstance(entry, dict) or not entry.keys() <= {"guards", "mend", "unknown"}:
        raise SelectionError(f"{identity} in checks.toml takes guards, mend and unknown alone.")
    texts = {str(key): value for key, value in entry.items()}
    for key in ("guards", "mend", *(["unknown"] if "unknown" in texts else [])):
        text = texts.get(key)
        if not isinstance(text, str) or not text.endswith("."):
            raise SelectionError(f"{key} of {identity} in checks.toml must be a sentence.")
    return Check(identity, **texts)


def load_selection(path: Path = CHECKS) -> Selection:
    """Read the chosen checks and those left out.

    Raises:
        SelectionError: When an entry lacks its reason, or an id stands in both tables.
    """
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    chosen = {name: _check(name, entry) for name, entry in document["chosen"].items()}
    left_out: dict[str, str] = {}
    for name, why in document["left_out"].items():
        if not isinstance(why, str) or not why.endswith("."):
            raise SelectionError(f"{name} under left_out in checks.toml must say why not.")
        if name in chosen:
            raise SelectionError(f"{name} in checks.toml is both chosen and left out.")
        left_out[name] = why
    return Selection(chosen, left_out)
