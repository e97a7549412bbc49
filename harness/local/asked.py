"""What a request to the stand-in asks for, as Ollama reads it."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-local, where the type checker does not look.

import json
from typing import Any

from starlette.exceptions import HTTPException

KINDS: dict[str, tuple[type, ...]] = {
    "num_predict": (int,),
    "temperature": (int, float),
    "seed": (int,),
    "stop": (str, list),
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
        HTTPException: 400, an option has another type than it must have.
    """
    given: Any = asked.get("options") or {}
    if not isinstance(given, dict):
        raise HTTPException(400, "json: cannot unmarshal: options must be an object")
    for name, kinds in KINDS.items():
        if name in given and not isinstance(given[name], kinds):
            raise HTTPException(400, f'option "{name}" must be of type {kinds[-1].__name__}')
    # Ollama would take the model's own temperature; a base model wanders off at any but 0.
    options = {"temperature": given.get("temperature", 0), "seed": given.get("seed", -1)}
    if given.get("num_predict", -1) > 0:
        options["max_tokens"] = given["num_predict"]
    stop: Any = given.get("stop", [])
    return (stop,) if isinstance(stop, str) else tuple(map(str, stop)), options
