"""The folder `build/<env>/`, which holds everything about one environment's plan."""

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Generator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harness.locked import locked
from harness.problem import Problem
from harness.project import BUILD, PROVIDER_LOCK, shown
from harness.widget import counts
from harness.written import write

OVERRIDE = "offline_override.tf.json"

UNSAVED = "errored.tfstate"
"""What Terraform calls the file in which it leaves a state that it could not save."""

TRANSLATOR = "translator"
"""The root that an environment is; the others, such as its state's bucket, belong to it."""

OFFLINE_PROVIDER = {
    "access_key": "offline",
    "secret_key": "offline",
    "allowed_account_ids": [],  # nobody is asked which account this is
    "skip_credentials_validation": True,
    "skip_metadata_api_check": "true",
    "skip_region_validation": True,
    "skip_requesting_account_id": True,
}
"""What lets the AWS provider plan new resources without credentials and without a network."""


@dataclass(frozen=True)
class Meta:
    """What `plan.meta.json` says of the plan beside it.

    Attributes:
        environment: The environment it is for.
        offline: Whether it was made against an empty state; such a plan cannot be applied.
        emulator: The run of the emulated AWS that it is for; "" for a real account.
        plan_sha256: The digest of plan.tfplan.
        terraform: The version that made it.
        synth: The key of the synth it was made from.
        variables_sha256: The digest of the variable file.
        created: When, in UTC.
    """

    environment: str
    offline: bool
    emulator: str
    plan_sha256: str
    terraform: str
    synth: str
    variables_sha256: str
    created: str


class Workspace:
    """One environment's folder, for the translator or for another of its roots.

    Attributes:
        environment: The environment's name.
        folder: Where everything lies; readable by its owner alone, as plans may hold secrets.
    """

    def __init__(self, environment: str, root: str = TRANSLATOR) -> None:
        self.environment = environment
        self.folder = BUILD / environment
        if root != TRANSLATOR:
            self.folder /= root.removesuffix("_root")
        self.stacks = self.folder / "stacks"
        self.root = self.stacks / root
        self.data = self.folder / ".terraform"
        self.log = self.folder / "terraform.log"
        self.plan = self.folder / "plan.tfplan"
        self.unfinished = self.folder / "plan.unfinished"
        self.plan_json = self.folder / "plan.json"
        self.meta = self.folder / "plan.meta.json"
        self.widget = self.folder / "widget.json"
        self.gate = self.folder / "gate.json"
        self.imports = self.folder / "imports.tf.json"  # what `make recover` adopts
        self.unsaved = self.folder / UNSAVED
        self.own_state = self.folder / "own.tfstate"  # of the state's bucket, while there is none
        self.own_backend = self.root / "own_backend_override.tf.json"

    @property
    def arguments(self) -> str:
        """What names it to `make`, such as `ENV=prod` or `ENV=prod ROOT=state`."""
        root = self.root.name
        named = "" if root == TRANSLATOR else f" ROOT={root.removesuffix('_root')}"
        return f"ENV={self.environment}{named}"

    @contextlib.contextmanager
    def held(self, waiting: Callable[[], None]) -> Generator[None]:
        """Keep other commands out of this folder while the block runs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        with locked(self.folder / "lock", waiting):
            yield

    def take(self, stacks: Path, *, offline: bool) -> None:
        """Copy a synth in, with the provider lock and, offline, what makes it plan without AWS."""
        fresh = self.folder / "stacks.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(stacks, fresh)
        root = fresh / self.root.name
        shutil.copy(PROVIDER_LOCK, root)
        if self.imports.is_file() and not offline:
            shutil.copy(self.imports, root)
        if offline:
            (root / OVERRIDE).write_text(
                json.dumps(_offline_override(root), indent=2), encoding="utf-8"
            )
        self.keep_unsaved()
        shutil.rmtree(self.stacks, ignore_errors=True)
        fresh.rename(self.stacks)

    def keep_unsaved(self) -> None:
        """Take a state that Terraform could not save to where no synth replaces it."""
        left = self.root / UNSAVED
        if left.is_file():
            left.chmod(0o600)
            left.replace(self.unsaved)

    def discard_plan(self) -> None:
        """Remove the plan with all that was said about it, so that none of it can be applied."""
        self.discard_verdict()
        for path in (self.unfinished, self.plan, self.meta, self.plan_json, self.widget):
            path.unlink(missing_ok=True)

    def discard_verdict(self) -> None:
        """Remove what the gate said of the plan, in every format."""
        for path in (self.gate, *self.folder.glob("gate.*")):
            path.unlink(missing_ok=True)

    def keep_plan(self, plan_json: str, meta: Meta) -> None:
        """Put the finished plan in place, last, when all about it is there."""
        self.unfinished.chmod(0o600)
        write(self.plan_json, plan_json)
        write(self.widget, json.dumps(counts(plan_json)) + "\n")
        write(self.meta, json.dumps(asdict(meta), indent=2) + "\n")
        self.unfinished.replace(self.plan)

    def read_meta(self) -> Meta:
        """What is known about the plan.

        Raises:
            Problem: Nothing readable is.
        """
        try:
            return Meta(**json.loads(self.meta.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise Problem(
                f"{shown(self.meta)} does not tell what {self.plan.name} is: plan again."
            ) from error


def sha256(path: Path) -> str:
    """A file's digest, as gate.json and plan.meta.json name it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _offline_override(root: Path) -> dict[str, Any]:
    """Terraform merges this over the root: an empty local state, and providers that call nobody."""
    configured: Any = json.loads((root / "cdk.tf.json").read_text(encoding="utf-8")).get(
        "provider", {}
    )
    providers: Any = configured.get("aws", [])
    blocks: list[Any] = providers if isinstance(providers, list) else [providers]
    aliases = [{"alias": block["alias"]} if "alias" in block else {} for block in blocks]
    return {
        "terraform": {"backend": {"local": {"path": "../../offline.tfstate"}}},
        "provider": {"aws": [alias | OFFLINE_PROVIDER for alias in aliases]},
    }
