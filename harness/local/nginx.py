"""The machine's own nginx, run from a folder as any user."""

import grp
import os
import re
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from harness.problem import Problem

PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/usr/local/bin")
"""Where it lies on machines whose users' PATH does not say so."""

BUFFERS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
"""What nginx has temporary folders for; its own are writable by root alone."""


@dataclass(frozen=True)
class Nginx:
    """An nginx.

    Attributes:
        program: Its path.
        modules: Where its dynamic modules lie.
    """

    program: str
    modules: Path

    def command(self, folder: Path) -> list[str]:
        """What starts it, in the foreground, with `folder`/nginx.conf.

        All paths in that file are relative to the folder, so that its name may hold anything.
        """
        return [self.program, "-p", f"{folder}/", "-c", "nginx.conf", "-g", "daemon off;"]

    def check(self, folder: Path, meaning: str) -> None:
        """Have it read `folder`/nginx.conf.

        Args:
            folder: The folder.
            meaning: What that configuration is, for whoever reads a failure.

        Raises:
            Problem: It refuses the configuration.
        """
        done = subprocess.run(  # noqa: S603 # our own words
            [self.program, "-t", "-q", "-p", f"{folder}/", "-c", "nginx.conf"],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode != 0:
            wrong = re.findall(r"\[emerg\](?: \d+#\d+:)? (.*)", done.stderr)
            raise Problem(f"nginx refuses {meaning}: {(wrong or [done.stderr.strip()])[0]}")

    def with_modules(self, configuration: str) -> str:
        """The configuration with its modules named where this machine has them.

        Raises:
            Problem: One is not installed.
        """

        def found(line: re.Match[str]) -> str:
            named = Path(line[1])
            here = named if named.is_file() else self.modules / named.name
            if here.is_file():
                return f'load_module "{here}";'
            package = re.sub(r"^ngx_(http|stream)_(\w+)_module$", r"libnginx-mod-\1-\2", named.stem)
            raise Problem(
                f"nginx lacks its module {named.stem}: install it (on Debian and Ubuntu:"
                f" apt-get install {package})."
            )

        return re.sub(r"\bload_module\s+(\S+?)\s*;", found, configuration)


def find() -> Nginx:
    """The nginx on PATH, or where systems keep it.

    Raises:
        Problem: There is none.
    """
    path = os.pathsep.join((os.environ.get("PATH", ""), *PLACES))
    program = shutil.which("nginx", path=path)
    if program is None:
        raise Problem(
            "make up needs nginx with its njs module: install them (on Debian and Ubuntu:"
            " apt-get install nginx libnginx-mod-http-js)."
        )
    built = subprocess.run(  # noqa: S603 # the program just found
        [program, "-V"], capture_output=True, encoding="utf-8", errors="replace", check=False
    ).stderr
    modules = re.search(r"--modules-path=(\S+)", built)
    return Nginx(program, Path(modules[1]) if modules else Path("/usr/lib/nginx/modules"))


def own_folders() -> str:
    """The directives, for `http`, that put temporary files into the folder."""
    return " ".join(f"{name}_temp_path temp/{name};" for name in BUFFERS)


def own_user() -> str:
    """The directive, at the top, that has workers run as whoever starts it; others may not ask."""
    return f"user root {grp.getgrgid(0).gr_name};" if os.geteuid() == 0 else ""


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def loopback(port: int) -> list[str]:
    """The loopback addresses to listen on, as nginx writes them: IPv6's too where there is one.

    Raises:
        Problem: The port is taken, or not for this user.
    """
    addresses = [(socket.AF_INET, "127.0.0.1")]
    if socket.has_ipv6 and _can_bind(socket.AF_INET6, "::1", 0) is None:
        addresses.append((socket.AF_INET6, "::1"))
    for family, address in addresses:
        error = _can_bind(family, address, port)
        if isinstance(error, PermissionError):
            raise Problem(f"Port {port} is not for this user: make up PORT=… names another.")
        if error is not None:
            raise Problem(f"Port {port} is taken: make up PORT=… names another.")
    return [f"[{a}]:{port}" if ":" in a else f"{a}:{port}" for _, a in addresses]


def _can_bind(family: socket.AddressFamily, address: str, port: int) -> OSError | None:
    """None if one can listen there, or why not."""
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
            probe.listen()
    except OSError as error:
        return error
    return None
