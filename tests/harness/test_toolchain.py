"""Which Terraform runs, where it takes the provider from, and what is said when it cannot."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import toolchain
from harness.problem import Problem
from harness.toolchain import child_environ, find_terraform, locked_version, mirror

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with a Terraform that is too old."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "terraform"
    script.write_text("""#!/bin/sh\necho '{"terraform_version": "1.5.7"}'\n""")
    script.chmod(0o755)
    return folder


def provider_mirror(folder: Path) -> Path:
    """A mirror that holds a file named like this machine's provider."""
    place = folder / toolchain.PROVIDER
    place.mkdir(parents=True)
    platform = toolchain._platform()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    (place / f"terraform-provider-aws_{locked_version()}_{platform}.zip").touch()
    return folder


@pytest.mark.parametrize("with_old", [True, False], ids=["too old", "none"])
def test_without_a_fit_terraform_the_locked_wheel_plans(
    harness: Run, old: Path, tmp_path: Path, *, with_old: bool
) -> None:
    planned = harness("plan", "prod", PATH=str(old if with_old else tmp_path))

    assert planned.returncode == 0, planned.stderr
    assert "prod: 4 to add" in planned.stdout
    assert "Terraform 1.15.5" in planned.stdout


def test_terraform_names_one(old: Path, environ: dict[str, str]) -> None:
    with pytest.raises(Problem, match=r"terraform is version 1\.5\.7: name one at least 1\.11"):
        find_terraform(environ | {"TERRAFORM": str(old / "terraform")})


def test_terraform_names_nothing(environ: dict[str, str]) -> None:
    with pytest.raises(Problem, match=r"TERRAFORM=/nowhere/terraform does not run: name a"):
        find_terraform(environ | {"TERRAFORM": "/nowhere/terraform"})


@pytest.mark.parametrize("said", ["[]", "{}", "Terraform v1.14.0"])
def test_terraform_names_something_else(environ: dict[str, str], tmp_path: Path, said: str) -> None:
    other = tmp_path / "other"
    other.write_text(f"#!/bin/sh\necho '{said}'\n")
    other.chmod(0o755)
    with pytest.raises(Problem, match=f"TERRAFORM={other} does not run: name a"):
        find_terraform(environ | {"TERRAFORM": str(other)})


def test_nothing_at_all_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, old: Path, environ: dict[str, str]
) -> None:
    monkeypatch.setattr(toolchain.sys, "executable", "/nowhere/python")
    with pytest.raises(Problem, match=r"No Terraform .*is 1\.5\.7.*: install one at least 1\.11"):
        find_terraform(environ | {"PATH": str(old)})


def test_a_mirror_without_the_provider_is_refused(tmp_path: Path, environ: dict[str, str]) -> None:
    with pytest.raises(Problem, match=f"MIRROR={tmp_path} holds no .*/aws {locked_version()} for"):
        mirror(environ | {"TF_PROVIDER_MIRROR": str(tmp_path)})


def test_a_named_mirror_serves_the_provider_and_nothing_else(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    folder = provider_mirror(tmp_path / "mirror")
    child = child_environ(environ | {"TF_PROVIDER_MIRROR": str(folder)})
    config = Path(child["TF_CLI_CONFIG_FILE"]).read_text()

    assert f'path    = "{folder}"' in config
    assert 'exclude = ["registry.terraform.io/hashicorp/aws"]' in config


def test_a_mirror_is_found_where_machines_carry_software(
    tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toolchain, "MIRRORS", tmp_path)
    assert mirror(environ) is None

    (tmp_path / "empty" / "registry.terraform.io").mkdir(parents=True)
    assert mirror(environ) is None

    full = provider_mirror(tmp_path / "full")
    assert mirror(environ) == full


def test_the_users_own_configuration_is_kept(tmp_path: Path, environ: dict[str, str]) -> None:
    own = tmp_path / "own.rc"
    named = environ | {"TF_CLI_CONFIG_FILE": str(own)}
    assert child_environ(named)["TF_CLI_CONFIG_FILE"] != str(own), "it does not exist yet"

    own.touch()
    assert child_environ(named)["TF_CLI_CONFIG_FILE"] == str(own)

    (Path(environ["HOME"]) / ".terraformrc").touch()
    assert "TF_CLI_CONFIG_FILE" not in child_environ(environ)


def test_settings_that_would_bend_a_plan_are_not_passed_on(environ: dict[str, str]) -> None:
    bent = {"TF_VAR_owner": "x", "TF_CLI_ARGS_plan": "-destroy", "TF_WORKSPACE": "other"}

    assert not bent.keys() & child_environ(environ | bent).keys()
    assert child_environ(environ | {"TF_LOG": "trace"})["TF_LOG"] == "trace"


def test_a_provider_that_cannot_be_fetched_is_explained(project: Path, harness: Run) -> None:
    main = project / "main.py"
    wanted = '{"required_providers": {"x": {"source": "example.invalid/none/x"}}, '
    main.write_text(main.read_text().replace('"terraform": {', f'"terraform": {wanted}', 1))
    failed = harness("plan", "prod")

    assert failed.returncode == 1
    assert "terraform init failed:" in failed.stderr
    assert "example.invalid" in failed.stderr
    assert "name a folder mirror with TF_PROVIDER_MIRROR=…" in failed.stderr
    assert "example.invalid" in (project / "build/prod/terraform.log").read_text()


def test_this_machines_environment_is_enough() -> None:
    assert find_terraform(os.environ).version
