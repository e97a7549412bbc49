"""OLLAMA_ORIGINS in the decoded user data is exactly the page's origin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.network.shell_words import UNKNOWN_MARK, lines_in, settings_in
from policy.requirements.requirement import Requirement, without_instances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.hosts import Host
    from policy.network.launches import Launch
    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "cors-origin"
_NAME: Final = "OLLAMA_ORIGINS"
_UNREADABLE: Final = Unknown(f"mentions {_NAME} in a way that cannot be read")
_REWRITTEN: Final = Unknown("rewrites the origin in place")
_FETCHED: Final = Unknown("fetches the environment of Ollama at the boot")
_REWRITES: Final = re.compile(r"\b(?:sed|perl|awk|ed|ex)\b")
_FETCHES: Final = re.compile(r"\b(?:curl|wget|aws[ \t]+s3|scp|rsync)\b")
_ENVIRONMENT: Final = re.compile(
    r"/etc/(?:environment|profile)\b|ollama\.service\b|\bollama[\w.-]{0,40}[./](?:env|conf)\b"
    r"|/etc/(?:default|sysconfig)/ollama",
)


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
    told = [
        one for text in texts for one in (origins_in(text) if isinstance(text, str) else [text])
    ]
    values = [one for one in told if isinstance(one, str)]
    unclear = next((one for one in told if isinstance(one, Unknown)), None)
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
            told = (
                "what only the apply will tell" if UNKNOWN_MARK[0] in value else value or "nothing"
            )
            yield f"{name} sets OLLAMA_ORIGINS to {told}, not exactly {origin}."


def origins_in(text: str) -> list[str | Unknown]:
    """Return every value that a text sets OLLAMA_ORIGINS to; comments set nothing.

    Returns:
        The values; `Unknown` for a mention that is no clean assignment of a literal, and for a
        line that rewrites a value or fetches a file it may stand in.
    """
    found: list[str | Unknown] = [
        _UNREADABLE if one.value is None else one.value for one in settings_in(text, _NAME)
    ]
    hosts = {one.partition("://")[2] for one in found if isinstance(one, str)} - {""}
    several = len(hosts) > 1  # refused in any case
    for line in lines_in(text):
        if _NAME not in line and not several and any(one in line for one in hosts):
            found += [_REWRITTEN] * bool(_REWRITES.search(line))
        if _FETCHES.search(line) and _ENVIRONMENT.search(line):
            found.append(_FETCHED)
    return found


REQUIREMENT: Final = Requirement(
    id=ID,
    title="OLLAMA_ORIGINS in the decoded user data is exactly the page's origin",
    check=check,
    applies=without_instances,
)
