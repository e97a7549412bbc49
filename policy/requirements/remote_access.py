"""Nobody logs in to an instance, and nothing but Ollama's port is opened on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Reference
from policy.network.user_data import uncommented
from policy.requirements.requirement import Requirement, without_instances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "remote-access"
_LOGINS: Final = (
    (re.compile(r"^\s*-?\s*(ssh_authorized_keys|ssh_import_id|ssh_keys)\s*:", re.MULTILINE),
     "gives SSH keys to cloud-init"),
    (re.compile(r"authorized_keys"), "writes SSH keys"),
    (re.compile(r"^\s*ssh_pwauth\s*:\s*(true|yes|1|on)\b", re.MULTILINE | re.IGNORECASE),
     "lets SSH take passwords"),
    (re.compile(r"systemctl\s+(?:-\S+\s+)*(?:enable|start|restart|unmask)\s+(?:-\S+\s+)*[^;&|\n]*"
                r"\b(?:sshd?|ssh\.socket|telnetd?|dropbear)\b"), "starts a login service"),
    (re.compile(r"\bservice\s+(?:sshd?|telnetd?|dropbear)\s+(?:re)?start\b"),
     "starts a login service"),
    (re.compile(r"(?:^|[;&|\s])(?:/usr/sbin/)?(?:sshd|dropbear|telnetd)\s+-"),
     "starts a login service"),
    (re.compile(r"\b(?:apt|apt-get|yum|dnf)\s+(?:-\S+\s+)*install\s[^;&|\n]*"
                r"\b(?:openssh-server|telnetd|dropbear)\b"), "installs a login service"),
)  # fmt: skip
_LISTENS: Final = re.compile(r"OLLAMA_HOST\s*[=:]\s*[\"']?(?:https?://)?(\[[^\]\s]*\]|[^\s\"':]*)"
                             r"(?::(\d+))?")  # fmt: skip
_LOOPBACK: Final = re.compile(r"(127\.[\d.]+|localhost|\[::1\])?")
_PORT: Final = "11434"
_REMOVED: Final = re.compile(r"\brm\s[^;&|\n]*")  # what a command removes, it does not write


def check(case: Case) -> Iterator[Finding]:
    """Find key pairs, login services, and another port that Ollama listens to."""
    seen: set[str] = set()
    for host in case.network.inference:
        for launch in host.launches:
            resource = launch.resource
            if launch.problem or resource.address in seen:
                continue
            seen.add(resource.address)
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
        for text in case.network.user_data(host):
            if isinstance(text, str):
                yield from _text(case, host.launches[0].resource, text)


def _text(case: Case, resource: Resource, text: str) -> Iterator[Finding]:
    bare = _REMOVED.sub("", uncommented(text))
    for pattern, what in _LOGINS:
        if pattern.search(bare):
            yield case.finding(
                ID,
                resource,
                f"The user data of {resource.address} {what}.",
                "Remove it; sessions go through AWS Systems Manager.",
                attribute="user_data",
            )
    for address, port in _LISTENS.findall(bare):
        if not _LOOPBACK.fullmatch(address) and (port or _PORT) != _PORT:
            yield case.finding(
                ID,
                resource,
                f"The user data of {resource.address} lets Ollama listen on {address}:{port}.",
                "Let only port 11434 listen on the network.",
                attribute="user_data",
            )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Nobody logs in to the instances, and nothing but port 11434 is opened on them",
    check=check,
    applies=without_instances,
)
