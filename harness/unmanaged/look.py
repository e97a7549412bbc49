"""Asks the account for everything that stands at our things and in no state."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

import envs.load
from harness.aws import Aws
from harness.explain import advice
from harness.problem import Problem
from harness.recover.account import Account
from harness.unmanaged.balancers import balancers, listeners, targets
from harness.unmanaged.buckets import buckets
from harness.unmanaged.network import routes, ways
from harness.unmanaged.rules import carriers, rules
from harness.unmanaged.state import State
from harness.unmanaged.stranger import Stranger

Look = Callable[[State, Account], Iterator[Stranger]]

LOOKS: tuple[Look, ...] = (
    rules,
    carriers,
    listeners,
    targets,
    balancers,
    ways,
    routes,
    buckets,
)


def strangers(plan: Mapping[str, Any], environment: str, aws: Aws) -> list[Stranger]:
    """What no plan shows, sorted.

    Args:
        plan: The JSON of a plan, which holds the state as it was just read.
        environment: The environment, whose account is looked at and nothing else.
        aws: What the commands speak to.

    Raises:
        Problem: AWS refuses, or does not answer.
    """
    state = State(plan)
    if not state.is_in_aws:
        return []
    account = Account(envs.load.load(envs.load.path(environment)).account_id, aws)

    def looked(look: Look) -> list[Stranger]:
        return list(look(state, account))

    try:
        with ThreadPoolExecutor(len(LOOKS)) as pool:
            found = pool.map(looked, LOOKS)
            return sorted({each for some in found for each in some})
    except (BotoCoreError, ClientError) as error:
        todo = advice(str(error)) or "Mend what it names and look again."
        raise Problem(f"AWS refused or did not answer: {str(error).rstrip('.')}. {todo}") from error
