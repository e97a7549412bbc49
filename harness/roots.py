"""The roots that an environment has: the translator itself, its state's bucket, its pipeline."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import envs.load
from harness.problem import Problem
from harness.workspace import TRANSLATOR, Workspace
from harness.written import write

STATE = "state_root"
PIPELINE = "pipeline_root"

_SHARED = ("project", "environment", "owner", "account_id")
"""The settings that every root has from the environment."""


def named(environ: Mapping[str, str] = os.environ) -> str:
    """The root that ROOT names; the translator where it names none.

    Raises:
        Problem: There is no such root.
    """
    name = environ.get("ROOT", "")
    known = {"": TRANSLATOR, TRANSLATOR: TRANSLATOR, "state": STATE, "pipeline": PIPELINE}
    if name not in known:
        raise Problem(
            f"ROOT={name} is no root: leave it out, or say ROOT=state or ROOT=pipeline.", 2
        )
    return known[name]


def write_variables(workspace: Workspace, settings: envs.load.Environment) -> Path:
    """The variable file of the workspace's root: the environment's own, or one made from it.

    Raises:
        EnvironmentFileError: The backend's file is wrong.
        Problem: The environment has no setting that the root needs.
    """
    root = workspace.root.name
    if root == TRANSLATOR:
        return envs.load.path(workspace.environment)
    values = {name: getattr(settings, name) for name in _SHARED}
    values |= _VALUES[root](workspace.environment, settings)
    return write(
        workspace.folder / f"{workspace.folder.name}.tfvars.json",
        json.dumps(values, indent=2, sort_keys=True) + "\n",
    )


def state_key(environment: str, root: str) -> str:
    """Where a root's state lies: never in another's.

    The bucket's own lies beside all environments, since they may share the bucket.

    Raises:
        EnvironmentFileError: The backend's file is wrong.
    """
    key = PurePosixPath(envs.load.load_backend(environment).key)
    places = {
        TRANSLATOR: key,
        STATE: key.parent.parent / STATE / key.name,
        PIPELINE: key.parent.parent / PIPELINE / environment / key.name,
    }
    return str(places[root])


def _of_the_state(environment: str, settings: envs.load.Environment) -> dict[str, Any]:
    backend = envs.load.load_backend(environment)
    values: dict[str, Any] = {
        "bucket_name": backend.bucket,
        "deletion_protection": settings.deletion_protection,
        "region": backend.region,
    }
    if backend.kms_key_id.startswith("alias/"):
        values["key_alias"] = backend.kms_key_id.removeprefix("alias/")
    return values


def _of_the_pipeline(environment: str, settings: envs.load.Environment) -> dict[str, Any]:
    if settings.gitlab is None:
        raise Problem(
            f"envs/{environment}.tfvars: gitlab is not set, so {environment} has no pipeline; name"
            " the GitLab project whose jobs shall plan and apply it.",
            2,
        )
    backend = envs.load.load_backend(environment)
    page = settings.domain_name
    return {
        "name": f"{settings.project}-{environment}",
        "region": settings.region,
        "gitlab": settings.gitlab.model_dump(),
        "hosted_zone_id": settings.hosted_zone_id,
        "domain_names": [page, settings.api_domain_name or f"api.{page}"],
        "state": {"bucket": backend.bucket, "key": backend.key, "region": backend.region},
    }


_VALUES: dict[str, Callable[[str, envs.load.Environment], dict[str, Any]]] = {
    STATE: _of_the_state,
    PIPELINE: _of_the_pipeline,
}
