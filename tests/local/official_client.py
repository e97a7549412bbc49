"""Asks a server with Ollama's own client; prints what it understood, as JSON.

Runs on .venv-local, as a program: `official_client.py URL MODEL`.
"""
# pyright: reportMissingImports=false, reportUnknownParameterType=false, reportUnknownLambdaType=false
# What it imports lies in .venv-local, where the type checker does not look.

import json
import sys
from collections.abc import Callable
from typing import Any

import ollama

SHORT = {"num_predict": 5, "temperature": 0}


def main(url: str, model: str) -> None:
    """Ask everything that the client can ask of a model that is there."""
    client = ollama.Client(host=url)
    said = [{"role": "user", "content": "The sun rises in the"}]
    told: dict[str, Callable[[], Any]] = {
        "list": lambda: [each.model for each in client.list().models],
        "ps": lambda: [each.model for each in client.ps().models],
        "show": lambda: client.show(model).details.family,
        "generate": lambda: whole(client.generate(model, said[0]["content"], options=SHORT)),
        "generate, streaming": lambda: streamed(
            client.generate(model, said[0]["content"], stream=True, options=SHORT)
        ),
        "chat": lambda: whole(client.chat(model, said, options=SHORT)),
        "chat, streaming": lambda: streamed(client.chat(model, said, stream=True, options=SHORT)),
        "unknown model": lambda: client.generate("nobody-has-this:1b", "Hello"),
    }
    sys.stdout.write(json.dumps({name: attempt(ask) for name, ask in told.items()}))


def attempt(ask: Callable[[], Any]) -> Any:
    """What was answered, or the status and sentence of the refusal."""
    try:
        return ask()
    except ollama.ResponseError as error:
        return {"status": error.status_code, "error": error.error}


def whole(answer: Any) -> dict[str, Any]:
    """Text, end and count of an answer."""
    text = answer.message.content if hasattr(answer, "message") else answer.response
    end = {"done": answer.done, "reason": answer.done_reason, "tokens": answer.eval_count}
    return {"text": text, **end}


def streamed(parts: Any) -> dict[str, Any]:
    """The same of an answer in parts, with their number."""
    found = [whole(part) for part in parts]
    return {**found[-1], "text": "".join(part["text"] for part in found), "parts": len(found)}


if __name__ == "__main__":
    main(*sys.argv[1:])
