"""Plans of the corpus's cases."""

from collections.abc import Callable, Iterator

import pytest

from harness.toolchain import child_environ
from tests.policy.corpus import Case
from tests.policy.planning import Planned, Planner
from tests.policy.terraform_process import chosen


@pytest.fixture(scope="session")
def planned() -> Iterator[Callable[[Case], Planned]]:
    """A case's plan, made by a real Terraform at the first need and kept while nothing changes."""
    planner = Planner(chosen(), child_environ())
    yield planner.planned
    planner.close()
