"""A stand-in for Ollama: its HTTP API over a small Gemma, for machines that have no Ollama.

Runs on `.venv-local`: `python -m harness.local.ollama_api --port …`. What it answers follows
Ollama 0.32 (docs/api.md and server/routes.go there); tests/local/ asks it and a real one the same
questions. What it leaves out answers 404: pulling and changing models, embeddings, OpenAI's paths.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-local, where the type checker does not look.

import argparse
import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.applications import (
    Starlette,
)
from starlette.exceptions import (
    HTTPException,
)
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    StreamingResponse,
)
from starlette.routing import Route

from harness.local.asked import read, sampling
from harness.local.callers import Callers
from harness.local.few_shot import continuable
from harness.local.gemma import CONTEXT_TOKENS, DIGEST, Gemma, Piece, PromptError

VERSION = "0.32.0"
"""The release whose API this is."""

FOR_EVER = "2318-03-05T00:00:00Z"
"""When a model of `keep_alive: -1` is unloaded: as far as Go's clock can add."""

Put = Callable[[str], dict[str, Any]]
"""Where a path's answers carry text: in `response`, or in `message`."""

DETAILS = {
    "parent_model": "",
    "format": "gguf",
    "family": "gemma3",
    "families": ["gemma3"],
    "parameter_size": "268.10M",
    "quantization_level": "Q4_K_M",
}


class Answers:
    """The API's answers.

    Args:
        name: The name and tag under which the model is served.
        gemma: The model; it makes one answer at a time, and others wait.
    """

    def __init__(self, name: str, gemma: Gemma) -> None:
        self._name = name
        self._gemma = gemma
        self._turn = asyncio.Semaphore(1)
        self._started = _now()
        size = gemma.file.stat().st_size
        self._about = {"name": name, "model": name, "size": size, "digest": DIGEST}

    def routes(self) -> list[Any]:
        """What is asked where."""
        return [
            Route("/", self.root),
            Route("/api/version", self.version),
            Route("/api/tags", self.tags),
            Route("/api/ps", self.ps),
            Route("/api/show", self.show, methods=["POST"]),
            Route("/api/generate", self.generate, methods=["POST"]),
            Route("/api/chat", self.chat, methods=["POST"]),
        ]

    async def root(self, _: Request) -> PlainTextResponse:
        """That it runs, whether or not a model is loaded."""
        return PlainTextResponse("Ollama is running")

    async def version(self, _: Request) -> JSONResponse:
        """The release."""
        return JSONResponse({"version": VERSION})

    async def tags(self, _: Request) -> JSONResponse:
        """The models there are."""
        model = {**self._about, "modified_at": self._started, "details": DETAILS}
        return JSONResponse({"models": [model]})

    async def ps(self, _: Request) -> JSONResponse:
        """The models in memory."""
        loaded = {"expires_at": FOR_EVER, "size_vram": 0, "context_length": CONTEXT_TOKENS}
        return JSONResponse({"models": [{**self._about, "details": DETAILS, **loaded}]})

    async def show(self, request: Request) -> JSONResponse:
        """What the model is."""
        read(await request.body(), self._name)
        return JSONResponse(
            {
                "modelfile": f"FROM {self._name}\n",
                "template": "{{ .Prompt }}",
                "details": DETAILS,
                "model_info": {
                    "general.architecture": "gemma3",
                    "general.parameter_count": 268098176,
                    "gemma3.context_length": CONTEXT_TOKENS,
                },
                "capabilities": ["completion"],
                "modified_at": self._started,
            }
        )

    async def generate(self, request: Request) -> Any:
        """The continuation of a prompt; without a prompt, that the model is loaded."""
        asked = read(await request.body(), self._name)
        prompt = str(asked.get("prompt") or "")
        return await self._answer(request, asked, prompt, lambda text: {"response": text})

    async def chat(self, request: Request) -> Any:
        """The answer to the last of the messages: a base model knows no conversation."""
        asked = read(await request.body(), self._name)
        messages: Any = asked.get("messages") or []
        prompt = str(messages[-1].get("content") or "") if messages else ""
        return await self._answer(
            request, asked, prompt, lambda text: {"message": {"role": "assistant", "content": text}}
        )

    async def _answer(self, request: Request, asked: dict[str, Any], prompt: str, put: Put) -> Any:
        """A stream of lines, or one document, as the request will have it."""
        parts = self._parts(asked, prompt, put)
        if asked.get("stream", True) is not False:
            first = await anext(parts)  # before the status: a prompt may not fit
            return StreamingResponse(_lines(first, parts), media_type="application/x-ndjson")
        text, last = "", dict[str, Any]()
        async with aclosing(parts):
            async for last in parts:
                text += last["response"] if "response" in last else last["message"]["content"]
                if await request.is_disconnected():
                    break
        return JSONResponse({**last, **put(text)})

    async def _parts(
        self, asked: dict[str, Any], prompt: str, put: Put
    ) -> AsyncGenerator[dict[str, Any]]:
        """The answer's parts, each a document; the last one has `done`."""
        started = time.monotonic_ns()

        def part(text: str, **more: Any) -> dict[str, Any]:
            return {"model": asked["model"], "created_at": _now(), **put(text), **more}

        if not prompt:
            yield part("", done=True, done_reason="load")
            return
        text, stop = (prompt, ()) if asked.get("raw") else continuable(prompt)
        wanted, options = sampling(asked)
        last = Piece("")
        async with self._turn, aclosing(self._gemma.answer(text, stop + wanted, options)) as pieces:
            is_first = True
            try:
                async for last in pieces:
                    if last.text:
                        yield part(last.text.lstrip() if is_first else last.text, done=False)
                        is_first = False
            except PromptError as error:
                raise HTTPException(400, "the input length exceeds the context length") from error
        yield part(
            "",
            done=True,
            done_reason=last.finish,
            total_duration=time.monotonic_ns() - started,
            load_duration=0,
            prompt_eval_count=last.prompt_tokens,
            prompt_eval_duration=int(last.prompt_ms * 1e6),
            eval_count=last.tokens,
            eval_duration=int(last.ms * 1e6),
        )


async def _lines(
    first: dict[str, Any], rest: AsyncGenerator[dict[str, Any]]
) -> AsyncGenerator[bytes]:
    async with aclosing(rest):
        yield _line(first)
        async for each in rest:
            yield _line(each)


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


async def _refusal(_: Request, error: HTTPException) -> Any:
    """An error in Ollama's own shape; of an unknown path or method in gin's."""
    if error.status_code == 404 and error.detail == "Not Found":
        return PlainTextResponse("404 page not found", 404)
    if error.status_code == 405:
        return PlainTextResponse("405 method not allowed", 405, error.headers)
    return JSONResponse({"error": error.detail}, error.status_code)


def main() -> None:
    """Load the model, then serve until told to end."""
    parser = argparse.ArgumentParser(prog="python -m harness.local.ollama_api")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--model", default="gemma3:270m", help="the name it is served by")
    parser.add_argument("--origin", action="append", default=[], help="as in OLLAMA_ORIGINS")
    parser.add_argument("--folder", help="whose stack this is part of; told for `make down`")
    chosen = parser.parse_args()
    answers = Answers(chosen.model, Gemma())
    app = Starlette(routes=answers.routes(), exception_handlers={HTTPException: _refusal})
    guarded = Callers(app, tuple(chosen.origin))
    uvicorn.run(guarded, host="127.0.0.1", port=chosen.port, log_level="warning")


if __name__ == "__main__":
    main()
