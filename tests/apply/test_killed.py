"""An apply that is killed at random points loses nothing and doubles nothing.

Terraform dies at the moment AWS has made something and before it hears of it; or its command dies,
or both. Each time `make recover`, `make plan` with the gate, and the next `make apply` follow.
KILLS says how often, SEED which points; both stand in a failure's message.
"""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.apply.conftest import Make, copied, maker
from tests.apply.emulated import BUCKET, Emulated, serving
from tests.apply.standing import in_state, standing
from tests.apply.striking import StrikingWay, kill_terraform, working_in
from tests.apply.way import opened

pytestmark = pytest.mark.xdist_group("killed")

HERE = Path(__file__).parent
KILLS = int(os.environ.get("KILLS", "1"))
SEED = int(os.environ.get("SEED", "1"))
CHANGES = 120
"""About how many calls it takes to make the small translator; a test holds it to be so."""

TAGS = {"project": "ollama-translator", "environment": "local"}
NAT_ADDRESS = "ollama-translator-local-nat-us-east-1a"
STATE = "ollama-translator/local/terraform.tfstate"

WHO_DIES = ("terraform", "both", "command")


@dataclass
class Small:
    """The small translator in an emulated AWS.

    Attributes:
        project: The copy of the checkout.
        aws: The emulator.
        way: What the commands reach it by.
        make: Runs commands.
    """

    project: Path
    aws: Emulated
    way: StrikingWay
    make: Make

    @property
    def data(self) -> Path:
        """The folder that Terraform works in."""
        return self.project / "build" / "local" / ".terraform"

    def killed(self, count: int, who: str) -> subprocess.CompletedProcess[str]:
        """Apply, and have somebody die once `count` changes were made in all."""
        command = subprocess.Popen(
            [sys.executable, "-m", "harness", "apply", "local"],
            cwd=self.project,
            env={**_clean(), "EMULATOR_URL": self.way.url},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

        def strike() -> None:
            if who != "terraform":
                command.send_signal(signal.SIGKILL)
            if who != "command":
                kill_terraform(self.data)

        self.way.strike_at(count, strike)
        said, told = command.communicate(timeout=600)
        return subprocess.CompletedProcess(command.args, command.returncode, said, told)

    def state(self) -> dict[str, Any]:
        """The state, as the object in the bucket holds it."""
        s3 = self.aws.client("s3")
        listed = s3.list_objects_v2(Bucket=BUCKET, Prefix=STATE).get("Contents", [])
        if STATE not in [each["Key"] for each in listed]:  # its lock lies beside it
            return {"resources": []}
        return json.load(s3.get_object(Bucket=BUCKET, Key=STATE)["Body"])

    def adopted(self) -> list[dict[str, str]]:
        """The import blocks that the next plan reads."""
        path = self.project / "build" / "local" / "imports.tf.json"
        return json.loads(path.read_text())["import"] if path.is_file() else []


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """An account of each test's own: moto lists the tags of what is gone."""
    folder = tmp_path_factory.mktemp("killed")
    with serving(folder) as aws, opened(StrikingWay(aws.url)) as way:
        project = copied(folder / "project")
        _reduce(project, aws)
        yield Small(project, aws, way, maker(project, EMULATOR_URL=way.url))


def test_what_nothing_tells_apart_is_refused_and_strays_are_told(small: Small) -> None:
    ec2 = small.aws.client("ec2")
    nat = {**TAGS, "owner": "language-platform", "module": "network", "Name": NAT_ADDRESS}
    one, other = (
        ec2.allocate_address(Domain="vpc", TagSpecifications=_tags("elastic-ip", nat))[
            "AllocationId"
        ]
        for _ in range(2)
    )
    refused = small.make("recover", "local")
    assert refused.returncode == 1
    address = 'module.network.aws_eip.nat["us-east-1a"]'
    told = rf"{re.escape(address)} could be ({one} and {other}|{other} and {one}), which agree in"
    assert re.search(told, refused.stderr), _told(refused, [])
    assert not small.adopted()

    ec2.release_address(AllocationId=other)
    stray = ec2.create_vpc(CidrBlock="10.9.0.0/16", TagSpecifications=_tags("vpc", TAGS))["Vpc"]
    recovered = _done(small.make("recover", "local"), [])
    assert small.adopted() == [{"id": one, "to": address}]
    assert recovered.stdout.endswith(f"look at them:\n  {stray['VpcId']}\n"), recovered.stdout
    ec2.delete_vpc(VpcId=stray["VpcId"])  # which it did not


def test_a_killed_apply_loses_nothing_and_doubles_nothing(small: Small) -> None:
    chosen = random.Random(SEED)  # noqa: S311 # no secret
    points = sorted(chosen.sample(range(1, CHANGES), KILLS))
    story = [f"SEED={SEED} KILLS={KILLS}: after {points} changes"]
    _done(small.make("plan", "local"), story)
    for number, point in enumerate(points):
        who = WHO_DIES[number % len(WHO_DIES)]
        killed = small.killed(point, who)
        assert killed.returncode != 0, _told(killed, story)
        assert small.way.struck.wait(30), _told(killed, story)
        kept = sum(len(each["instances"]) for each in small.state()["resources"])
        story.append(f"{who} died at {small.way.changes[-1]}: {kept} in state")
        refused = small.make("plan", "local")
        assert "did not end of its own, so the state may lack what it made" in refused.stderr, story

        recovered = _done(small.make("recover", "local"), story)
        story[-1] += f", {len(small.adopted())} adopted"
        assert not working_in(small.data), story
        assert "nothing planned is theirs" not in recovered.stdout, _told(recovered, story)
        planned = _done(small.make("plan", "local"), story)
        assert "to replace" not in planned.stdout, _told(planned, story)
        if small.adopted():
            expected = f"local: {len(small.adopted())} to import"
            assert expected in planned.stdout, _told(planned, story)

    _done(small.make("apply", "local"), story)
    assert not small.adopted(), "what was adopted would be adopted again"
    empty = _done(small.make("plan", "local"), story)
    assert "local: nothing to change" in empty.stdout, _told(empty, story)
    story.append(f"{len(small.way.changes)} changes in all")
    print("\n".join(story))  # noqa: T201 # the figures, with pytest -s
    assert standing(small.aws) == in_state(small.state()), story


def _tags(kind: str, tags: dict[str, str]) -> list[dict[str, Any]]:
    pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
    return [{"ResourceType": kind, "Tags": pairs}]


def _done(ran: subprocess.CompletedProcess[str], story: list[str]) -> Any:
    assert ran.returncode == 0, _told(ran, story)
    return ran


def _told(ran: subprocess.CompletedProcess[str], story: list[str]) -> str:
    return "\n".join([*story, ran.stdout, ran.stderr])


def _reduce(project: Path, aws: Emulated) -> None:
    """Have the copy's synth leave modules out, and what they would have given stand already."""
    acm = aws.client("acm")
    certificate = acm.request_certificate(DomainName="api.translate.local.example.com")
    (project / "main.py").rename(project / "whole.py")
    shutil.copy(HERE / "small_root.py", project)
    shutil.rmtree(project / "cdktf.out", ignore_errors=True)
    (project / "main.py").write_text(
        "from small_root import main\nfrom whole import MODULES, ROOTS\n\n"
        f'main(MODULES + ROOTS, "{certificate["CertificateArn"]}")\n'
    )


def _clean() -> dict[str, str]:
    strangers = {"PORT", "OFFLINE", "ROOT", "CONFIRM", "UNLOCK"}
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("AWS_") and name not in strangers
    }
