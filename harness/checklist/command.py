"""The checklist as a command: from the state where there is one, else from the saved plan."""

import json
import sys

import envs.load
from envs.schema import Environment
from harness.aws import aws_of
from harness.checklist import report
from harness.checklist.stack import Stack
from harness.checklist.tasks import ticked
from harness.problem import Problem
from harness.progress import Progress, wants_color
from harness.project import shown
from harness.state_object import StateObject, parsed
from harness.workspace import TRANSLATOR, Workspace
from harness.written import write


def checklist(environment: str, root: str, progress: Progress) -> int:
    """Tick off the owner's deployment checklist; returns 0, or 1 where something is missing.

    What was found lies in `checklist.json` and `checklist.md` of the environment's folder.

    Raises:
        Problem: There is neither a state nor a plan, or one cannot be read.
        EnvironmentFileError: The variable file is wrong.
    """
    if root != TRANSLATOR:
        raise Problem("The checklist is the translator's: leave ROOT out.", 2)
    settings = envs.load.load(envs.load.path(environment))
    workspace = Workspace(environment, root)
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        stack, source = _stack(workspace, settings)
        rows = ticked(stack, settings)
        write(workspace.folder / "checklist.json", report.document(rows, environment, source))
        write(workspace.folder / "checklist.md", report.markdown(rows, environment, source))
    color = wants_color(sys.stdout)
    sys.stdout.write(report.text(rows, environment, source, color=color))
    return 1 if any(row.status == "missing" for row in rows) else 0


def _stack(workspace: Workspace, settings: Environment) -> tuple[Stack, str]:
    """What is judged, and where it was read."""
    environment = workspace.environment
    aws = aws_of(environment)
    if not aws.offline:
        state = StateObject.of(environment, TRANSLATOR, aws)
        text = state.read()
        if text is not None:
            found = parsed(text)
            if found is None:
                raise Problem(
                    f"{state.place} is no state of Terraform's: make state-versions"
                    f" ENV={environment} lists those that were, make state-restore has one back."
                )
            if found["resources"]:
                return Stack.standing(found), f"the state, {state.place}"
    if not workspace.plan_json.is_file():
        raise Problem(
            f"There is neither a state to read nor a plan at {shown(workspace.plan_json)}: say"
            f" make plan ENV={settings.environment} first."
        )
    plan = json.loads(workspace.plan_json.read_text(encoding="utf-8"))
    return Stack.planned(plan), f"the plan, {shown(workspace.plan_json)}"
