"""`make drift`: what is not as it was applied, and what stands there that nobody applied.

`make close` takes away what of it Terraform cannot: rules in our security groups that are no
resource. Provider 5.100 has none that owns a group's rules to the last, so no apply removes them.
"""

import json
import sys
from typing import Any

from harness.aws import Aws, online
from harness.drifted import drifted
from harness.events import Events
from harness.live import confirm
from harness.lost_state import refuse_lost
from harness.plan import Counter, planned, prepare
from harness.progress import Progress
from harness.terraform import FLAG
from harness.unmanaged.look import remove, strangers
from harness.workspace import Workspace


def drift(environment: str, root: str, progress: Progress) -> int:
    """Name what changed behind Terraform's back; returns 0, or 2 where something did.

    Raises:
        Problem: There are no credentials, or looking failed.
    """
    aws = online(environment, "compared with its state")
    workspace = Workspace(environment, root)
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        plan = _refreshed(workspace, progress, aws)
        with progress.step("look in the account"):
            strange = strangers(plan, environment, aws)
    found = [*drifted(plan), *map(str, strange)]
    if not found:
        sys.stdout.write(f"{environment}: nothing changed behind Terraform's back.\n")
        return 0
    lines = [f"{environment}: changed behind Terraform's back:", *(f"  {each}" for each in found)]
    if strange:
        lines.append("What is to stay must be written as a resource and imported by its id.")
    if any(each.closes for each in strange):
        lines.append(f"`make close {workspace.arguments}` removes all of those rules.")
    sys.stdout.write("\n".join([*lines, ""]))
    return 2


def close(environment: str, root: str, progress: Progress) -> int:
    """Remove the rules of our security groups that no resource wrote, once that is confirmed.

    Returns 0, also where there are none.

    Raises:
        Problem: It was not confirmed, there are no credentials, or AWS refused.
    """
    aws = online(environment, "closed")
    workspace = Workspace(environment, root)
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        plan = _refreshed(workspace, progress, aws)
        with progress.step("look in the account"):
            found = [each for each in strangers(plan, environment, aws) if each.closes]
        if not found:
            sys.stdout.write(f"{environment}: no rule that nobody wrote.\n")
            return 0
        lines = [f"{environment}: rules that nobody wrote:", *(f"  {each}" for each in found)]
        sys.stdout.write("\n".join([*lines, ""]))
        confirm(f"these rules of {environment}", environment, verb="remove", done="removed")
        with progress.step("remove rules"):
            remove(found, environment, aws)
    return 0


def _refreshed(workspace: Workspace, progress: Progress, aws: Aws) -> dict[str, Any]:
    """The JSON of a plan that does nothing but read what stands there.

    Raises:
        Problem: Terraform failed.
    """
    workspace.discard_plan()  # `prepare` may bring in newer modules than it was made from
    ready = prepare(workspace, progress, aws)
    events = Events(workspace.log, Counter(progress))
    try:
        plan_json = planned(ready, events, progress, refresh_only=FLAG)
    finally:
        workspace.unfinished.unlink(missing_ok=True)
    refuse_lost(workspace, aws, plan_json)
    return json.loads(plan_json)
