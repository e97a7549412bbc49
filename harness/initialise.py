"""`terraform init`, when something it depends on changed."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import envs.load
from harness import roots
from harness.events import Events
from harness.project import ENVS, PROVIDER_LOCK
from harness.terraform import FLAG, Terraform
from harness.toolchain import Toolchain
from harness.workspace import TRANSLATOR, Workspace

TIMEOUT = 900  # a first run downloads the provider, about 150 MB


def initialise(
    workspace: Workspace, terraform: Terraform, toolchain: Toolchain, *, offline: bool
) -> bool:
    """Have the workspace initialised; returns whether that took a `terraform init`.

    Raises:
        Problem: Terraform could not get the provider or reach the state.
        EnvironmentFileError: The backend's file is wrong.
    """
    done = workspace.data / "initialised"
    key = _key(workspace, toolchain, offline=offline)
    if done.is_file() and done.read_bytes() == key.encode() and _has_provider(workspace.data):
        return False
    shutil.rmtree(workspace.data, ignore_errors=True)
    _init(workspace, terraform, offline=offline, reconfigure=FLAG)
    done.write_text(key, encoding="utf-8")
    return True


def move_state(workspace: Workspace, terraform: Terraform) -> None:
    """Copy the state from where it was initialised last to where the root's backend says now.

    Raises:
        Problem: It was not copied; where it came from it still is.
    """
    # Whatever comes of it, the next command looks anew where its state lies.
    (workspace.data / "initialised").unlink(missing_ok=True)
    _init(workspace, terraform, offline=False, migrate_state=FLAG, force_copy=FLAG)


def _init(workspace: Workspace, terraform: Terraform, *, offline: bool, **how: Any) -> None:
    events = Events(workspace.log)
    result = terraform.cmd(
        "init",
        input=False,
        no_color=FLAG,
        lockfile="readonly",
        backend_config=_backend_settings(workspace, offline=offline),
        on_line=events.line,
        timeout=TIMEOUT,
        **how,
    )
    if not result.ok:
        raise events.failure("terraform init", result.stderr)


def _backend_settings(workspace: Workspace, *, offline: bool) -> list[str]:
    """The environment's backend file and what differs from it, for a root with an S3 backend."""
    stack: Any = json.loads((workspace.root / "cdk.tf.json").read_text(encoding="utf-8"))
    is_s3 = "s3" in stack.get("terraform", {}).get("backend", {})
    if offline or not is_s3 or workspace.own_backend.is_file():
        return []
    envs.load.load_backend(workspace.environment)  # refuses a wrong one
    settings = [str(ENVS / f"{workspace.environment}.s3.tfbackend")]
    if workspace.root.name != TRANSLATOR:
        settings.append(f"key={roots.state_key(workspace.environment, workspace.root.name)}")
    return settings


def _key(workspace: Workspace, toolchain: Toolchain, *, offline: bool) -> str:
    """A digest of what `init` reads: providers, modules, backend, and Terraform itself."""
    layout: dict[str, Any] = {}
    for path in sorted(workspace.stacks.glob("*/cdk.tf.json")):
        stack: Any = json.loads(path.read_text(encoding="utf-8"))
        sources = {name: call["source"] for name, call in stack.get("module", {}).items()}
        layout[path.parent.name] = [stack.get("terraform"), sources]
    backend = _backend_settings(workspace, offline=offline)
    parts = [
        toolchain.command,
        toolchain.version,
        layout,
        PROVIDER_LOCK.read_text(encoding="utf-8"),
        offline,
        workspace.own_backend.is_file(),
        backend,
        Path(backend[0]).read_text(encoding="utf-8") if backend else None,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _has_provider(data: Path) -> bool:
    """Whether the provider is still there: it may be a link into a mirror that has moved."""
    return all(path.exists() for path in (data / "providers").glob("*/*/*/*/*"))
