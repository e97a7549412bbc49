"""A state that was emptied or deleted, which Terraform takes for one that is yet to be made.

Anything else that is no state Terraform refuses by itself.
"""

import json

from harness.aws import Aws
from harness.explain import DAMAGED
from harness.problem import Problem
from harness.workspace import Workspace


def refuse_lost(workspace: Workspace, aws: Aws, plan_json: str) -> None:
    """Have nothing made anew, nor called unchanged, because the state is gone.

    Args:
        workspace: Whose state it is.
        aws: Where it lies.
        plan_json: A plan in Terraform's JSON form; only where it found no state S3 is asked.

    Raises:
        Problem: There is a state object, and nothing in it; or there is none any more, and its
            last version held resources that no `make recover` adopts.
    """
    values = json.loads(plan_json).get("prior_state", {}).get("values", {})
    stack = json.loads((workspace.root / "cdk.tf.json").read_text(encoding="utf-8"))
    if (
        values.get("root_module")
        or aws.offline
        or workspace.own_backend.is_file()
        or "s3" not in stack.get("terraform", {}).get("backend", {})
    ):
        return
    # Only here: it brings boto3, which takes a third of a second, and is for first plans alone.
    from harness.state_object import StateObject  # noqa: PLC0415

    state = StateObject.of(workspace.environment, workspace.root.name, aws)
    text = state.read()
    if text == b"":
        raise Problem(f"{state.place} is empty. {DAMAGED}")
    if text is not None or workspace.imports.is_file():
        return
    for last in state.versions(1):
        if last.resources != 0:
            held = "" if last.resources is None else f", with {last.resources} resources"
            raise Problem(
                f"{state.place} was deleted; its last version was written at"
                f" {last.written:%Y-%m-%d %H:%M:%S} UTC{held}:"
                f" make state-restore {workspace.arguments} VERSION={last.id} has it back, and"
                f" make recover {workspace.arguments} adopts what stands if that one is not right."
            )
