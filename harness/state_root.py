"""The root that makes the bucket an environment's state lies in."""

import json
from pathlib import Path
from typing import Any

import envs.load
from harness.problem import Problem
from harness.workspace import Workspace
from harness.written import write

NAME = "state_root"

FROM_ENVIRONMENT = (
    "project",
    "environment",
    "owner",
    "account_id",
    "region",
    "log_retention_days",
)
"""The settings that it shares with the translator; bucket_name comes from the backend's file."""


def write_variables(workspace: Workspace, settings: envs.load.Environment) -> Path:
    """Write the root's variable file from the environment and its backend's values.

    Raises:
        Problem: The backend's file names no bucket.
    """
    backend = envs.load.load_backend(workspace.environment)
    declared: Any = json.loads((workspace.root / "cdk.tf.json").read_text()).get("variable", {})
    values = {name: getattr(settings, name) for name in FROM_ENVIRONMENT if name in declared}
    bucket = backend.bucket
    if not bucket:
        raise Problem(f"envs/{workspace.environment}.s3.tfbackend names no bucket.", 2)
    return write(
        workspace.folder / "state.tfvars.json",
        json.dumps(values | {"bucket_name": bucket}, indent=2) + "\n",
    )
