"""User data as the instance will read it: base64, gzip, MIME parts and cloud-config unpacked."""

from __future__ import annotations

import base64
import binascii
import email
import gzip
import io
import zlib
from typing import TYPE_CHECKING, Any, Final

import yaml

from policy.hcl.values import Encoded, Reference, Text, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST: Final = 4 * 1024 * 1024  # EC2 takes 16 KiB; what unpacks to more is made to tire a reader
_DEEPEST: Final = 6
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_BIG: Final = Unknown("unpacks to more than user data can hold")


def decoded(value: Value) -> list[str | Unknown]:
    """Return every text that user data holds: the whole, its MIME parts, the files it writes.

    Args:
        value: The attribute's value: text, or base64 of text or of gzip.

    Returns:
        The texts; `Unknown` for each part that cannot be read. Empty where there is no user data.
    """
    if value in (None, ""):
        return []
    if isinstance(value, Encoded):
        inner = value.content
        return _unknown_inside(inner)
    if isinstance(value, Text | Reference):
        return _unknown_inside(value)
    if isinstance(value, Unknown):
        return [value]
    if not isinstance(value, str):
        return [Unknown("is no text")]
    return list(_texts(_from_base64(value), 0))


def _unknown_inside(value: Value) -> list[str | Unknown]:
    """Read what is known of a text of which parts are not: each stays in place as a mark."""
    if isinstance(value, Encoded):
        return _unknown_inside(value.content)
    if isinstance(value, str):
        return list(_texts(value.encode(), 0))
    if isinstance(value, Text):
        joined = "".join(part if isinstance(part, str) else UNKNOWN_MARK for part in value.parts)
        return list(_texts(joined.encode(), 0))
    if isinstance(value, Unknown):
        return [value]
    return [Unknown(f"is {value}, known only after the apply")]


UNKNOWN_MARK: Final = "\N{REPLACEMENT CHARACTER}(known after apply)"
"""Stands in a decoded text where a part is known only after the apply."""


def _from_base64(text: str) -> bytes:
    stripped = "".join(text.split())
    try:
        return base64.b64decode(stripped, validate=True)
    except (binascii.Error, ValueError):
        return text.encode()


def _texts(data: bytes, depth: int) -> Iterator[str | Unknown]:
    if depth > _DEEPEST:
        yield Unknown("is packed into itself too many times")
        return
    unpacked = _gunzipped(data)
    if isinstance(unpacked, Unknown):
        yield unpacked
        return
    try:
        text = unpacked.decode("utf-8")
    except UnicodeDecodeError:
        yield Unknown("holds a part that is no text")
        return
    yield text
    head = text.lstrip().lower()
    if head.startswith(("content-type: multipart", "mime-version:")):
        yield from _parts(unpacked, depth)
    elif head.startswith(("#cloud-config", "write_files:")):
        yield from _written_files(text, depth)


def _gunzipped(data: bytes) -> bytes | Unknown:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            unpacked = stream.read(_MOST + 1)
    except (OSError, EOFError, zlib.error):
        return Unknown("holds a damaged gzip part")
    return _TOO_BIG if len(unpacked) > _MOST else unpacked


def _parts(data: bytes, depth: int) -> Iterator[str | Unknown]:
    for part in email.message_from_bytes(data).walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield from _texts(payload, depth + 1)


def _written_files(text: str, depth: int) -> Iterator[str | Unknown]:
    try:
        document: Any = yaml.load(text, _LOADER)  # noqa: S506 (a safe loader, in C where it is)
    except (yaml.YAMLError, RecursionError, ValueError):
        yield Unknown("is cloud-config that is no YAML")
        return
    files = document.get("write_files") if isinstance(document, dict) else None
    for file in files if isinstance(files, list) else []:
        if not isinstance(file, dict) or not isinstance(file.get("content"), str | bytes):
            continue
        content = file["content"]
        data = content.encode() if isinstance(content, str) else content
        encoding = str(file.get("encoding", "")).lower()
        if "b64" in encoding or "base64" in encoding:
            data = _from_base64(data.decode("utf-8", "replace"))
        # A file's own text is the whole's as well; what was packed is new.
        yield from _texts(data, depth + 1)
