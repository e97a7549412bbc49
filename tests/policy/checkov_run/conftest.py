"""Two small plans that real Terraform made, and what checkov answers about them.

Each folder of plans/ holds a configuration and its plan. To make a plan anew, with any AWS
credentials: `terraform init && terraform plan -out=p && terraform show -json p > plan.json`.
"""

from pathlib import Path

import pytest

from policy.checkov_run.answers import CheckovResult, Outcome
from policy.checkov_run.process import Checkov
from policy.checkov_run.selection import Selection, load_selection

Outcomes = dict[tuple[str, str], Outcome]
PLANS = Path(__file__).parent / "plans"


@pytest.fixture(scope="session")
def selection() -> Selection:
    return load_selection()


@pytest.fixture(scope="session")
def closed_result() -> CheckovResult:
    with Checkov().start() as checkov:
        return checkov.judge(PLANS / "closed" / "plan.json")


@pytest.fixture(scope="session")
def open_result() -> CheckovResult:
    with Checkov().start() as checkov:
        return checkov.judge(PLANS / "open" / "plan.json")
