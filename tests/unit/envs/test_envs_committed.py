"""The environments that stand in the repository, and the command that checks them."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import envs.load
from envs.__main__ import main
from envs.load import EnvironmentFileError, load, load_backend, names, path
from envs.schema import Environment

ROOT = Path(envs.load.__file__).parent.parent
NAMES = names()


def test_there_are_four() -> None:
    assert NAMES == ["dev", "local", "prod", "staging"]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_good(name: str) -> None:
    environment = load(path(name))
    backend = load_backend(name)
    assert environment.environment == name
    assert environment.account_id in backend.bucket
    assert name in backend.key


def test_no_two_share_a_state() -> None:
    assert len({(load_backend(name).bucket, load_backend(name).key) for name in NAMES}) == len(
        NAMES
    )


def test_no_two_share_addresses() -> None:
    assert len({load(path(name)).vpc_cidr for name in NAMES}) == len(NAMES)


def test_together_they_take_every_branch() -> None:
    environments = [load(path(name)) for name in NAMES]
    for field in ("capacity", "nat_gateways"):
        choices = get_args(Environment.model_fields[field].annotation)
        assert {getattr(environment, field) for environment in environments} == {*choices}
    for field in (
        "load_balancer_internal",
        "vpn_gateway_enabled",
        "deletion_protection",
        "transit_gateway_id",
        "api_domain_name",
        "office_hours",
        "monthly_budget_usd",
        "alarm_email",
    ):
        assert {bool(getattr(environment, field)) for environment in environments} == {True, False}


@pytest.mark.parametrize("name", NAMES)
def test_each_value_that_is_no_default_is_needed(name: str) -> None:
    environment = load(path(name))
    idle = [
        field
        for field in environment.model_fields_set
        if getattr(environment, field) == Environment.model_fields[field].default
    ]
    assert idle in ([], ["ollama_version"])  # a version stands beside the checksum that it has


def test_an_unknown_environment() -> None:
    with pytest.raises(EnvironmentFileError) as caught:
        path("pord")
    assert str(caught.value) == (
        'envs: "pord": is no environment, perhaps "prod" is meant; '
        "there are dev, local, prod, staging."
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the variable files in another folder, which is then the environments' folder."""
    for name in NAMES:
        for suffix in (".tfvars", ".s3.tfbackend"):
            (tmp_path / f"{name}{suffix}").write_bytes((ROOT / f"envs/{name}{suffix}").read_bytes())
    monkeypatch.setattr(envs.load, "_FOLDER", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "start"),
    [
        ("111122223333", "444455556666", ':2: bucket = "translator-state-444455556666": does not'),
        ("/prod/", "/dev/", ':4: key = "ollama-translator/dev/terraform.tfstate": is not in the'),
        ("= true\nkey", "= false\nkey", ":3: encrypt = false: is not allowed; write true."),
        ("= true\nkey", "= 1\nkey", ":3: encrypt = 1: is of the wrong type; write true or false"),
        ("use_lockfile = true", "", ": use_lockfile: is missing; add use_lockfile = true (whether"),
        ("encrypt ", "kms_key = 1\nencrypt ", ':3: kms_key: is no setting, perhaps "kms_key_id"'),
        ("kms_key_id ", "# ", ": kms_key_id: is missing; add kms_key_id ="),
        ("alias/", "", ':5: kms_key_id = "translator-state": is not in the form needed; write one'),
        ("eu-west-1", "eu-west", ':6: region = "eu-west": is not allowed; write one such as'),
        ("encrypt ", "secret_key = 1\nencrypt ", ":3: secret_key: is named like a secret; remove"),
    ],
)
def test_wrong_backends(folder: Path, old: str, new: str, start: str) -> None:
    file = folder / "prod.s3.tfbackend"
    good = file.read_text()
    assert old in good
    file.write_text(good.replace(old, new, 1))
    with pytest.raises(EnvironmentFileError) as caught:
        load_backend("prod")
    [sentence] = str(caught.value).split("\n")
    assert sentence.startswith(f"{file}{start}")


def test_a_backend_that_is_missing(folder: Path) -> None:
    (folder / "prod.s3.tfbackend").unlink()
    with pytest.raises(EnvironmentFileError, match="does not exist"):
        load_backend("prod")


def test_environments_are_found_by_their_files(folder: Path) -> None:
    (folder / "more.tfvars").touch()
    assert "more" in names()


def test_the_command_does_not_pass_over_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(envs.load, "_FOLDER", tmp_path)
    assert main([]) == 2
    assert capsys.readouterr().err == "envs: holds no environment; write envs/<env>.tfvars.\n"


def run(*chosen: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  this very Python
        [sys.executable, "-m", "envs", *chosen],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command() -> None:
    good = run("prod", "dev")
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout == "envs/prod.tfvars: OK\nenvs/dev.tfvars: OK\n"
    assert run().stdout.count("OK") == len(NAMES)
    mixed = run("prod", "nowhere")
    assert (mixed.returncode, mixed.stdout) == (2, "envs/prod.tfvars: OK\n")
    assert mixed.stderr.startswith('envs: "nowhere": is no environment; there are dev, local')
