"""A state object that holds nothing, which Terraform takes for a state that is yet to be made.

Anything else that is no state Terraform refuses by itself.
"""

import json

from harness.aws import Aws
from harness.explain import DAMAGED
from harness.problem import Problem
from harness.workspace import Workspace


def refuse_emptied(workspace: Workspace, aws: Aws, plan_json: str) -> None:
    """Have nothing made anew, nor called unchanged, because the state was emptied.

    Args:
        workspace: Whose state it is.
        aws: Where it lies.
        plan_json: A plan in Terraform's JSON form; only where it found no state S3 is asked.

    Raises:
        Problem: There is a state object, and nothing in it.
    """
    values = json.loads(plan_json).get("prior_state", {}).get("values", {})
    stack = json.loads((workspace.root / "cdk.tf.json").read_text(encoding="utf-8"))
    if (
        values.get("root_module")
        or aws.offline
        or "s3" not in stack.get("terraform", {}).get("backend", {})
    ):
        return
    # Only here: it brings boto3, which takes a third of a second, and is for first plans alone.
    from harness.state_object import StateObject  # noqa: PLC0415

    state = StateObject.of(workspace.environment, workspace.root.name, aws)
    if state.read() == b"":
        raise Problem(f"{state.place} is empty. {DAMAGED}")
