"""Asks the account for everything that stands at our things and in no state."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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
    account = _account(environment, aws)

    def looked(look: Look) -> list[Stranger]:
        return list(look(state, account))

    with _answered("look again"), ThreadPoolExecutor(len(LOOKS)) as pool:
        found = {each for some in pool.map(looked, LOOKS) for each in some}
    return sorted(found, key=lambda each: (each.at, each.what))


def remove(found: Iterable[Stranger], environment: str, aws: Aws) -> None:
    """Remove rules of security groups.

    Raises:
        Problem: AWS refuses, or does not answer; what was removed before stays removed.
    """
    account = _account(environment, aws)
    for each in found:
        if each.closes is None:
            continue
        region, way, group, rule = each.closes
        client = account.client("ec2", region)
        revoke = {
            "ingress": client.revoke_security_group_ingress,
            "egress": client.revoke_security_group_egress,
        }[way]
        with _answered("say make close again"):
            revoke(GroupId=group, SecurityGroupRuleIds=[rule])


def _account(environment: str, aws: Aws) -> Account:
    return Account(envs.load.load(envs.load.path(environment)).account_id, aws)


@contextmanager
def _answered(again: str) -> Generator[None]:
    """Tell in a sentence what AWS refuses."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        todo = advice(str(error)) or f"Mend what it names and {again}."
        raise Problem(f"AWS refused or did not answer: {str(error).rstrip('.')}. {todo}") from error
