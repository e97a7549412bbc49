"""`make plan`: from the variable file to a saved plan, its summary and the gate's verdict."""

import datetime as dt
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import envs.load
from harness import gate, own_state, roots, summary
from harness.aws import Aws, aws_of
from harness.events import Events
from harness.initialise import initialise
from harness.lost_state import refuse_lost
from harness.progress import Progress, wants_color
from harness.project import shown
from harness.runs import refuse_unfinished
from harness.state_lock import PATIENCE
from harness.synth import synthesised
from harness.terraform import FLAG, Terraform
from harness.toolchain import Toolchain, child_environ, find_terraform
from harness.workspace import Meta, Workspace, sha256
from policy.checkov_run.process import Checkov

TIMEOUT = 1800
"""Seconds a plan may take; one of a full environment takes ten to sixty."""


@dataclass(frozen=True)
class Prepared:
    """A workspace in which Terraform can run.

    Attributes:
        workspace: The environment's folder.
        terraform: Runs there.
        toolchain: Which Terraform that is.
        variables: The variable file's place.
        aws: What it speaks to.
        synth: The key of the synth that lies there.
    """

    workspace: Workspace
    terraform: Terraform
    toolchain: Toolchain
    variables: Path
    aws: Aws
    synth: str


def plan(environment: str, root: str, progress: Progress) -> int:
    """Plan an environment, keep the plan, let the gate judge it; returns the exit code.

    A plan that the gate denies is kept with the verdict, to be looked at; it cannot be applied.

    Raises:
        Problem: A step failed; no plan is left that could be applied.
    """
    aws = aws_of(environment)  # what is wrong with it is said before the older plan is gone
    workspace = Workspace(environment, root)
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        if not aws.offline:
            refuse_unfinished(workspace)
        workspace.discard_plan()
        try:
            ready = prepare(workspace, progress, aws)
            # checkov takes a second to start: it does so while Terraform plans.
            with Checkov().start() as checkov:
                meta, warnings = _make(ready, progress)
                verdict = gate.judged(workspace, checkov, progress)
        except BaseException:  # an interrupt too: half a plan may hold secrets and is of no use
            workspace.discard_plan()
            raise
    color = wants_color(sys.stdout)
    sys.stdout.write(summary.render(workspace, meta, warnings, aws.why, color=color) + "\n")
    return gate.said(verdict)


def prepare(workspace: Workspace, progress: Progress, aws: Aws) -> Prepared:
    """Check the variable file, synthesise, find Terraform and initialise it.

    Raises:
        Problem: Terraform is missing, or a step failed.
        EnvironmentFileError: The variable file is wrong.
    """
    environment = workspace.environment
    workspace.log.write_text("", encoding="utf-8")
    with progress.step("variables"):
        file = envs.load.path(environment)
        settings = envs.load.load(file)
        progress.note(shown(file))
    with progress.step("synth"), synthesised(progress.say) as synth:
        workspace.take(synth.stacks, offline=aws.offline)
        progress.note("" if synth.repeated else "unchanged")
    own_state.use_file_if_needed(workspace, aws)
    with progress.step("terraform init"):
        toolchain = find_terraform()
        environ = terraform_environ(workspace, aws)
        terraform = Terraform(toolchain.command, workspace.root, environ)
        ran = initialise(workspace, terraform, toolchain, offline=aws.offline)
        progress.note("" if ran else "unchanged")
    file = roots.write_variables(workspace, settings)
    return Prepared(workspace, terraform, toolchain, file, aws, synth.key)


def planned(ready: Prepared, events: Events, progress: Progress, **options: Any) -> str:
    """Plan into the workspace's unfinished file; returns that plan as JSON.

    Args:
        ready: Where.
        events: What hears Terraform.
        progress: What shows the steps.
        options: Further flags of `terraform plan`.

    Raises:
        Problem: Terraform failed.
    """
    made = str(ready.workspace.unfinished)
    options |= {"lock": False} if ready.aws.offline else {"lock_timeout": PATIENCE}
    with progress.step("terraform plan"):
        result = ready.terraform.cmd(
            "plan",
            input=False,
            json=FLAG,
            var_file=str(ready.variables),
            out=made,
            on_line=events.line,
            timeout=TIMEOUT,
            **options,
        )
        if not result.ok:
            raise events.failure("terraform plan", result.stderr)
    with progress.step("plan as JSON"):
        read = ready.terraform.cmd("show", made, json=FLAG, timeout=TIMEOUT)
        if not read.ok:
            raise events.failure("terraform show", read.stderr)
    return read.stdout


def _make(ready: Prepared, progress: Progress) -> tuple[Meta, list[str]]:
    """Plan, and keep the plan; returns what is known of it and Terraform's warnings."""
    workspace, made = ready.workspace, ready.workspace.unfinished
    events = Events(workspace.log, Counter(progress))
    plan_json = planned(ready, events, progress, detailed_exitcode=FLAG)
    refuse_lost(workspace, ready.aws, plan_json)
    meta = Meta(
        environment=workspace.environment,
        offline=ready.aws.offline,
        emulator=ready.aws.run,
        plan_sha256=sha256(made),
        terraform=ready.toolchain.version,
        synth=ready.synth,
        variables_sha256=sha256(ready.variables),
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )
    workspace.keep_plan(plan_json, meta)
    return meta, events.warnings


def terraform_environ(workspace: Workspace, aws: Aws) -> dict[str, str]:
    """The environment Terraform runs in there."""
    return child_environ(aws.environ) | {"TF_DATA_DIR": str(workspace.data)}


class Counter:
    """Shows how many resources Terraform has dealt with so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._seen = 0

    def __call__(self, message: str) -> None:
        """Count a message that names a resource."""
        if ": Plan to " in message or ": Refreshing state" in message:
            self._seen += 1
            self._progress.note(f"{self._seen} resources")
