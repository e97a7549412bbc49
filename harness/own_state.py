"""The state of the state's own bucket: in a file for as long as there is no bucket.

Before its first apply nothing can hold a state, and while it is destroyed nothing will. So the
first apply keeps the state in a file and moves it into the bucket that it made, and a destroy takes
it out again first. Whichever of them is cut short leaves the file, and the file then holds.
"""

from __future__ import annotations

import importlib
import json
from typing import TYPE_CHECKING

from harness.events import Events
from harness.initialise import TIMEOUT, backend_settings
from harness.problem import Problem
from harness.project import shown
from harness.roots import STATE
from harness.terraform import FLAG, Terraform
from harness.written import write

if TYPE_CHECKING:
    from pathlib import Path

    from harness.aws import Aws
    from harness.state_object import StateObject
    from harness.workspace import Workspace


def settle(workspace: Workspace, terraform: Terraform, aws: Aws) -> None:
    """Move the state out of the file, if it lies in one, into the bucket that now stands.

    Raises:
        Problem: It could not be moved; it lies in the file as before.
    """
    if not workspace.own_backend.is_file():
        return
    workspace.own_backend.unlink()
    why = _moved(workspace, terraform, backend_settings(workspace, offline=False))
    state = _state(workspace, aws)
    if why or not state.resources():
        _write_backend(workspace)
        raise Problem(
            f"The bucket stands, but its state lies in {shown(workspace.own_state)} still:"
            f" {why or f'{state.place} does not hold it'}. Say make plan {workspace.arguments} and"
            " make apply once more."
        )
    discard(workspace)


def take_out(workspace: Workspace, terraform: Terraform, variables: Path, aws: Aws) -> None:
    """Move the state into the file before its bucket is destroyed.

    Raises:
        Problem: The bucket is protected, other states lie in it, or its own could not be moved.
    """
    _refuse_others(_state(workspace, aws))
    events = Events(workspace.log)
    # Before anything is moved: a bucket that is protected says so here.
    allowed = terraform.cmd(
        "plan",
        input=False,
        json=FLAG,
        destroy=FLAG,
        var_file=str(variables),
        on_line=events.line,
        timeout=TIMEOUT,
    )
    if not allowed.ok:
        raise events.failure("terraform plan -destroy", allowed.stderr)
    if workspace.own_backend.is_file():
        return
    _write_backend(workspace)
    why = _moved(workspace, terraform, [])
    if why:
        workspace.own_backend.unlink()
        discard(workspace)
        raise Problem(f"The bucket's own state could not be taken out of it: {why}.")


def discard(workspace: Workspace) -> None:
    """Remove the file: the bucket holds what it held, or nothing stands any more."""
    workspace.own_state.unlink(missing_ok=True)
    workspace.own_state.with_name(f"{workspace.own_state.name}.backup").unlink(missing_ok=True)


def use_file_if_needed(workspace: Workspace, aws: Aws) -> None:
    """Have the root's state lie in the file where that is begun, or where no bucket is.

    Raises:
        Problem: AWS does not tell whether there is a bucket.
    """
    if workspace.root.name != STATE or aws.offline:
        return
    if workspace.own_state.is_file() or not _state(workspace, aws).has_bucket():
        _write_backend(workspace)


def _write_backend(workspace: Workspace) -> None:
    backend = {"local": {"path": str(workspace.own_state)}}
    write(workspace.own_backend, json.dumps({"terraform": {"backend": backend}}, indent=2) + "\n")


def _moved(workspace: Workspace, terraform: Terraform, settings: list[str]) -> str:
    """Move the state to where the root's backend now says; returns why it was not, or ""."""
    events = Events(workspace.log)
    result = terraform.cmd(
        "init",
        input=False,
        no_color=FLAG,
        lockfile="readonly",
        migrate_state=FLAG,
        force_copy=FLAG,
        backend_config=settings,
        on_line=events.line,
        timeout=TIMEOUT,
    )
    return "" if result.ok else str(events.failure("terraform init", result.stderr)).rstrip(".")


def _refuse_others(state: StateObject) -> None:
    """Have no bucket destroyed in which another state still tells of what stands."""
    for place, resources in state.neighbours():
        if resources != 0:
            held = "what cannot be read" if resources is None else f"{resources} resources"
            raise Problem(
                f"{place} tells of {held} and would go with its bucket: destroy those first."
            )


def _state(workspace: Workspace, aws: Aws) -> StateObject:
    # Here, as it brings boto3, which takes a third of a second and is for this root alone.
    return importlib.import_module("harness.state_object").StateObject.of(
        workspace.environment, STATE, aws
    )
