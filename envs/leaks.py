"""Finds secrets in what is meant to be committed; what it says never repeats the secret."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from envs.hcl import Document, Path, Value

_KINDS = (
    (re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b"), "an AWS access key id"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"), "a private key"),
    (re.compile(r"\b(gh[pousr]_|github_pat_)[A-Za-z0-9_]{20,}"), "a GitHub token"),
    (re.compile(r"\bgl[a-z]{2,6}-[A-Za-z0-9_-]{20,}"), "a GitLab token"),
    (re.compile(r"\bxox[a-z]-[A-Za-z0-9-]{10,}"), "a Slack token"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{17,}"), "a JSON web token"),
    (re.compile(r"://[^/\s:@]+:[^/\s@]+@"), "a URL with a password"),
)
_AWS_SECRET = re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])")
_ENTROPY = 4.0
"""Bits per character; 40 random base64 characters have about 4.8, words and paths fewer than 4."""

_NAME = re.compile(
    r"(^|[_-])(passw(or)?d|passphrase|secrets?|tokens?|api_?key|access_key|secret_key|private_key"
    r"|credentials?)([_-]|$)",
    re.IGNORECASE,
)


def leaks(text: str, document: Document, known: Collection[str]) -> Iterator[tuple[int, Path, str]]:
    """What looks like a secret in a file: line, setting and the end of a sentence about it.

    The setting is empty where the secret stands outside a value, in a comment or as a name. A name
    alone is suspect only where it is not among the `known` settings: context_length_tokens is none.
    """
    told: set[int] = set()
    for path, fault in _settings(document, known):
        told.add(document.lines[path])
        yield document.lines[path], path, f"{fault}; {_ADVICE}"
    for number, line in enumerate(text.split("\n"), start=1):
        if number not in told and (kind := _token(line)):
            yield number, (), f"holds what looks like {kind}; {_ADVICE}"


def _settings(document: Document, known: Collection[str]) -> Iterator[tuple[Path, str]]:
    for name, value in document.values.items():
        if _token(name):
            continue
        if name not in known and _NAME.search(name):
            yield (name,), "is named like a secret"
        else:
            yield from _within((name,), value)


def _token(text: str) -> str | None:
    return next((kind for pattern, kind in _KINDS if pattern.search(text)), None)


def _secret(text: str) -> str | None:
    if kind := _token(text):
        return kind
    for match in _AWS_SECRET.finditer(text):
        found = match.group()
        mixed = any(map(str.islower, found)) and any(map(str.isupper, found))
        if mixed and _entropy(found) >= _ENTROPY:
            return "an AWS secret access key"
    return None


_ADVICE = "remove it, revoke it if it was ever committed, and keep secrets out of variable files"


def _within(path: Path, value: Value) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        if kind := _secret(value):
            yield path, f"looks like {kind}"
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _within((*path, index), item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if _secret(name) or _NAME.search(name):
                yield path, "has a key that looks like a secret"
            else:
                yield from _within((*path, name), item)


def _entropy(text: str) -> float:
    counts = Counter(text).values()
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts)
