"""Commands and settings in user data by which somebody else comes in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from policy.network.cloud_config import OUTLINE
from policy.network.shell_words import commands, uncommented

if TYPE_CHECKING:
    from collections.abc import Iterator

_SERVERS: Final = frozenset({"ssh", "sshd", "telnet", "telnetd", "in.telnetd", "dropbear", "xrdp"})
_TUNNELS: Final = {
    "tailscale": frozenset({"up", "login", "set"}),
    "ngrok": frozenset({"http", "tcp", "tls", "start", "tunnel", "service"}),
    "cloudflared": frozenset({"tunnel", "service", "access"}),
    "zerotier-cli": frozenset({"join"}),
    "wg-quick": frozenset({"up"}),
}
_TUNNEL_UNITS: Final = frozenset({"tailscaled", "ngrok", "cloudflared", "zerotier-one", "autossh"})
_PACKAGES: Final = frozenset(
    {"openssh-server", "openssh", "telnetd", "telnet-server", "dropbear", "xrdp"}
)
_INSTALLERS: Final = frozenset(
    {"apt", "apt-get", "aptitude", "yum", "dnf", "microdnf", "zypper", "apk", "snap"}
)
_STARTS: Final = frozenset(
    {"enable", "reenable", "start", "restart", "try-restart", "reload-or-restart", "unmask",
     "preset", "add-wants", "link", "on", "add", "defaults", "force-reload", "condrestart"}
)  # fmt: skip
_MANAGERS: Final = frozenset(
    {"systemctl", "service", "rc-service", "rc-update", "chkconfig", "update-rc.d", "invoke-rc.d"}
)
# What stands before a command that runs.
_BEFORE: Final = frozenset(
    {"sudo", "exec", "nohup", "env", "setsid", "command", "time", "nice", "timeout", "sh", "bash",
     "if", "then", "else", "do", "while", "until", "!", "-"}
)  # fmt: skip
_ASSIGNS: Final = re.compile(r"[A-Za-z_]\w*=")
_RUNS: Final = re.compile(r"Exec\w+=[-@:+!]*")
_CONTAINERS: Final = frozenset({"docker", "podman", "nerdctl"})
_LOGIN_PORTS: Final = re.compile(r"(?:.*:)?(?:22|23)(?::\d+)?(?:/tcp)?|.*:(?:22|23)(?:/tcp)?")
_PUBLISHES: Final = re.compile(r"(?:-p|--publish)=?(.*)")
_SHORT: Final = re.compile(r"-[A-Za-z46]*")
_GIVES_KEYS: Final = re.compile(
    r"^[ \t]*(?:-[ \t]*)?[\"']?(?:ssh_authorized_keys|ssh-authorized-keys|ssh_import_id|ssh_keys)"
    r"[\"']?[ \t]*:", re.MULTILINE)  # fmt: skip
_TAKES_PASSWORDS: Final = re.compile(
    r"^[ \t]*(?:ssh_pwauth[ \t]*:[ \t]*[\"']?(?:true|yes|1|on)\b"
    r"|PasswordAuthentication[ \t]+yes\b)", re.MULTILINE | re.IGNORECASE)  # fmt: skip
_SETS_PASSWORDS: Final = re.compile(
    r"^(?:chpasswd:|(?:password|passwd|(?:plain_text|plain-text|hashed)[_-]passwd):"
    r"(?! *(?:None|[!*]+)?$))", re.MULTILINE)  # fmt: skip
_PACKAGE_LIST: Final = re.compile(r"^packages:(.*)$", re.MULTILINE)


@lru_cache(maxsize=64)
def ways_in(text: str) -> tuple[str, ...]:
    """Tell what a text of user data does that lets somebody in, each as the end of a sentence.

    Many ways to start an instance share a text; it is read once.
    """
    return tuple(_ways_in(text))


def _ways_in(text: str) -> Iterator[str]:
    bare = uncommented(text)
    if _GIVES_KEYS.search(bare):
        yield "gives SSH keys to cloud-init"
    if _TAKES_PASSWORDS.search(bare):
        yield "lets SSH take passwords"
    if text.startswith(OUTLINE):
        if _SETS_PASSWORDS.search(text):
            yield "sets a password"
        if any(_PACKAGES & set(words.split()) for words in _PACKAGE_LIST.findall(text)):
            yield "installs a login service"
        return
    for words in commands(text):
        yield from _command(words)


def _command(words: list[str]) -> Iterator[str]:
    names = [_name(word) for word in words]
    known = set(names)
    program = _program(words, names)
    if program not in ("rm", "shred") and any("authorized_keys" in word for word in words):
        yield "writes SSH keys"
    served = {_unit(name) for name in names}
    managed = known & _MANAGERS or any("/init.d/" in word or "/rc.d/" in word for word in words)
    if program in _SERVERS - {"ssh"} or (managed and known & _STARTS and served & _SERVERS):
        yield "starts a login service"
    if known & _INSTALLERS and known & {"install", "add"} and known & _PACKAGES:
        yield "installs a login service"
    if (
        "chpasswd" in known
        or (program == "passwd" and "--stdin" in known)
        or (program in ("usermod", "useradd") and known & {"-p", "--password"})
    ):
        yield "sets a password"
    if _tunnels(words, known, program) or (managed and known & _STARTS and served & _TUNNEL_UNITS):
        yield "opens a tunnel, which no security group closes"
    if _listens(words, known, program):
        yield "listens for logins"


def _tunnels(words: list[str], known: set[str], program: str) -> bool:
    if program == "autossh" or any(name in known and known & _TUNNELS[name] for name in _TUNNELS):
        return True
    if known & _CONTAINERS and {name.partition(":")[0] for name in known} & set(_TUNNELS):
        return True
    return "ssh" in known and any(
        ("R" in word and _SHORT.match(word) and word.startswith("-") and _flag(word, "R"))
        or "RemoteForward" in word
        for word in words
    )


def _flag(word: str, flag: str) -> bool:
    """Tell whether a word holds a short option, as in -fNR or -R80:localhost:80."""
    letters = re.match(r"-([A-Za-z46]+)", word)
    return letters is not None and not word.startswith("--") and flag in letters[1]


def _listens(words: list[str], known: set[str], program: str) -> bool:
    if program in ("nc", "ncat", "netcat", "nc.openbsd", "nc.traditional"):
        return "--listen" in known or any(_flag(word, "l") for word in words)
    if program == "socat":
        return any("-listen:" in word.lower() or "-l:" in word.lower() for word in words)
    if not known & _CONTAINERS:
        return False
    if any("openssh-server" in name for name in known):
        return True
    for word, following in zip(words, [*words[1:], ""], strict=True):
        found = _PUBLISHES.fullmatch(word)
        if found and _LOGIN_PORTS.fullmatch(found[1] or following):
            return True
    return False


def _name(word: str) -> str:
    """Return the name of a program, without its folder and what systemd writes before it."""
    run = _RUNS.match(word)
    return (word[run.end() :] if run else word).rsplit("/", 1)[-1]


def _unit(name: str) -> str:
    return name.removesuffix(".service").removesuffix(".socket").partition("@")[0]


def _program(words: list[str], names: list[str]) -> str:
    """Return the program that a command runs, `sudo` and its like apart."""
    for word, name in zip(words, names, strict=True):
        before = name in _BEFORE or word.startswith("-") or word.isdigit()
        if not before and (_RUNS.match(word) or not _ASSIGNS.match(word)):
            return name
    return ""
