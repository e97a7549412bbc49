"""Nobody logs in to an instance, and nothing but Ollama's port is opened on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Reference
from policy.network.logins import ways_in
from policy.network.shell_words import settings_in
from policy.requirements.requirement import Requirement, without_instances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.launches import Launch
    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "remote-access"
_SCHEME: Final = re.compile(r"(?:https?://)", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(\[[^\]]*\]|[^:/]*)(?::([^/]*))?(?:/.*)?")
_LOOPBACK: Final = re.compile(r"127\.[\d.]+|localhost|\[::1\]", re.IGNORECASE)
_PORT: Final = "11434"
_SCHEME_PORTS: Final = {"": _PORT, "http://": "80", "https://": "443"}


def check(case: Case) -> Iterator[Finding]:
    """Find key pairs, login services, tunnels, and another port that Ollama listens to."""
    seen: set[str] = set()
    for host in case.network.inference:
        for launch in host.launches:
            if launch.problem or launch.resource.address in seen:
                continue
            seen.add(launch.resource.address)
            yield from _key_pair(case, launch)
            texts = [text for text in case.network.user_data_of(launch) if isinstance(text, str)]
            resource = launch.resource
            said = {what: None for text in texts for what in ways_in(text)}
            for what in said:
                yield case.finding(
                    ID,
                    resource,
                    f"The user data of {resource.address} {what}.",
                    "Remove it; sessions go through AWS Systems Manager.",
                    attribute="user_data",
                )
            for told in {told: None for text in texts for told in listens_beyond(text)}:
                yield case.finding(
                    ID,
                    resource,
                    f"The user data of {resource.address} lets Ollama listen on {told}.",
                    "Let only port 11434 listen on the network.",
                    attribute="user_data",
                )


def _key_pair(case: Case, launch: Launch) -> Iterator[Finding]:
    """Find the key pair of a launch, or of the template that it starts from."""
    beneath: Launch | None = launch
    while beneath is not None:
        resource = beneath.resource
        key = case.plan.value(resource, "key_name")
        own = isinstance(key, Reference) and key.address == resource.address
        if key not in (None, "") and not own:
            yield case.finding(
                ID,
                resource,
                f"{resource.address} starts instances with an SSH key pair.",
                "Remove key_name; sessions go through AWS Systems Manager.",
                attribute="key_name",
            )
            return
        beneath = beneath.beneath


def listens_beyond(text: str) -> Iterator[str]:
    """Yield the addresses beside loopback's on which a text lets Ollama take another port."""
    for setting in settings_in(text, "OLLAMA_HOST"):
        if not setting.assigned:
            continue
        if setting.value is None:
            yield "an address that cannot be read"
            continue
        value = setting.value
        scheme = _SCHEME.match(value)
        rest = value[scheme.end() :] if scheme else value
        found = _ADDRESS.fullmatch(rest)
        port = _SCHEME_PORTS[scheme[0].lower() if scheme else ""]
        if found is None:
            yield value
            continue
        whole = found[2] is not None or not re.search(r"[$\ufffd]", value)
        loopback = _LOOPBACK.fullmatch(found[1]) or not rest
        if not loopback and ((found[2] or port) != _PORT or not whole):
            yield value


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Nobody logs in to the instances, and nothing but port 11434 is opened on them",
    check=check,
    applies=without_instances,
)
