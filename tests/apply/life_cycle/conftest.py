"""An environment's life, step by step; each step is made once, by the first test that needs it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from harness.local.nginx import free_port
from tests.apply.account import Account, read
from tests.apply.conftest import Make
from tests.apply.emulated import ZONE_ID, Emulated
from tests.apply.life_cycle.stage import NEXT_VPN, Stage


@pytest.fixture(scope="session")
def first(make: Make) -> Iterator[tuple[Emulated, CompletedProcess[str]]]:
    """The first `make apply`, with no emulator and no plan before it."""
    port = free_port()
    yield Emulated(f"http://127.0.0.1:{port}"), make("apply", "local", PORT=str(port))
    make("destroy", "local", CONFIRM="local")  # what a failing test left; else there is nothing


@pytest.fixture(scope="session")
def aws(first: tuple[Emulated, CompletedProcess[str]]) -> Emulated:
    """The emulator that it started."""
    return first[0]


@pytest.fixture(scope="session")
def applied(first: tuple[Emulated, CompletedProcess[str]]) -> Stage:
    """What that apply said and made."""
    aws, done = first
    assert done.returncode == 0, done.stdout + done.stderr
    return Stage(done.returncode, done.stdout, done.stderr, read(aws, ZONE_ID), {})


@pytest.fixture(scope="session")
def settled(applied: Stage, make: Make, project: Path) -> Stage:
    """A second plan."""
    assert applied.exit_code == 0, applied.steps
    done = make("plan", "local")
    return Stage(done.returncode, done.stdout, done.stderr, applied.account, _gate(project))


@pytest.fixture(scope="session")
def changed(settled: Stage, aws: Emulated, make: Make, project: Path) -> Stage:
    """Other VPN ranges, planned and applied."""
    assert settled.exit_code == 0, settled.said
    file = project / "envs" / "local.tfvars"
    text = file.read_text(encoding="utf-8")
    ranges = "\n".join(f'  "{each}",' for each in NEXT_VPN)
    file.write_text(re.sub(r"(?m)^vpn_cidrs .*$", f"vpn_cidrs = [\n{ranges}\n]", text))
    planned = make("plan", "local")
    gate = _gate(project)
    done = make("apply", "local")
    assert planned.returncode == 0, planned.stdout
    return Stage(done.returncode, planned.stdout, done.stderr, read(aws, ZONE_ID), gate)


@pytest.fixture(scope="session")
def opened(changed: Stage, aws: Emulated, make: Make) -> Stage:
    """A rule widened by hand, and another made; then `make drift`."""
    assert changed.exit_code == 0, changed.steps
    ec2 = aws.client("ec2")
    rule = next(each for each in changed.account.rules if each.get("CidrIpv4") == "198.51.100.0/24")
    anyone = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv4": "0.0.0.0/0"}
    ec2.modify_security_group_rules(
        GroupId=rule["GroupId"],
        SecurityGroupRules=[
            {"SecurityGroupRuleId": rule["SecurityGroupRuleId"], "SecurityGroupRule": anyone}
        ],
    )
    ssh = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22}
    ec2.authorize_security_group_ingress(
        GroupId=_group_of_instances(changed.account),
        IpPermissions=[ssh | {"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
    )
    done = make("drift", "local")
    return Stage(done.returncode, done.stdout, done.stderr, read(aws, ZONE_ID), {})


@pytest.fixture(scope="session")
def closed(opened: Stage, aws: Emulated, make: Make) -> tuple[Stage, Stage]:
    """`make apply` while a rule stands that is nobody's, and again once `make close` took it."""
    refused = make("apply", "local")
    first = Stage(refused.returncode, refused.stdout, refused.stderr, opened.account, {})
    taken = make("close", "local", CONFIRM="local")
    assert taken.returncode == 0, taken.stderr
    done = make("apply", "local")
    return first, Stage(done.returncode, done.stdout, done.stderr, read(aws, ZONE_ID), {})


def _gate(project: Path) -> dict[str, Any]:
    return json.loads((project / "build" / "local" / "gate.json").read_text(encoding="utf-8"))


def _group_of_instances(account: Account) -> str:
    rule = next(each for each in account.rules if each.get("FromPort") == 11434)
    return (
        next(
            each["GroupId"]
            for each in account.rules
            if each.get("FromPort") == 11434 and not each["IsEgress"]
        )
        if rule
        else ""
    )
