"""What the modules are made from, in a checkout apart, and the plans of the environments."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import copy_checkout
from tests.environment_plans import planned

PARTS = (
    "main.py",
    "cdktf.json",
    ".terraform.lock.hcl",
    "requirements.txt",
    "envs",
    "harness",
    "modules",
    "policy",
    "ui",
)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a synth needs, so that tests may change it."""
    top = tmp_path_factory.mktemp("checkout")
    copy_checkout(top, PARTS)
    return top


@pytest.fixture(scope="session")
def plan() -> Callable[[str], dict[str, Any]]:
    """The plan of an environment as `terraform show -json` prints it, read once a session."""
    return cache(planned)
