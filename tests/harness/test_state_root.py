"""The root of the state bucket gets its variables and a state of its own."""

import json
from pathlib import Path

import pytest

import envs.load
from harness import state_root, workspace
from harness.workspace import Workspace


@pytest.mark.parametrize("environment", envs.load.names())
def test_its_state_is_never_an_environments(environment: str) -> None:
    keys = {envs.load.load_backend(name).key for name in envs.load.names()}

    assert state_root.state_key(environment) not in keys
    assert state_root.state_key(environment).endswith("/state_root/terraform.tfstate")


def test_its_variables_are_the_environments_and_the_backends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "BUILD", tmp_path)
    settings = envs.load.load(envs.load.path("prod"))
    backend = envs.load.load_backend("prod")
    written = state_root.write_variables(Workspace("prod", state_root.NAME), settings)
    values = json.loads(written.read_text())

    assert written.is_relative_to(tmp_path / "prod" / "state")
    assert values["account_id"] == settings.account_id
    assert values["bucket_name"] == backend.bucket
    assert values["region"] == backend.region
