"""The host's user data, rendered by Terraform from its templates: what an instance gets."""

import base64
import gzip
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from harness.terraform import FLAG, Terraform

CHILDREN = Path(__file__).parents[1] / "plan" / "children"


class WrittenFile(BaseModel):
    """A file of `write_files`, by the keys that this project uses."""

    model_config = ConfigDict(strict=True, extra="forbid")

    path: str = Field(pattern="^/[A-Za-z0-9_./-]+$")
    permissions: str = Field(pattern="^0(644|755)$")
    content: str = Field(min_length=1)


class CloudConfig(BaseModel):
    """What user data may say. cloud-init's own check lets unknown keys pass."""

    model_config = ConfigDict(strict=True, extra="forbid")

    write_files: list[WrittenFile]
    runcmd: list[list[str]] = Field(min_length=1)


@pytest.fixture(scope="session")
def user_data(
    stacks: Path,
    terraform: Callable[[Path], Terraform],
    tmp_path_factory: pytest.TempPathFactory,
) -> bytes:
    """The user data as an instance gets it."""
    folder = tmp_path_factory.mktemp("host")
    shutil.copy(CHILDREN / "host.tf", folder)
    (folder / "modules").mkdir()
    # No resource in it, so without the requirement Terraform needs no provider and starts at once.
    shutil.copytree(stacks / "host", folder / "modules" / "host")
    path = folder / "modules" / "host" / "cdk.tf.json"
    document = json.loads(path.read_text())
    del document["terraform"]["required_providers"]
    path.write_text(json.dumps(document))
    run = terraform(folder)
    assert run.cmd("init", input=False, no_color=FLAG, timeout=60).ok
    applied = run.cmd("apply", input=False, auto_approve=FLAG, no_color=FLAG, timeout=60)
    assert applied.ok, applied.stderr
    return base64.b64decode(
        json.loads(run.cmd("output", "user_data", json=FLAG, timeout=60).stdout)
    )


@pytest.fixture(scope="session")
def cloud_config(user_data: bytes) -> dict[str, Any]:
    """The cloud-config, read back as cloud-init would read it."""
    text = gzip.decompress(user_data).decode()
    assert text.startswith("#cloud-config\n")
    return yaml.safe_load(text)


@pytest.fixture
def files(cloud_config: dict[str, Any]) -> dict[str, str]:
    return {file["path"]: file["content"] for file in cloud_config["write_files"]}


def test_user_data_says_what_cloud_init_knows_and_nothing_else(
    cloud_config: dict[str, Any],
) -> None:
    written = CloudConfig.model_validate(cloud_config).write_files

    assert len({file.path for file in written}) == len(written)


def test_a_key_that_cloud_init_would_overlook_is_a_fault(cloud_config: dict[str, Any]) -> None:
    file = cloud_config["write_files"][0]
    for wrong in (
        cloud_config | {"run_cmd": []},
        cloud_config | {"write_files": [file | {"permission": "0644"}]},
    ):
        with pytest.raises(ValidationError):
            CloudConfig.model_validate(wrong)


def test_user_data_is_within_what_ec2_takes(user_data: bytes) -> None:
    assert len(user_data) <= 16 * 1024


def test_the_bootstrap_script_is_there_executable_and_run(cloud_config: dict[str, Any]) -> None:
    (command,) = cloud_config["runcmd"]
    modes = {file["path"]: file["permissions"] for file in cloud_config["write_files"]}

    assert modes[command[0]] == "0755"


def test_ollama_listens_on_loopback_and_nginx_on_the_open_port(files: dict[str, str]) -> None:
    drop_in = files["/etc/systemd/system/ollama.service.d/translator.conf"]
    listening = re.findall(
        r"^\s*listen\s+([^\s;]+)", files["/etc/translator/nginx.conf"], re.MULTILINE
    )

    assert "Environment=OLLAMA_HOST=127.0.0.1:11435\n" in drop_in
    assert listening == ["11434", "[::]:11434", "127.0.0.1:11436"]


def test_the_page_is_the_only_origin(files: dict[str, str]) -> None:
    """Ollama compares whole origins: a slash at the end would match none."""
    drop_in = files["/etc/systemd/system/ollama.service.d/translator.conf"]

    assert re.findall(r"OLLAMA_ORIGINS=(.*)", drop_in) == ["https://translate.example.com"]


def test_ollama_is_pinned_and_checked(files: dict[str, str]) -> None:
    settings = files["/etc/translator/settings.env"]
    bootstrap = files["/usr/local/lib/translator/bootstrap"]

    assert "OLLAMA_VERSION=0.32.0\n" in settings
    assert re.search(r"^OLLAMA_SHA256=[0-9a-f]{64}$", settings, re.MULTILINE)
    assert "sha256sum --check" in bootstrap


def test_readiness_needs_a_token_and_a_failure_abandons_the_launch(files: dict[str, str]) -> None:
    bootstrap = files["/usr/local/lib/translator/bootstrap"]
    unit = files["/etc/systemd/system/translator-model.service"]

    assert '"$here/lifecycle" ABANDON' in bootstrap
    assert "ExecStartPost=-/usr/local/lib/translator/lifecycle CONTINUE" in unit
    assert "ExecStopPost=-/usr/local/lib/translator/lifecycle --unless-success ABANDON" in unit


def test_metrics_name_the_group_without_asking_ec2_for_tags(files: dict[str, str]) -> None:
    """The agent's own placeholder would need a right to describe every tag of the account."""
    settings = json.loads(files["/etc/translator/cloudwatch-agent.json"])

    for collected in settings["metrics"]["metrics_collected"].values():
        assert collected["append_dimensions"] == {"AutoScalingGroupName": "translator-test"}
