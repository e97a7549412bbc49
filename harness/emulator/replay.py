"""Answers a request that comes again as it was answered the first time.

An SDK that lost the answer asks again under the same `amz-sdk-invocation-id`. AWS makes nothing
twice then, by client tokens and names of its own; moto knows neither.
"""

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]

REMEMBERED = 2000
"""Answers kept; an SDK asks again within seconds."""

LONGEST = 65536
"""Bytes of an answer that is kept. Longer ones are to reads, which may well be done again."""


class Replaying:
    """A WSGI application in front of another, which answers one request at a time.

    moto's models are not made for threads. The whole request is read before its turn comes, so
    that a slow client keeps nobody waiting.
    """

    def __init__(self, app: App, read: Callable[[dict[str, Any]], bytes]) -> None:
        self._app = app
        self._read = read
        self._turn = threading.Lock()
        self._answers: OrderedDict[str, tuple[str, list[Any], bytes]] = OrderedDict()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer a request."""
        body = self._read(environ)
        environ["wsgi.input"] = io.BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID", "")
        with self._turn:
            answer = self._answers.get(invocation)
            if answer is None:
                answer = self._answer(environ)
                if invocation and answer[0].startswith("2") and len(answer[2]) <= LONGEST:
                    self._answers[invocation] = answer
                    while len(self._answers) > REMEMBERED:
                        self._answers.popitem(last=False)
        status, headers, content = answer
        start(status, headers)
        return [content]

    def _answer(self, environ: dict[str, Any]) -> tuple[str, list[Any], bytes]:
        begun: list[tuple[str, list[Any]]] = []

        def start(status: str, headers: list[Any], _error: Any = None) -> None:
            begun.append((status, headers))

        content = b"".join(self._app(environ, start))
        status, headers = begun[-1]
        return status, headers, content
