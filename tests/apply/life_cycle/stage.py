"""A step of an environment's life, and what it is measured against."""

from dataclasses import dataclass
from typing import Any

from tests.apply.account import Account

VPN = ["192.0.2.0/24", "2001:db8:1::/48"]
"""The ranges in envs/local.tfvars."""

NEXT_VPN = ["192.0.2.0/25", "198.51.100.0/24", "2001:db8:1::/48"]
"""The ranges that it is changed to."""


@dataclass(frozen=True)
class Stage:
    """A step of the life, and what stood after it.

    Attributes:
        exit_code: Of the step's last command.
        said: What that command printed.
        steps: What it said of its progress.
        account: What AWS answered afterwards.
        gate: The gate's verdict on the plan that came of it, where one did.
    """

    exit_code: int
    said: str
    steps: str
    account: Account
    gate: dict[str, Any]
