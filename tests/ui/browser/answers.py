"""How the scripted API may answer: as it should, or with one of the faults that happen."""

from collections.abc import Mapping
from typing import Any

from tests.ui.browser.exchange import Exchange
from tests.ui.browser.scripted_api import Answer

PIECE = 12
"""Characters of a line's `response`, unless a script says otherwise."""


def translation(
    text: str | None = None, *, pause: float = 0, piece: int = PIECE, reason: str = "stop"
) -> Answer:
    """A translation that comes piece by piece; without a `text`, the text itself."""

    async def answer(exchange: Exchange) -> None:
        await exchange.begin()
        said = exchange.asked.text if text is None else text
        for start in range(0, len(said), piece):
            await exchange.line({"response": said[start : start + piece], "done": False})
            await exchange.wait(pause)
        await exchange.line({"response": "", "done": True, "done_reason": reason})
        await exchange.end()

    return _polite(answer)


def refusal(
    status: int, error: str = "", headers: Mapping[str, str] | None = None, *, cors: bool = True
) -> Answer:
    """An error's status, with a sentence as nginx and Ollama write them."""

    async def answer(exchange: Exchange) -> None:
        await exchange.begin(
            status, {"Content-Type": "application/json", **(headers or {})}, cors=cors
        )
        await exchange.line({"error": error})
        await exchange.end()

    return _polite(answer)


def broken(*lines: Mapping[str, Any] | bytes, cut: bool = False) -> Answer:
    """These lines, or bytes, and then the end; or the connection's."""

    async def answer(exchange: Exchange) -> None:
        await exchange.begin()
        for line in lines:
            await (exchange.piece(line) if isinstance(line, bytes) else exchange.line(line))
        if cut:
            await exchange.wait(0.1)  # what was sent arrives
            exchange.cut()
        else:
            await exchange.end()

    return _polite(answer)


def silence(seconds: float = 30) -> Answer:
    """Nothing at all: the model is busy with others."""

    async def answer(exchange: Exchange) -> None:
        await exchange.wait(seconds)

    return _polite(answer)


def without_cors() -> Answer:
    """Answers that this page may not read, as those to a page at another address."""

    async def answer(exchange: Exchange) -> None:
        await exchange.begin(403, {"Content-Type": "application/json"}, cors=False)
        await exchange.line({"error": "this page may not use the translator"})
        await exchange.end()

    return answer


def _polite(answer: Answer) -> Answer:
    """The answer to a translation's request; preflights and probes are answered as they should."""

    async def polite(exchange: Exchange) -> None:
        if exchange.asked.method == "OPTIONS":
            await exchange.begin(204)
        elif exchange.asked.path == "/api/generate":
            await answer(exchange)
        else:
            await exchange.begin(headers={"Content-Type": "application/json"})
            await exchange.line({"version": "0.32.0"})
            await exchange.end()

    return polite
