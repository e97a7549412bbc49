"""The corpus: one compliant design, and what each case changes about it.

A case is a folder `cases/<requirement>/<allow|deny>-<name>/`. Its files replace those of the same
name in `base/` and add to them, so a small change is one `change_override.tf`. One of its files
opens with `# why: …`. What else Terraform shall do stands in comments of the same form:

- `# plan: -target=…` adds a flag to `terraform plan`;
- `# errors: yes` says that the plan fails half way, and what was planned so far is judged.

A folder `before/` makes the case start from a live state: the base with those files over it has
been applied. `# forget: ADDRESS` in there drops a resource from the state, as if it had been made
by hand.
"""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BASE = HERE / "base"
CASES = HERE / "cases"

Sources = dict[str, Path]
"""What a configuration is put together from: the path in it, and the file that stands there."""


@dataclass(frozen=True)
class Case:
    """One configuration and what the gate has to say about it.

    Attributes:
        folder: Where its own files lie.
    """

    folder: Path

    @property
    def requirement(self) -> str:
        """The id of the requirement it is about, which a denied case breaks."""
        return self.folder.parent.name

    @property
    def allowed(self) -> bool:
        """Whether the gate shall let it pass.

        Raises:
            ValueError: The folder's name says neither.
        """
        verdict, _, _ = self.folder.name.partition("-")
        if verdict not in {"allow", "deny"}:
            raise ValueError(f"{self.folder} is named neither allow-… nor deny-….")
        return verdict == "allow"

    @property
    def name(self) -> str:
        """Its name in reports: `alb-ingress/deny-world`."""
        return f"{self.requirement}/{self.folder.name}"

    @property
    def why(self) -> str:
        """What a person should know when it is judged wrongly.

        Raises:
            ValueError: None of its files says so.
        """
        said = remarks(self.sources(), "why")
        if not said:
            raise ValueError(f"No file of {self.folder} opens with `# why: …`.")
        return " ".join(said)

    @property
    def flags(self) -> list[str]:
        """What `terraform plan` is told beyond the usual."""
        return remarks(self.sources(), "plan")

    @property
    def errors(self) -> bool:
        """Whether the plan has to fail half way."""
        return remarks(self.sources(), "errors") == ["yes"]

    def sources(self) -> Sources:
        """The configuration to plan."""
        return overlaid(self.folder)

    def live_sources(self) -> Sources | None:
        """The configuration that was applied before, if it starts from a live state."""
        before = self.folder / "before"
        return overlaid(before) if before.is_dir() else None


def cases() -> list[Case]:
    """Every case there is, by name."""
    return [Case(folder) for folder in sorted(CASES.glob("*/*")) if folder.is_dir()]


def remarks(sources: Sources, word: str) -> list[str]:
    """What the comments `# word: …` at the start of a line say, file by file."""
    pattern = re.compile(rf"^# {word}: (.+)$", re.MULTILINE)
    return [
        found.strip()
        for name, path in sorted(sources.items())
        if name.endswith(".tf")
        for found in pattern.findall(path.read_text(encoding="utf-8"))
    ]


def overlaid(folder: Path | None) -> Sources:
    """The base with a folder's files over it, or the base alone."""
    found = sorted(folder.rglob("*")) if folder is not None else []
    own = {
        str(path.relative_to(folder)): path
        for path in found
        if path.is_file() and folder is not None and path.relative_to(folder).parts[0] != "before"
    }
    return {path.name: path for path in sorted(BASE.glob("*.tf"))} | own
