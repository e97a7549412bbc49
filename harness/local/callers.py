"""Whom Ollama answers: by the Host header, and by the Origin that a browser names.

As `server/routes.go` of Ollama 0.32 does it: first gin-contrib's CORS, then, as it is bound to
loopback, its own look at the Host header.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-local, where the type checker does not look.

import ipaddress
import socket
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.datastructures import (
    Headers,
    MutableHeaders,
)
from starlette.responses import Response

METHODS = "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS"
HEADERS = "Authorization,Content-Type,User-Agent,Accept,X-Requested-With"
TWELVE_HOURS = "43200"
OWN_HOSTS = ("localhost", "127.0.0.1", "0.0.0.0")  # noqa: S104 # an origin's host, no address
OWN_DOMAINS = (".localhost", ".local", ".internal")

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Any, Receive, Send], Awaitable[None]]


class Callers:
    """Refuses other hosts and origins with 403 and nothing more; answers preflights with 204.

    Args:
        app: What it stands in front of.
        origins: The origins that OLLAMA_ORIGINS lists, beside those on this machine.
    """

    def __init__(self, app: App, origins: tuple[str, ...]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin", "")
        foreign = origin not in {"", f"http://{host}", f"https://{host}"}
        if foreign and not self._admits(origin):
            await Response(status_code=403)(scope, receive, send)
            return
        allowed: dict[str, str] = {}
        if foreign:
            allowed = {"access-control-allow-origin": origin, "vary": "Origin"}
        if foreign and scope["method"] == "OPTIONS":
            allowed |= {
                "access-control-allow-methods": METHODS,
                "access-control-allow-headers": HEADERS,
                "access-control-max-age": TWELVE_HOURS,
            }
            await Response(status_code=204, headers=allowed)(scope, receive, send)
            return
        if not is_own_host(host):
            await Response(status_code=403, headers=allowed)(scope, receive, send)
            return

        async def send_allowed(message: Any) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(allowed)
            await send(message)

        await self._app(scope, receive, send_allowed)

    def _admits(self, origin: str) -> bool:
        """Whether it is a listed origin, or one of this machine on any port."""
        own = [f"{scheme}://{host}" for scheme in ("http", "https") for host in OWN_HOSTS]
        listed = (*self._origins, *own, *(f"{each}:*" for each in own))
        return any(_matches(each, origin) for each in listed)


def _matches(listed: str, origin: str) -> bool:
    """Whether it is that origin; one `*` stands for any text."""
    before, star, after = listed.partition("*")
    return origin == listed or (
        star != "" and origin.startswith(before) and origin.removeprefix(before).endswith(after)
    )


def is_own_host(host: str) -> bool:
    """Whether a Host header names this machine or a private address."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    name = name.strip("[]").lower()
    if name in {"", "localhost", socket.gethostname().lower()} or name.endswith(OWN_DOMAINS):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_private or address.is_unspecified
