"""`make state-versions` and `make state-restore`: the state's history, and how to go back."""

import os
import sys

from harness.aws import online
from harness.live import confirm
from harness.problem import Problem
from harness.progress import Progress
from harness.state_object import StateObject, Version
from harness.summary import table
from harness.workspace import TRANSLATOR, Workspace

SHOWN = 10
"""How many versions are listed; each is read, to tell its serial."""


def versions(environment: str, root: str, _progress: Progress) -> int:
    """List the state's last versions; returns the exit code.

    Raises:
        Problem: There are no credentials, AWS refuses, or there is no state.
    """
    aws = online(environment, "asked for its state's versions")
    state = StateObject.of(environment, root, aws)
    found = state.versions(SHOWN)
    if not found:
        raise Problem(f"{state.place} has no version yet: nothing was applied.")
    head = ("version", "written (UTC)", "bytes", "serial", "resources", "")
    lines = [f"{environment}: {state.place}", "", *table(head, [_row(each) for each in found])]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def restore(environment: str, root: str, progress: Progress) -> int:
    """Make an earlier version of the state, named by VERSION, the present one.

    Raises:
        Problem: It was not confirmed, or cannot be done.
    """
    workspace = Workspace(environment, root)
    version = os.environ.get("VERSION", "")
    if not version:
        raise Problem(
            f"VERSION says which to restore: make state-versions {workspace.arguments} lists them.",
            2,
        )
    aws = online(environment, "restored")
    state = StateObject.of(environment, root, aws)
    name = environment if root == TRANSLATOR else f"{environment}/{root.removesuffix('_root')}"
    confirm(f"version {version} of {name}'s state", name, verb="restore", done="restored")
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        state.restore(version)
        workspace.discard_plan()  # it was made from another state
    sys.stdout.write(
        f"{name}: the state is what version {version} was; make drift {workspace.arguments} tells"
        " what stands otherwise.\n"
    )
    return 0


def _row(version: Version) -> tuple[str, ...]:
    broken = version.serial is None
    remarks = [
        *(["present"] if version.present else []),
        *(["no state of Terraform's"] if broken else []),
        *([f"restored from {version.origin}"] if version.origin else []),
    ]
    return (
        version.id,
        f"{version.written:%Y-%m-%d %H:%M:%S}",
        str(version.size),
        "-" if broken else str(version.serial),
        "-" if broken else str(version.resources),
        "; ".join(remarks),
    )
