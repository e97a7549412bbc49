"""`.gitlab-ci.yml` as GitLab reads it: its jobs with what they extend, and run as a runner would.

Known is what the file uses: `extends` (mappings are merged, lists replaced), `default`, global
`variables`, `parallel: matrix`, and `$VARIABLE` in values.
https://docs.gitlab.com/ci/yaml/#extends
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from tests.checkout import ROOT

FILE = ROOT / ".gitlab-ci.yml"
NO_JOBS = {"default", "include", "stages", "variables", "workflow"}

Json = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """One job, resolved.

    Attributes:
        name: As GitLab shows it, without what a matrix adds.
        settings: Its keywords.
        variables: Those that the file gives it.
    """

    name: str
    settings: Json
    variables: Mapping[str, str]

    def expanded(self, text: str) -> str:
        """A value with the job's own variables filled in."""
        return re.sub(r"\$(\w+)", lambda found: self.variables.get(found[1], found[0]), text)

    def files(self, checkout: Path) -> list[Path]:
        """What its artifacts keep, relative to the checkout."""
        paths: list[str] = self.settings["artifacts"].get("paths", [])
        return [
            found.relative_to(checkout)
            for path in paths
            for found in sorted(checkout.glob(self.expanded(path)))
        ]

    def run(self, checkout: Path, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run its script there as a runner's shell does: line by line, until one fails.

        Args:
            checkout: The folder.
            environ: What GitLab itself, or the runner, would add, such as an ID token.
        """
        lines = [*self.settings.get("before_script", []), *self.settings["script"]]
        given = {name: self.expanded(value) for name, value in self.variables.items()}
        home = checkout / "home"
        home.mkdir(exist_ok=True)
        base = {"PATH": os.environ["PATH"], "HOME": str(home), "CI": "true", **_toolchain()}
        return subprocess.run(  # noqa: S603 # the file's own scripts
            ["bash", "-eo", "pipefail", "-c", "\n".join(lines)],  # noqa: S607 # as a runner does
            cwd=checkout,
            env={**base, **given, "CI_PROJECT_DIR": str(checkout), **environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


def document() -> Json:
    """The file as it stands."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def jobs() -> dict[str, Job]:
    """Every job that can run; one of a matrix for each of its values, as `drift: [prod]`."""
    written = document()
    named = [name for name in written if name not in NO_JOBS and not name.startswith(".")]
    return {job.name: job for name in named for job in _of(name, written)}


def _of(name: str, written: Json) -> Iterator[Job]:
    settings: Json = {**written.get("default", {}), **_extended(name, written)}
    variables = {**written.get("variables", {}), **settings.get("variables", {})}
    matrix: list[Json] = settings.get("parallel", {}).get("matrix", [])
    if not matrix:
        yield Job(name, settings, variables)
    for row in matrix:
        for values in product(*row.values()):
            chosen = dict(zip(row, values, strict=True))
            yield Job(f"{name}: [{', '.join(values)}]", settings, variables | chosen)


def _extended(name: str, written: Json) -> Json:
    own = dict(written[name])
    base = own.pop("extends", None)
    return own if base is None else _merged(_extended(base, written), own)


def _merged(base: Json, own: Json) -> Json:
    both = {
        key: _merged(base[key], value)
        for key, value in own.items()
        if isinstance(value, dict) and isinstance(base.get(key), dict)
    }
    return {**base, **own, **both}


def _toolchain() -> dict[str, str]:
    """What finds the provider on a machine that reaches no registry, and lets it hurry."""
    names = ("TERRAFORM", "TF_CLI_CONFIG_FILE", "TF_PROVIDER_MIRROR", "GOGC")
    return {name: os.environ[name] for name in names if name in os.environ}
