"""Makes the corpus's plans with a real Terraform, and keeps them under build/corpus/."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Generator, Iterable, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.project import BUILD, PROVIDER_LOCK
from harness.toolchain import PROVIDER, Toolchain
from harness.written import write
from tests.policy import live_state
from tests.policy.corpus import BASE, Case, Sources, overlaid, remarks
from tests.policy.provider_process import shared_provider
from tests.policy.terraform_process import Run, runs_of

MOST_PASSES = 8
"""How often a design may be planned until its made-up state holds every reference."""


@dataclass(frozen=True)
class Planned:
    """A case's plan.

    Attributes:
        plan: The plan file.
        json: What `terraform show -json` says of it.
    """

    plan: Path
    json: Path


@dataclass
class Planner:
    """Plans cases, each once as long as neither its files nor Terraform change.

    Attributes:
        toolchain: The Terraform to run.
        environ: Its environment.
        cache: Where plans are kept.
    """

    toolchain: Toolchain
    environ: Mapping[str, str]
    cache: Path = BUILD / "corpus"
    _open: ExitStack = field(default_factory=ExitStack)
    _started: Run | None = None

    def close(self) -> None:
        """End the provider and Terraform, if they were needed."""
        self._open.close()

    def planned(self, case: Case) -> Planned:
        """The case's plan.

        Raises:
            AssertionError: Terraform does not plan it, or does where it should fail.
        """
        sources, live = case.sources(), case.live_sources()
        folder = self.cache / case.requirement / case.folder.name
        made = Planned(folder / "plan.tfplan", folder / "plan.json")
        stamp, digest = folder / "stamp", self._digest(sources, live)
        with _alone(folder):
            if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
                return made
            _lay_out(folder, sources)
            if live is not None:
                text = live_state.with_group_rules(self._live(live))
                text = live_state.forget(text, remarks(live, "forget"))
                (folder / "terraform.tfstate").write_text(text, encoding="utf-8")
            self._plan(folder, case.flags, errors=case.errors)
            stamp.write_text(digest, encoding="utf-8")
        return made

    def _live(self, sources: Sources) -> str:
        """The state after these sources were applied to nothing, as the text of a state file."""
        base = overlaid(None)
        start = None if base == sources else self._live(base)
        digest = self._digest(sources, {})
        folder = self.cache / "live" / digest[:16]
        with _alone(folder):
            done = folder / "live.tfstate"
            if not done.is_file():
                _lay_out(folder, sources)
                write(done, self._applied(folder, start))
            return done.read_text(encoding="utf-8")

    def _applied(self, folder: Path, start: str | None) -> str:
        """Plan again and again, each time with the ids that the last plan would have made."""
        text = start
        for _ in range(MOST_PASSES):
            if text is not None:
                (folder / "terraform.tfstate").write_text(text, encoding="utf-8")
            self._plan(folder, [], errors=False)
            plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
            text, whole = live_state.after(plan)
            if whole:
                return text
        raise AssertionError(f"{folder} still waits for ids after {MOST_PASSES} plans.")

    def _plan(self, folder: Path, flags: Iterable[str], *, errors: bool) -> None:
        if any(folder.glob("modules/**/*.tf")):
            status, said = self._run(folder, "init", "-backend=false", "-no-color")
            assert status == 0, f"terraform init in {folder} ended with {status}:\n{said}"
        settled = ("-refresh=false", "-lock=false", "-no-color", "-out=plan.tfplan")
        status, said = self._run(folder, "plan", *settled, *flags)
        assert status == int(errors), f"terraform plan in {folder} ended with {status}:\n{said}"
        status, said = self._run(folder, "show", "-json", "-no-color", "plan.tfplan")
        assert status == 0, f"terraform show in {folder} ended with {status}:\n{said}"
        (folder / "plan.json").write_text(said, encoding="utf-8")

    def _run(self, folder: Path, *words: str) -> tuple[int, str]:
        if self._started is None:
            serving = self._open.enter_context(shared_provider(self._provider()))
            environ = {**self.environ, **serving}
            self._started = self._open.enter_context(runs_of(self.toolchain, environ))
        return self._started(folder, *words)

    def _provider(self) -> Path:
        """The provider's program, as `terraform init` unpacks or finds it."""
        folder = self.cache / "provider"
        with _alone(folder):
            _lay_out(folder, {"versions.tf": BASE / "versions.tf"})
            environ = {**self.environ, "TF_DATA_DIR": str(folder / ".terraform")}
            done = subprocess.run(  # noqa: S603 # the project's own Terraform
                [*self.toolchain.command, "init", "-backend=false", "-no-color"],
                cwd=folder,
                env=environ,
                capture_output=True,
                encoding="utf-8",
                check=False,
                timeout=600,
            )
            assert done.returncode == 0, done.stderr
            found = folder.glob(f".terraform/providers/{PROVIDER}/*/*/terraform-provider-aws*")
            return next(path for path in found if os.access(path, os.X_OK)).resolve()

    def _digest(self, sources: Sources, live: Sources | None) -> str:
        parts: list[Any] = [self.toolchain.version, PROVIDER_LOCK.read_text(encoding="utf-8")]
        parts += [_texts(sources), _texts(live or {})]
        if live is not None:
            parts.append(Path(live_state.__file__).read_text(encoding="utf-8"))
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@contextmanager
def _alone(folder: Path) -> Generator[None]:
    """Keep other workers, and other runs of the tests, out of a folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _texts(sources: Sources) -> list[tuple[str, str]]:
    return [(name, path.read_text(encoding="utf-8")) for name, path in sorted(sources.items())]


def _lay_out(folder: Path, sources: Sources) -> None:
    """Put a configuration into a fresh folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, path in sources.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copyfile(PROVIDER_LOCK, folder / PROVIDER_LOCK.name)
