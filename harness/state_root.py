"""The root that makes the bucket an environment's state lies in."""

import json
from pathlib import Path, PurePosixPath

import envs.load
from harness.workspace import Workspace
from harness.written import write

NAME = "state_root"

FROM_ENVIRONMENT = ("project", "environment", "owner", "account_id", "deletion_protection")
"""The settings that it shares with the translator; the others are the backend's own."""


def write_variables(workspace: Workspace, settings: envs.load.Environment) -> Path:
    """Write the root's variable file from the environment and its backend's values.

    Raises:
        EnvironmentFileError: The backend's file is wrong.
    """
    backend = envs.load.load_backend(workspace.environment)
    values = {name: getattr(settings, name) for name in FROM_ENVIRONMENT}
    values |= {"bucket_name": backend.bucket, "region": backend.region}
    if backend.kms_key_id.startswith("alias/"):
        values["key_alias"] = backend.kms_key_id.removeprefix("alias/")
    return write(
        workspace.folder / "state.tfvars.json", json.dumps(values, indent=2, sort_keys=True) + "\n"
    )


def state_key(environment: str) -> str:
    """Where this root's own state lies: beside the environments', and never in one of theirs.

    Raises:
        EnvironmentFileError: The backend's file is wrong.
    """
    theirs = PurePosixPath(envs.load.load_backend(environment).key)
    return str(theirs.parent.parent / NAME / theirs.name)
