"""The form of the table's text files: sections of keys, whose values may run over lines.

    # a comment
    [Title]
    reason: One sentence, which
        goes on where a line is indented.
    types:
        aws_sns_topic aws_sqs_queue

Plain text, because it is read on every run: 1,600 types take about a millisecond, where YAML takes
five with its C loader and sixty without.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Section:
    """One section of a file.

    Attributes:
        title: What stands in the brackets.
        values: Text by key, each run of blanks and line ends as one blank.
    """

    title: str
    values: dict[str, str]

    def text(self, key: str) -> str:
        """Return the value of a key; empty where the section has none."""
        return self.values.get(key, "")

    def words(self, key: str) -> list[str]:
        """Return the words of a key's value."""
        return self.text(key).split()


def read_sections(path: Path) -> list[Section]:
    """Read a file's sections in their order.

    Raises:
        ValueError: A line belongs to no section or no key, or a key stands twice in a section.
    """
    sections: list[Section] = []
    pieces: list[str] | None = None
    found: list[tuple[Section, str, list[str]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            sections.append(Section(line.strip().strip("[]"), {}))
            pieces = None
        elif line.startswith(" ") and pieces is not None:
            pieces.append(line)
        else:
            key, colon, value = line.partition(":")
            if not (colon and sections) or key in sections[-1].values:
                raise ValueError(
                    f"{path.name}, line {number}: expected a new key and a colon below a [title]."
                )
            sections[-1].values[key] = ""
            pieces = [value]
            found.append((sections[-1], key, pieces))
    for section, key, parts in found:
        section.values[key] = " ".join(" ".join(parts).split())
    return sections
