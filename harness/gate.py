"""`make gate`: lets the gate judge the saved plan, and keeps and prints what it says."""

import os
import shutil
import sys

from harness.origins import with_origins
from harness.problem import Problem
from harness.progress import Progress, wants_color
from harness.project import shown
from harness.workspace import Workspace
from policy.__main__ import DENIED, for_environment
from policy.checkov_run.process import Checkov
from policy.gate import gate as judge
from policy.gate import open_plan
from policy.problem import CannotJudgeError
from policy.report import ReportError, encodable, render, write
from policy.verdict import Verdict

REPORTS = {"junit": "gate.junit.xml", "sarif": "gate.sarif", "codeclimate": "gate.codequality.json"}
"""What a merge request can show, beside gate.json: format and file."""

WIDEST = 120


def gate(environment: str, root: str, progress: Progress) -> int:
    """Judge the plan that `make plan` saved; returns the exit code.

    Raises:
        Problem: There is no plan, or it cannot be judged.
    """
    workspace = Workspace(environment, root)
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        for path in (workspace.plan, workspace.plan_json):
            if not path.is_file():
                raise Problem(
                    f"There is no {shown(path)}: say make plan {workspace.arguments} first."
                )
        workspace.discard_verdict()
        with Checkov().start() as checkov:
            verdict = judged(workspace, checkov, progress)
    return said(verdict)


def judged(workspace: Workspace, checkov: Checkov, progress: Progress) -> Verdict:
    """Judge the workspace's plan, and keep the verdict beside it in every format.

    Args:
        workspace: Its plan and its JSON are there.
        checkov: A process that is ready, or will be.
        progress: Where the step is shown.

    Raises:
        Problem: The gate cannot judge it; there is no verdict then, so it cannot be applied.
    """
    try:
        with progress.step("gate"):
            checkov.submit(workspace.plan_json)
            opened = open_plan(workspace.plan, workspace.plan_json)
            verdict = with_origins(judge(opened, for_environment(workspace.environment), checkov))
            progress.note("" if verdict.allowed else "denied")
            for format_, name in REPORTS.items():
                write(render(verdict, format_), workspace.folder / name)
            write(render(verdict, "json"), workspace.gate)
    except (CannotJudgeError, ReportError) as error:
        raise Problem(str(error), 2) from error
    return verdict


def said(verdict: Verdict) -> int:
    """Print a verdict for people; returns the exit code that it means."""
    width = min(shutil.get_terminal_size((100, 24)).columns, WIDEST)
    text = render(verdict, "text", colour=wants_color(sys.stdout, os.environ), width=width)
    sys.stdout.write(encodable(text, sys.stdout.encoding))
    return 0 if verdict.allowed else DENIED
