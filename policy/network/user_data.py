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
_MOST_NESTED: Final = 100  # levels of YAML, and parts of a MIME message with parts of their own
_PART: Final = 256  # what a part counts for beside its bytes
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_BIG: Final = Unknown("unpacks to more than user data can hold")
_TOO_DEEP: Final = Unknown("is packed into itself too many times")


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
    return list(_Unpacking().texts(_from_base64(value), 0))


def _unknown_inside(value: Value) -> list[str | Unknown]:
    """Read what is known of a text of which parts are not: each stays in place as a mark."""
    if isinstance(value, Encoded):
        return _unknown_inside(value.content)
    if isinstance(value, str):
        return list(_Unpacking().texts(value.encode(), 0))
    if isinstance(value, Text):
        joined = "".join(part if isinstance(part, str) else UNKNOWN_MARK for part in value.parts)
        # An id or a name that AWS gives says nothing to a shell; any other part may say anything.
        unclear = [
            Unknown(f"holds {part}, read only at the apply")
            if isinstance(part, Reference)
            else part
            for part in value.parts
            if isinstance(part, Unknown)
            or (isinstance(part, Reference) and ".data." in f".{part.address}")
        ]
        return [*_Unpacking().texts(joined.encode(), 0), *unclear]
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


class _Unpacking:
    """The unpacking of one user data, with an end to what it may hold in all."""

    def __init__(self) -> None:
        self._left = _MOST

    def texts(self, data: bytes, depth: int) -> Iterator[str | Unknown]:
        """Yield a text and every one packed into it, until there is more than user data holds."""
        unpacked = _gunzipped(data, self._left) if depth <= _DEEPEST else _TOO_DEEP
        if isinstance(unpacked, bytes):
            # So that many empty parts, too, come to an end.
            self._left -= len(unpacked) + _PART
            unpacked = _TOO_BIG if self._left < 0 else unpacked
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
            inner = _parts(unpacked)
        elif head.startswith(("#cloud-config", "write_files:")):
            inner = _written_files(text)
        else:
            return
        for part in inner:
            if self._left < 0:
                yield _TOO_BIG
                return
            if isinstance(part, Unknown):
                yield part
            else:
                # A file's own text is the whole's as well; what was packed is new.
                yield from self.texts(part, depth + 1)


def _gunzipped(data: bytes, most: int) -> bytes | Unknown:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return stream.read(max(0, most) + 1)
    except (OSError, EOFError, zlib.error):
        return Unknown("holds a damaged gzip part")


def _parts(data: bytes) -> Iterator[bytes | Unknown]:
    # Parts within parts each need a boundary, and take the parser time by their depth.
    if data.lower().count(b"boundary") > _MOST_NESTED:
        yield _TOO_DEEP
        return
    for part in email.message_from_bytes(data).walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield payload


def _written_files(text: str) -> Iterator[bytes | Unknown]:
    try:
        if not _plain(text):
            yield Unknown("is cloud-config nested or merged beyond what can be told")
            return
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
        yield data


def _plain(text: str) -> bool:
    """Tell whether YAML is flat enough for its loader, which has no bounds of its own.

    The loader in C ends the process where nesting uses up its stack, and merges of merges grow
    exponentially.
    """
    depth, aliases, merges = 0, 0, 0
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        elif isinstance(event, yaml.ScalarEvent):
            merges += event.value == "<<"
        if depth > _MOST_NESTED or (aliases and merges):
            return False
    return True


def uncommented(text: str) -> str:
    """Return a text without its comments: whole lines, and what follows a `#` after a space.

    A `#` inside quotes that the line itself opens is none.
    """
    return "\n".join(_without_comment(line) for line in text.split("\n"))


def _without_comment(line: str) -> str:
    if "#" not in line:
        return line
    quote = ""
    for index, sign in enumerate(line):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "#" and (index == 0 or line[index - 1] in " \t"):
            return line[:index]
    return line
