"""An apply on which AWS throttles, breaks, lags and hangs up ends, and the next one goes on.

Each share of calls that go wrong meets the emulator's three tries a call, where a real account gets
the provider's twenty-five. SEED chooses which calls go wrong, by the order they come in.
"""

import os
import re
from collections import Counter
from dataclasses import dataclass
from subprocess import CompletedProcess

import pytest

from tests.apply.emulated import BUCKET
from tests.apply.faults.conftest import Bare
from tests.apply.faults.faulty import Faults

pytestmark = pytest.mark.xdist_group("throttled")

SEED = int(os.environ.get("SEED", "7"))
FIRST, MORE = 4, 6
"""Roles and log groups of the first apply, and by how many each further one extends them."""

COMPLAINT = re.compile(r"(?m)^(?:error: |Traceback).*")

RUNS = {
    "5 %": Faults(throttled=0.02, broken=0.01, slow=0.01, lost=0.005, unanswered=0.005),
    "20 %": Faults(throttled=0.08, broken=0.04, slow=0.02, lost=0.03, unanswered=0.03),
    "50 %": Faults(throttled=0.2, broken=0.1, slow=0.04, lost=0.08, unanswered=0.08),
}


@dataclass(frozen=True)
class Ended:
    """How an apply ended on which calls went wrong.

    Attributes:
        exit_code: Its own.
        said: Its errors, as sentences.
        met: How often each fault was met, and how many calls there were.
        is_locked: Whether the state's lock was left.
        lost: What stands in the account and not in the state, by its kind.
    """

    exit_code: int
    said: list[str]
    met: Counter[str]
    is_locked: bool
    lost: Counter[str]


def standing(bare: Bare) -> Counter[str]:
    """How many of each kind stand in the account, by its own API."""
    ec2 = bare.aws.client("ec2")
    ours = [one["VpcId"] for one in ec2.describe_vpcs()["Vpcs"] if not one["IsDefault"]]
    within = [{"Name": "vpc-id", "Values": ours or ["none"]}]
    groups = ec2.describe_security_groups(Filters=within)["SecurityGroups"]
    named = [one["GroupId"] for one in groups if one["GroupName"] != "default"]
    of_groups = [{"Name": "group-id", "Values": named or ["none"]}]
    rules = ec2.describe_security_group_rules(Filters=of_groups)["SecurityGroupRules"]
    logs = bare.aws.client("logs").describe_log_groups()["logGroups"]
    buckets = bare.aws.client("s3").list_buckets()["Buckets"]
    tables = ec2.describe_route_tables(Filters=within)["RouteTables"]
    gateways = ec2.describe_internet_gateways()["InternetGateways"]
    return Counter(
        {
            "aws_vpc": len(ours),
            "aws_subnet": len(ec2.describe_subnets(Filters=within)["Subnets"]),
            "aws_security_group": len(named),
            "aws_vpc_security_group_egress_rule": sum(one["IsEgress"] for one in rules),
            "aws_vpc_security_group_ingress_rule": sum(not one["IsEgress"] for one in rules),
            "aws_internet_gateway": len(gateways),
            "aws_route_table": sum(
                not any(a.get("Main") for a in t["Associations"]) for t in tables
            ),
            "aws_acm_certificate": len(
                bare.aws.client("acm").list_certificates()["CertificateSummaryList"]
            ),
            "aws_cloudwatch_log_group": len(logs),
            "aws_iam_role": len(bare.aws.client("iam").list_roles()["Roles"]),
            "aws_s3_bucket": sum(one["Name"] != BUCKET for one in buckets),
            "aws_sns_topic": len(bare.aws.client("sns").list_topics()["Topics"]),
        }
    )


def held(bare: Bare) -> Counter[str]:
    """How many of each kind the state holds."""
    return Counter(
        {
            kind: sum(
                len(each["instances"]) for each in bare.state()["resources"] if each["type"] == kind
            )
            for kind in standing(bare)
        }
    )


@pytest.fixture(scope="module")
def ends(bare: Bare) -> dict[str, Ended]:
    """Each of the applies, the stack being extended before each, and what followed if it failed."""
    ended: dict[str, Ended] = {}
    for number, (share, faults) in enumerate(RUNS.items()):
        bare.extend(FIRST + number * MORE)
        planned = bare.make("plan", "local")
        assert planned.returncode == 0, planned.stderr
        # That nothing else is planned shows that the apply before came to its end.
        if number:
            assert f"local: {2 * MORE} to add\n" in planned.stdout, planned.stdout
        bare.way.go_wrong(SEED, faults)
        done = bare.make("apply", "local")
        met, lost = bare.way.met, standing(bare)
        bare.way.go_wrong(SEED, Faults())
        lost.subtract(held(bare))
        locks = bare.aws.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
        is_locked = any(one["Key"].endswith(".tflock") for one in locks)
        ended[share] = Ended(done.returncode, COMPLAINT.findall(done.stderr), met, is_locked, +lost)
        if done.returncode != 0:
            _go_on(bare)
    return ended


def _go_on(bare: Bare) -> None:
    """What its user does after an apply that failed."""
    for command in ("recover", "plan", "apply"):
        done = bare.make(command, "local")
        assert done.returncode == 0, f"SEED={SEED}: {done.stderr}"


@pytest.mark.parametrize("share", RUNS)
def test_it_ends_with_all_that_was_made_in_the_state(ends: dict[str, Ended], share: str) -> None:
    end = ends[share]
    told = f"SEED={SEED}: {end}"
    assert end.met["calls"] > 40, told
    assert end.met.total() - end.met["calls"] > end.met["calls"] * int(share[:-2]) / 200, told
    if end.exit_code == 0:
        assert (end.said, end.is_locked, end.lost) == ([], False, Counter()), told
    else:
        assert (end.exit_code, len(end.said)) == (1, 1), told


@pytest.fixture(scope="module")
def expired(bare: Bare, ends: dict[str, Ended]) -> CompletedProcess[str]:
    """An apply whose credentials expire after some of its changes, the state not being saved."""
    assert len(ends) == len(RUNS)
    bare.extend(FIRST + len(RUNS) * MORE)
    assert bare.make("plan", "local").returncode == 0
    bare.way.expires_after = len(bare.way.changes) + MORE
    done = bare.make("apply", "local")
    bare.way.expires_after = None
    return done


def test_credentials_that_expire_during_an_apply_lose_nothing(
    bare: Bare, expired: CompletedProcess[str]
) -> None:
    assert expired.returncode == 1
    assert (
        "error: Terraform could not save the state, so build/local/errored.tfstate alone tells of"
        " all that was made: leave it there. The AWS credentials have expired: log in again, or"
        " plan with OFFLINE=1. Now say make recover ENV=local."
    ) in expired.stderr
    made = standing(bare)
    made.subtract(held(bare))
    assert (+made).total() >= MORE

    assert "say make recover ENV=local" in bare.make("plan", "local").stderr
    done = bare.make("recover", "local")
    assert done.returncode == 0, done.stderr
    assert "opened the state's lock, as that run is dead" in done.stdout
    assert "saved the state that build/local/errored.tfstate held" in done.stdout
    assert not (bare.folder / "errored.tfstate").exists()
    made = standing(bare)
    made.subtract(held(bare))
    assert +made == Counter()
    for command in ("plan", "apply"):  # what was made and not read back is tainted, and replaced
        assert bare.make(command, "local").returncode == 0


def test_in_the_end_all_stands_once_and_nothing_is_left_to_do(
    bare: Bare, ends: dict[str, Ended], expired: CompletedProcess[str]
) -> None:
    planned = bare.make("plan", "local")
    told = f"SEED={SEED}: {ends}"

    assert expired.returncode == 1
    assert standing(bare) == held(bare), told
    assert "local: nothing to change" in planned.stdout, told + planned.stdout
    assert held(bare)["aws_iam_role"] == FIRST + len(RUNS) * MORE
