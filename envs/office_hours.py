"""The hours in which instances run: two cron lines and the time zone they are read in."""

import re
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field

from envs.checks import Check


def _cron_part(number: str, names: str = "") -> str:
    one = f"({number}|{names})" if names else f"({number})"
    item = f"([*]|{one}(-{one})?)(/[1-9][0-9]?)?"
    return f"{item}(,{item})*"


_CRON = " ".join(
    (
        _cron_part("[1-5]?[0-9]"),
        _cron_part("1?[0-9]|2[0-3]"),
        _cron_part("[1-9]|[12][0-9]|3[01]"),
        _cron_part("[1-9]|1[0-2]", "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"),
        _cron_part("[0-7]", "SUN|MON|TUE|WED|THU|FRI|SAT"),
    )
)
_Cron: TypeAlias = Annotated[str, Field(pattern=f"^{_CRON}$", examples=["0 7 * * MON-FRI"])]

_ZONE_NAME = "^(UTC|[A-Z][A-Za-z_-]+(/[A-Z][A-Za-z0-9_+-]+){1,2})$"


def _no_time_zone(name: str) -> str | None:
    example = 'write one such as "Europe/Dublin"'
    if not re.search(_ZONE_NAME, name) or name.endswith("\n"):
        return f"is no IANA time zone; {example}"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return f"is no time zone that the IANA database knows; {example}" if _has_zones() else None
    return None


def _has_zones() -> bool:
    """Whether this machine has a time zone database; a minimal container may have none."""
    try:
        ZoneInfo("Europe/Dublin")
    except (ZoneInfoNotFoundError, OSError):
        return False
    return True


_TimeZone: TypeAlias = Annotated[
    str,
    Check(
        # Terraform has no list of zones: only Python can tell that there is no Europe/Paradise.
        condition=f'can(regex("{_ZONE_NAME}", value))',
        error_message="Write an IANA time zone, such as Europe/Dublin.",
        find=_no_time_zone,
    ),
]


class OfficeHours(BaseModel):
    """When instances run; outside these hours the group is scaled to zero."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    start_cron: _Cron = Field(
        description="When the group is scaled up: minute, hour, day, month, weekday."
    )
    stop_cron: _Cron = Field(
        description="When the group is scaled to zero: minute, hour, day, month, weekday.",
        examples=["0 19 * * MON-FRI"],
    )
    time_zone: _TimeZone = Field(
        description="IANA time zone that both cron lines are read in.", examples=["Europe/Dublin"]
    )
