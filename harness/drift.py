"""`make drift`: what is not as it was applied, and what stands there that nobody applied."""

import json
import sys

from harness.aws import online
from harness.drifted import drifted
from harness.events import Events
from harness.plan import TIMEOUT, Counter, prepare
from harness.progress import Progress
from harness.state_lock import PATIENCE
from harness.terraform import FLAG
from harness.unmanaged.look import strangers
from harness.workspace import Workspace


def drift(environment: str, root: str, progress: Progress) -> int:
    """Name what changed behind Terraform's back; returns 0, or 2 where something did.

    Raises:
        Problem: There are no credentials, or looking failed.
    """
    aws = online(environment, "compared with its state")
    workspace = Workspace(environment, root)
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        workspace.discard_plan()  # `prepare` may bring in newer modules than it was made from
        ready = prepare(workspace, progress, aws)
        events = Events(workspace.log, Counter(progress))
        made = workspace.unfinished
        try:
            with progress.step("terraform plan"):
                result = ready.terraform.cmd(
                    "plan",
                    input=False,
                    json=FLAG,
                    refresh_only=FLAG,
                    lock_timeout=PATIENCE,
                    var_file=str(ready.variables),
                    out=str(made),
                    on_line=events.line,
                    timeout=TIMEOUT,
                )
                if not result.ok:
                    raise events.failure("terraform plan", result.stderr)
                read = ready.terraform.cmd("show", str(made), json=FLAG, timeout=TIMEOUT)
                if not read.ok:
                    raise events.failure("terraform show", read.stderr)
        finally:
            made.unlink(missing_ok=True)
        plan = json.loads(read.stdout)
        with progress.step("look in the account"):
            strange = strangers(plan, environment, aws)
    found = [*drifted(plan), *map(str, strange)]
    if not found:
        sys.stdout.write(f"{environment}: nothing changed behind Terraform's back.\n")
        return 0
    lines = [f"{environment}: changed behind Terraform's back:", *(f"  {each}" for each in found)]
    if strange:
        lines.append("What is to stay must be written as a resource and imported by its id.")
    sys.stdout.write("\n".join([*lines, ""]))
    return 2
