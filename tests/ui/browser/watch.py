"""What a page must never do: complain, break its policy, or talk to anybody else."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError


class Watch:
    """What happened in a browser context that should not have.

    Args:
        context: The context.
        origins: The origins that may be asked.
    """

    def __init__(self, context: BrowserContext, origins: Collection[str]) -> None:
        self._origins = frozenset(origins)
        self._expected: list[re.Pattern[str]] = []
        self._complaints: list[str] = []
        self.requests: list[Request] = []
        context.on("console", self._said)
        context.on("weberror", self._broke)
        context.on("request", self._asked)

    def expect(self, *patterns: str) -> None:
        """Have what matches one of these, and was caused on purpose, count for nothing."""
        self._expected += [re.compile(pattern) for pattern in patterns]

    @property
    def complaints(self) -> list[str]:
        """What is left of what happened: nothing, if all is well."""
        return [
            each
            for each in self._complaints
            if not any(pattern.search(each) for pattern in self._expected)
        ]

    def start_over(self) -> None:
        """Have nothing that happened until now count, and nothing be expected."""
        self._complaints.clear()
        self._expected.clear()
        self.requests.clear()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            place = message.location.get("url", "")
            self._complaints.append(f"{message.type}: {message.text} ({place})")

    def _broke(self, error: WebError) -> None:
        self._complaints.append(f"thrown: {error.error}")

    def _asked(self, request: Request) -> None:
        self.requests.append(request)
        parts = urlsplit(request.url)
        if parts.scheme not in {"blob", "data"} and (
            f"{parts.scheme}://{parts.netloc}" not in self._origins
        ):
            self._complaints.append(f"foreign: {request.method} {request.url}")
