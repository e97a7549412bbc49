"""The roots beside the translator get variables of their own, and a state that is nobody else's."""

import json
from pathlib import Path

import pytest

import envs.load
from harness import roots, workspace
from harness.problem import Problem
from harness.workspace import TRANSLATOR, Workspace


def test_no_root_s_state_is_another_s() -> None:
    """Of one account's environments; the state's bucket they may share, with its root."""
    keys = [
        roots.state_key(name, root)
        for name in envs.load.names()
        for root in (TRANSLATOR, roots.PIPELINE)
    ]
    shared = {roots.state_key(name, roots.STATE) for name in envs.load.names()}

    assert len({*keys}) == len(keys)
    assert not shared & {*keys}
    assert keys[0] == envs.load.load_backend(envs.load.names()[0]).key


def test_the_state_s_variables_are_the_environment_s_and_the_backend_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "BUILD", tmp_path)
    settings = envs.load.load(envs.load.path("prod"))
    backend = envs.load.load_backend("prod")
    written = roots.write_variables(Workspace("prod", roots.STATE), settings)
    values = json.loads(written.read_text())

    assert written == tmp_path / "prod/state/state.tfvars.json"
    assert values["account_id"] == settings.account_id
    assert values["bucket_name"] == backend.bucket
    assert values["region"] == backend.region


def test_the_pipeline_s_variables_name_the_very_state_and_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "BUILD", tmp_path)
    settings = envs.load.load(envs.load.path("prod"))
    backend = envs.load.load_backend("prod")
    written = roots.write_variables(Workspace("prod", roots.PIPELINE), settings)
    values = json.loads(written.read_text())

    assert written == tmp_path / "prod/pipeline/pipeline.tfvars.json"
    assert values["name"] == "ollama-translator-prod"
    assert values["domain_names"] == ["translate.example.com", "api.translate.example.com"]
    assert values["state"] == {
        "bucket": backend.bucket,
        "key": backend.key,
        "region": backend.region,
    }
    assert values["gitlab"]["branch"] == "main"


def test_an_environment_without_gitlab_has_no_pipeline() -> None:
    settings = envs.load.load(envs.load.path("local"))

    with pytest.raises(Problem, match=r"^envs/local[.]tfvars: gitlab is not set") as caught:
        roots.write_variables(Workspace("local", roots.PIPELINE), settings)
    assert caught.value.exit_code == 2


def test_another_word_for_a_root_is_refused() -> None:
    with pytest.raises(Problem, match=r"ROOT=x is no root: leave it out, or say ROOT=state or"):
        roots.named({"ROOT": "x"})
