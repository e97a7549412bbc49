"""A small variable file to change, and a real Terraform to ask."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from envs.load import EnvironmentFileError, load
from harness.toolchain import find_terraform

Settings = dict[str, Any]

_SMALLEST: Settings = {
    "account_id": "123456789012",
    "desired_size": 1,
    "domain_name": "translate.example.com",
    "environment": "dev",
    "hosted_zone_id": "Z0123456789",
    "max_size": 2,
    "min_size": 1,
    "model": "gemma3n:e2b",
    "ollama_sha256": "ab" * 32,
    "owner": "language-platform",
    "region": "eu-west-1",
    "ui_allowed_cidrs": ["203.0.113.0/24"],
    "vpc_cidr": "10.20.0.0/16",
    "vpn_cidrs": ["10.8.0.0/16"],
    "zones": ["eu-west-1a", "eu-west-1b"],
}
_HOURS = {
    "start_cron": "0 7 * * MON-FRI",
    "stop_cron": "0 19 * * MON-FRI",
    "time_zone": "Europe/Dublin",
}


@pytest.fixture(scope="session")
def smallest() -> Settings:
    """Every setting that has no default; line n of a file is the n-th of them."""
    return dict(_SMALLEST)


@pytest.fixture(scope="session")
def hours() -> Settings:
    """Good office hours."""
    return dict(_HOURS)


@pytest.fixture(scope="session")
def render() -> Callable[[Settings], str]:
    """Writes settings as HCL, one on a line."""

    def write(settings: Settings) -> str:
        return "".join(f"{name} = {hcl(value)}\n" for name, value in settings.items())

    def hcl(value: Any) -> str:
        text = json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
        # JSON has two escapes that HCL has not; an even number of backslashes before is none.
        return re.sub(r"(?<!\\)((?:\\\\)*)\\([bf])", _unicode_escape, text)

    return write


def _unicode_escape(match: re.Match[str]) -> str:
    return match[1] + {"b": r"\u0008", "f": r"\u000c"}[match[2]]


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the variable file of an environment `dev` may be written."""
    return tmp_path_factory.mktemp("files") / "dev.tfvars"


@pytest.fixture(scope="session")
def sentences(file: Path) -> Callable[[str | bytes], list[str]]:
    """What is wrong with a file of this content: none, one or more sentences, without its name."""

    def read(content: str | bytes) -> list[str]:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            load(file)
        except EnvironmentFileError as error:
            found = error
        else:
            return []
        lines = str(found).split("\n")
        assert len(lines) == len(found.problems)
        assert all(line.startswith(str(file)) and line.endswith(".") for line in lines)
        return [line.removeprefix(str(file)) for line in lines]

    return read


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Asks `terraform console` for a value in a module; a failed run answers nothing."""
    command = find_terraform().command
    folder = tmp_path_factory.mktemp("terraform")
    settings = folder / "settings.rc"
    settings.touch()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    environ["TF_CLI_CONFIG_FILE"] = str(settings)

    def ask(expression: str, module: Settings, file: Path | None = None) -> str:
        (folder / "main.tf.json").write_text(json.dumps(module))
        answer = subprocess.run(  # noqa: S603  the Terraform that the project runs
            [*command, "console", *([f"-var-file={file}"] if file else [])],
            input=expression,
            cwd=folder,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return answer.stdout if answer.returncode == 0 else ""

    return ask


@pytest.fixture(scope="session")
def evaluate(terraform: Callable[..., str]) -> Callable[[list[str]], list[Any]]:
    """Evaluates conditions in one run; one that Terraform cannot evaluate refuses its value."""

    def ask(conditions: list[str]) -> list[Any]:
        answers = [f"${{try({condition}, false)}}" for condition in conditions]
        module = {"locals": {"answers": answers}}
        return json.loads(json.loads(terraform("jsonencode(local.answers)\n", module)))

    return ask
