"""OLLAMA_ORIGINS in the decoded user data is exactly the page's origin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.network.user_data import UNKNOWN_MARK, uncommented
from policy.requirements.requirement import Requirement, without_instances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.hosts import Host
    from policy.network.launches import Launch
    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "cors-origin"
# In an environment file, a systemd unit, a shell script or YAML, quoted or not. A printf format
# may end the line by its own escape.
_SET: Final = re.compile(
    r"OLLAMA_ORIGINS[\"']?[ \t]*\+?[=:][ \t]*"
    r"(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?P<bare>(?:(?!\\n(?=[\"'\s]|$))[^\s\"';])*))",
)
_VARIABLE: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_LITERAL: Final = re.compile(r"""(["']?)([A-Za-z0-9:/._*,-]*)\1""")


def check(case: Case) -> Iterator[Finding]:
    """Find instances whose Ollama answers other origins than the page's."""
    wanted = case.delivery.origins_of_page()
    seen: set[str] = set()
    for host in case.network.inference:
        resources = {one.resource.address for one in host.launches if not one.problem}
        if resources and not resources <= seen:
            seen |= resources
            yield from _judge(case, host, wanted)


def _judge(case: Case, host: Host, wanted: list[str]) -> Iterator[Finding]:
    origin = " or ".join(wanted) or "the page's origin"
    for launch in host.launches:
        if launch.problem:
            continue
        for message in _problems(case, launch, wanted, origin):
            yield case.finding(
                ID,
                launch.resource,
                message,
                f"Set OLLAMA_ORIGINS={origin} in the user data, and nothing else.",
                attribute="user_data",
            )


def _problems(case: Case, launch: Launch, wanted: list[str], origin: str) -> Iterator[str]:
    name = launch.resource.address
    texts = case.network.user_data_of(launch)
    values = [value for text in texts if isinstance(text, str) for value in origins_in(text)]
    unclear = next((text for text in texts if isinstance(text, Unknown)), None)
    if not values and unclear:
        yield f"OLLAMA_ORIGINS in the user data of {name} cannot be told: {unclear.why}."
    elif unclear:
        yield f"A part of the user data of {name} cannot be told: {unclear.why}."
    elif not values:
        yield f"The user data of {name} sets no OLLAMA_ORIGINS, so Ollama refuses the page."
    elif not wanted:
        yield (
            f"{name} sets OLLAMA_ORIGINS to {values[0]}, and the plan does not show where the page "
            f"is served; give --domain."
        )
    for value in dict.fromkeys(values if wanted else ()):
        if value not in wanted:
            told = "what only the apply will tell" if UNKNOWN_MARK in value else value or "nothing"
            yield f"{name} sets OLLAMA_ORIGINS to {told}, not exactly {origin}."


def origins_in(text: str) -> list[str]:
    """Return every value that a text sets OLLAMA_ORIGINS to; comments set nothing.

    A shell variable that the text sets once, to a literal, is followed.
    """
    bare = uncommented(text)
    return [
        _followed(
            next(one for one in (*found.group("double", "single", "bare"), "") if one is not None),
            bare,
        )
        for found in _SET.finditer(bare)
    ]


def _followed(value: str, text: str) -> str:
    variable = _VARIABLE.fullmatch(value)
    if variable is None:
        return value
    name = re.escape(variable[1] or variable[2])
    literals = re.findall(rf"(?m)^\s*(?:(?:export|readonly|local|declare)\s+)?{name}=(.*)$", text)
    if len(literals) != 1 or len(re.findall(rf"\b{name}\b\s*\+?=", text)) != 1:
        return value
    literal = _LITERAL.fullmatch(literals[0].strip())
    return value if literal is None else literal[2]


REQUIREMENT: Final = Requirement(
    id=ID,
    title="OLLAMA_ORIGINS in the decoded user data is exactly the page's origin",
    check=check,
    applies=without_instances,
)
