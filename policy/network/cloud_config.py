"""cloud-config as cloud-init reads it: the files it writes, the commands it runs, its keys."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from policy.hcl.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_NESTED: Final = 100  # levels of YAML
_MOST_SIGNS: Final = 256 * 1024  # aliases may stand for more than is written
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN: Final = re.compile(r"[\w./:!*@+-]*")
OUTLINE: Final = "#cloud-config\n"
"""How the text begins that says a cloud-config's keys, one `key: value` a line."""


def from_base64(text: str) -> bytes:
    """Return what base64 stands for, or the text's own bytes where it is none."""
    stripped = "".join(text.split())
    try:
        return base64.b64decode(stripped, validate=True)
    except (binascii.Error, ValueError):
        return text.encode()


def strings(text: str) -> Iterator[str | bytes | Unknown]:
    """Yield what a cloud-config holds: an outline of its keys, every text, every file unpacked.

    Args:
        text: YAML, with or without the line `#cloud-config`.
    """
    document = _document(text)
    if isinstance(document, Unknown):
        yield document
        return
    outline, texts, problem = _walk(document)
    if problem:
        yield problem
        return
    yield OUTLINE + outline
    yield texts
    files = document.get("write_files") if isinstance(document, dict) else None
    for file in files if isinstance(files, list) else []:
        if not isinstance(file, dict):
            continue
        if file.get("source"):
            yield Unknown("writes a file that is fetched at the boot")
        if not isinstance(file.get("content"), str | bytes):
            continue
        content = file["content"]
        data = content.encode() if isinstance(content, str) else content
        encoding = str(file.get("encoding", "")).lower()
        if "b64" in encoding or "base64" in encoding:
            data = from_base64(data.decode("utf-8", "replace"))
        yield data


def archived(text: str) -> Iterator[tuple[str, bytes] | Unknown]:
    """Yield the parts of a `#cloud-config-archive`: the type each says it has, and its bytes."""
    document = _document(text)
    if isinstance(document, Unknown) or not isinstance(document, list):
        yield document if isinstance(document, Unknown) else Unknown("is an archive of no parts")
        return
    for part in document:
        content = part.get("content") if isinstance(part, dict) else part
        kind = part.get("type") if isinstance(part, dict) else ""
        if isinstance(content, str | bytes):
            yield str(kind or ""), content.encode() if isinstance(content, str) else content
        else:
            yield Unknown("is an archive with a part that is no text")


def _document(text: str) -> Any:
    try:
        if problem := _problem(text):
            return Unknown(problem)
        return yaml.load(text, _LOADER)  # noqa: S506 (a safe loader, in C where it is)
    except (yaml.YAMLError, RecursionError, ValueError):
        return Unknown("is cloud-config that is no YAML")


def _problem(text: str) -> str:
    """Say why YAML is not to be loaded, or nothing.

    The loader in C ends the process where nesting uses up its stack, merges of merges grow
    exponentially, and of two equal keys it takes the last.
    """
    aliases, merges = 0, 0
    # The keys of each open mapping, None for a list; and whether a value comes next.
    keys: list[set[str] | None] = []
    value_next: list[bool] = []
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            keys.pop()
            value_next.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        if keys and (seen := keys[-1]) is not None:
            if not value_next[-1] and isinstance(event, yaml.ScalarEvent):
                if event.value in seen:
                    return "is cloud-config that says a key twice"
                seen.add(event.value)
            value_next[-1] = not value_next[-1]
        aliases += isinstance(event, yaml.AliasEvent)
        merges += isinstance(event, yaml.ScalarEvent) and event.value == "<<"
        if isinstance(event, yaml.CollectionStartEvent):
            keys.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
            value_next.append(False)
        if len(keys) > _MOST_NESTED or (aliases and merges):
            return "is cloud-config nested or merged beyond what can be told"
    return ""


def _walk(document: Any) -> tuple[str, str, Unknown | None]:
    """Return the keys of a document, its texts, and what is wrong with it.

    A list of words is one command, so it is one line of the texts.
    """
    left = _MOST_SIGNS
    outline: list[str] = []
    texts: list[str] = []
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        key, value = waiting.pop()
        left -= 1 + len(key)
        if isinstance(value, dict):
            outline.append(f"{key}:")
            waiting += [(str(name), inner) for name, inner in value.items()]
        elif isinstance(value, list | tuple | set):
            left -= sum(len(one) if isinstance(one, str) else 1 for one in value)
            words = [str(one) for one in value if isinstance(one, str | int)]
            if left >= 0:
                outline.append(f"{key}: {' '.join(one for one in words if _PLAIN.fullmatch(one))}")
                texts.append(" ".join(words))
            waiting += [("", inner) for inner in value if not isinstance(inner, str | int)]
        elif isinstance(value, str):
            left -= len(value)
            outline.append(f"{key}: {value if _PLAIN.fullmatch(value) else 'text'}")
            texts.append(value)
        else:
            outline.append(f"{key}: {value if isinstance(value, int | None) else 'value'}")
        if left < 0:
            return "", "", Unknown("is cloud-config nested or merged beyond what can be told")
    return "\n".join(outline), "\n".join(texts), None
