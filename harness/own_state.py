"""The state of the state's own bucket: in a file for as long as there is no bucket.

Before its first apply nothing can hold a state, and while it is destroyed nothing will. So the
first apply keeps the state in a file and moves it into the bucket that it made, and a destroy takes
it out again first. Whichever of them is cut short leaves the file, and the file then holds.
"""

from __future__ import annotations

import importlib
import json
from typing import TYPE_CHECKING

from harness.initialise import initialise, move_state
from harness.problem import Problem
from harness.project import shown
from harness.roots import STATE
from harness.written import write

if TYPE_CHECKING:
    from harness.aws import Aws
    from harness.plan import Prepared
    from harness.state_object import StateObject
    from harness.terraform import Terraform
    from harness.workspace import Workspace


def settle(workspace: Workspace, terraform: Terraform) -> None:
    """Move the state out of the file, if it lies in one, into the bucket that now stands.

    Raises:
        Problem: It could not be moved; it lies in the file as before.
    """
    if not workspace.own_backend.is_file():
        return
    workspace.own_backend.unlink()
    try:
        move_state(workspace, terraform)
    except Problem as why:
        raise Problem(
            f"The bucket stands, but its state lies in {shown(workspace.own_state)} still. {why}"
            f" Say make plan {workspace.arguments} and make apply {workspace.arguments} once more."
        ) from why
    discard(workspace)


def take_out(ready: Prepared) -> None:
    """Have the state lie in the file before its bucket is destroyed.

    Raises:
        Problem: Other states lie in the bucket, or Terraform does not take the file.
    """
    workspace = ready.workspace
    state = _state(workspace, ready.aws)
    _refuse_others(state)
    text = None if workspace.own_backend.is_file() else state.read()
    if text is None:
        return
    write(workspace.own_state, text.decode("utf-8"))
    _write_backend(workspace)
    try:
        initialise(workspace, ready.terraform, ready.toolchain, offline=False)
    except BaseException:  # an interrupt too: the bucket still holds it
        discard(workspace)
        raise


def discard(workspace: Workspace) -> None:
    """Remove the file: the bucket holds what it held, or nothing stands any more."""
    workspace.own_backend.unlink(missing_ok=True)
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
