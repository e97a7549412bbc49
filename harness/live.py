"""`make destroy`, and how what cannot be taken back is confirmed."""

import os
import sys
from collections.abc import Mapping

from harness import own_state
from harness.apply import TIMEOUT as APPLY_TIMEOUT
from harness.aws import online
from harness.events import Events
from harness.plan import planned, prepare
from harness.problem import Problem
from harness.progress import Progress
from harness.recover.adoption import discard_imports
from harness.roots import PIPELINE, STATE
from harness.runs import recorded, refuse_unfinished
from harness.state_lock import PATIENCE
from harness.terraform import FLAG
from harness.unsaved import saved
from harness.workspace import Workspace


def destroy(environment: str, root: str, progress: Progress) -> int:
    """Destroy everything in an environment, once its name is typed; returns the exit code.

    Raises:
        Problem: It was not confirmed, there are no credentials, or destroying failed.
    """
    aws = online(environment, "destroyed")
    what, name = {
        STATE: (f"the bucket that {environment}'s state lies in", f"{environment}/state"),
        PIPELINE: (f"the roles of {environment}'s pipeline", f"{environment}/pipeline"),
    }.get(root, (f"everything in {environment}", environment))
    confirm(what, name)
    workspace = Workspace(environment, root)
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        refuse_unfinished(workspace)
        workspace.discard_plan()
        ready = prepare(workspace, progress, aws)
        if root == STATE:
            # A bucket that is protected says so here, before its state is taken out.
            planned(ready, Events(workspace.log), progress, destroy=FLAG)
            workspace.unfinished.unlink()
            own_state.take_out(ready)
        events = Events(workspace.log, progress.line)
        with (
            progress.step("terraform destroy"),
            recorded(workspace, "destroy") as changing,
            saved(workspace, ready.terraform, events),
        ):
            events.changing = changing
            result = ready.terraform.cmd(
                "destroy",
                input=False,
                json=FLAG,
                auto_approve=FLAG,
                lock_timeout=PATIENCE,
                var_file=str(ready.variables),
                on_line=events.line,
                timeout=APPLY_TIMEOUT,
            )
            if not result.ok:
                raise events.failure("terraform destroy", result.stderr)
        own_state.discard(workspace)
        discard_imports(workspace)
    return 0


def confirm(
    what: str,
    name: str,
    environ: Mapping[str, str] = os.environ,
    *,
    verb: str = "destroy",
    done: str = "destroyed",
) -> None:
    """Have the name of what is to be destroyed, or otherwise changed, typed or given as CONFIRM.

    Args:
        what: What it is.
        name: What must be typed.
        environ: The command's variables.
        verb: What is to be done with it.
        done: The same as a participle.

    Raises:
        Problem: It was not.
    """
    given = environ.get("CONFIRM", "")
    if not given:
        if not sys.stdin.isatty():
            raise Problem(f"Nobody is here to confirm: say CONFIRM={name} to {verb} {what}.")
        sys.stderr.write(f"This {verb}s {what}. Type {name} to go on: ")
        sys.stderr.flush()
        given = sys.stdin.readline().strip()
    if given != name:
        raise Problem(f"{given!r} is not {name!r}: nothing was {done}.")
