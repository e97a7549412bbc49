"""`make apply`: applies the very file that the gate allowed, or says why not."""

import json
from typing import Any

from harness import own_state
from harness.aws import online
from harness.events import Events
from harness.initialise import initialise
from harness.lost_state import refuse_lost
from harness.plan import terraform_environ
from harness.problem import Problem
from harness.progress import Progress
from harness.project import shown
from harness.recover.adoption import discard_imports
from harness.runs import recorded, refuse_unfinished
from harness.state_lock import PATIENCE
from harness.terraform import FLAG, Terraform
from harness.toolchain import find_terraform
from harness.unsaved import saved
from harness.workspace import Meta, Workspace, sha256

TIMEOUT = 7200
"""Seconds an apply may take; a CloudFront distribution and certificates take the most of it."""


def apply(environment: str, root: str, progress: Progress) -> int:
    """Apply the saved plan; returns the exit code.

    Raises:
        Problem: The plan may not be applied, or applying failed.
    """
    workspace = Workspace(environment, root)
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        refuse_unfinished(workspace)
        meta = check(workspace)
        aws = online(environment, "applied")
        if meta.emulator != aws.run:
            raise Problem(
                f"{shown(workspace.plan)} is of another account: say make plan"
                f" {workspace.arguments}."
            )
        toolchain = find_terraform()
        terraform = Terraform(
            toolchain.command,
            workspace.root,
            terraform_environ(workspace, aws),
        )
        with progress.step("terraform init"):
            initialise(workspace, terraform, toolchain, offline=False)
        refuse_lost(workspace, aws, workspace.plan_json.read_text(encoding="utf-8"))
        events = Events(workspace.log, progress.line)
        try:
            with (
                progress.step("terraform apply"),
                recorded(workspace, "apply") as changing,
                saved(workspace, terraform, events),
            ):
                events.changing = changing
                result = terraform.cmd(
                    "apply",
                    str(workspace.plan),
                    input=False,
                    json=FLAG,
                    lock_timeout=PATIENCE,
                    on_line=events.line,
                    timeout=TIMEOUT,
                )
        finally:
            workspace.discard_plan()  # whatever came of it, it fits the state no longer
        if not result.ok:
            raise events.failure("terraform apply", result.stderr)
        own_state.settle(workspace, terraform)
        discard_imports(workspace)
    return 0


def check(workspace: Workspace) -> Meta:
    """Whether the workspace's plan may be applied, by all that is known without AWS.

    Raises:
        Problem: It may not.
    """
    environment, plan = workspace.environment, shown(workspace.plan)
    again = f"make plan {workspace.arguments}"
    if not workspace.plan.is_file():
        raise Problem(f"There is no plan at {plan}: say {again} first.")
    meta = workspace.read_meta()
    if meta.environment != environment:
        raise Problem(f"{plan} is a plan of {meta.environment}, not of {environment}: say {again}.")
    if meta.offline:
        raise Problem(
            f"{plan} was planned offline against an empty state, so it cannot be applied: configure"
            f" AWS credentials and say {again}."
        )
    digest = sha256(workspace.plan)
    if digest != meta.plan_sha256:
        raise Problem(f"{plan} is not the file that was planned: say {again}.")
    verdict = _verdict(workspace)
    if verdict.get("verdict") != "allowed":
        raise Problem(f"The gate did not allow {plan}: {shown(workspace.gate)} says why.")
    if verdict.get("plan_sha256") != digest:
        raise Problem(f"The gate allowed another file than {plan}: let it judge this one.")
    return meta


def _verdict(workspace: Workspace) -> dict[str, Any]:
    """What gate.json says; nothing where it is no verdict.

    Raises:
        Problem: There is none.
    """
    try:
        said: Any = json.loads(workspace.gate.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise Problem(f"The gate has not judged {shown(workspace.plan)} yet.") from error
    except (OSError, ValueError) as error:
        raise Problem(
            f"{shown(workspace.gate)} cannot be read: let the gate judge anew."
        ) from error
    return said if isinstance(said, dict) else {}
