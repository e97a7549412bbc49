"""What a request to the stand-in asks for, as Ollama reads it."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-local, where the type checker does not look.

import json
from typing import Any

from starlette.exceptions import HTTPException

KINDS: dict[str, tuple[str, tuple[type, ...]]] = {
    "num_predict": ("integer", (int, float)),
    "temperature": ("float32", (int, float)),
    "top_k": ("integer", (int, float)),
    "top_p": ("float32", (int, float)),
    "min_p": ("float32", (int, float)),
    "repeat_penalty": ("float32", (int, float)),
    "seed": ("integer", (int, float)),
    "stop": ("array", (list,)),
}
"""The options that the stand-in follows, with their types; others are taken and ignored."""


def read(body: bytes, served: str) -> dict[str, Any]:
    """The request's document, which names the model that is served.

    Raises:
        HTTPException: 400, the body is no document; 404, it names another model.
    """
    if not body:
        raise HTTPException(400, "missing request body")
    try:
        asked: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, f"invalid JSON: {error}") from error
    if not isinstance(asked, dict):
        raise HTTPException(400, "json: cannot unmarshal: the body must be an object")
    named = str(asked.get("model") or asked.get("name") or "")
    if (named if ":" in named else f"{named}:latest").lower() != served.lower():
        raise HTTPException(404, f"model '{named}' not found")
    return asked


def sampling(asked: dict[str, Any]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """What ends the answer, and how it is sampled, in llama.cpp's names.

    Raises:
        HTTPException: 500, as Ollama has it: an option has another type than it must have.
    """
    given: Any = asked.get("options") or {}
    if not isinstance(given, dict):
        raise HTTPException(400, "json: cannot unmarshal: options must be an object")
    for name, (kind, types) in KINDS.items():
        if name in given and not isinstance(given[name], types):
            raise HTTPException(500, f'option "{name}" must be of type {kind}')
    # Ollama would take the model's own temperature; a base model wanders off at any but 0.
    options: dict[str, Any] = {"temperature": 0}
    options |= {name: given[name] for name in KINDS if name in given}
    options |= {name: int(options[name]) for name in ("seed", "top_k") if name in options}
    most, stop = options.pop("num_predict", -1), options.pop("stop", [])
    if most > 0:
        options["max_tokens"] = int(most)
    return tuple(map(str, stop)), options
