"""User data as the instance will read it: base64, gzip, MIME parts and cloud-config unpacked."""

from __future__ import annotations

import email
import gzip
import io
import re
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Encoded, Reference, Text, Unknown, Value
from policy.hcl.wording import worded
from policy.network.cloud_config import archived, from_base64, strings
from policy.network.shell_words import UNKNOWN_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST: Final = 256 * 1024  # EC2 takes 16 KiB; what unpacks to more is made to tire a reader
_DEEPEST: Final = 6
_MOST_NESTED: Final = 100  # parts of a MIME message with parts of their own
_PART: Final = 256  # what a part counts for beside its bytes
_GZIP: Final = b"\x1f\x8b"
_HEADERS: Final = 4096  # cloud-init looks this far for a MIME message's header
_MULTIPART: Final = re.compile(r"\s*content-type:\s*multipart", re.IGNORECASE)
_MESSAGE: Final = "multipart/mixed"
_CLOUD_CONFIG: Final = "text/cloud-config"
_ARCHIVE: Final = "text/cloud-config-archive"
# cloud-init's INCLUSION_TYPES_MAP, the longer beginnings first.
_HEADS: Final = (
    ("#cloud-config-archive", _ARCHIVE),
    ("#cloud-config-jsonp", "text/cloud-config-jsonp"),
    ("#cloud-config", _CLOUD_CONFIG),
    ("write_files:", _CLOUD_CONFIG),
    ("#include", "text/x-include-url"),
    ("## template: jinja", "text/jinja2"),
)
_LONGEST_HEAD: Final = 24
_REFUSED: Final = {
    "text/x-include-url": "includes what an address serves at the boot",
    "text/x-include-once-url": "includes what an address serves at the boot",
    "text/cloud-config-jsonp": "patches cloud-config",
}
_KINDS: Final = frozenset({_CLOUD_CONFIG, _ARCHIVE, "text/jinja2", *_REFUSED})
# What AWS gives an instance by name says nothing to a shell; anything else may say anything.
_FILLED_IN: Final = re.compile(r"\{%|\{\{(?!\s*(?:v1|ds)[\w.]*\s*\}\})")
_DECODES: Final = re.compile(r"base64|b64decode")
_BASE64: Final = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{12,}={0,2}(?![A-Za-z0-9+/=])")
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
    return list(_unpacked(value))


@lru_cache(maxsize=16)  # several requirements read the same user data
def _unpacked(value: str) -> tuple[str | Unknown, ...]:
    return tuple(_Unpacking().texts(from_base64(value), 0))


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
    return [Unknown(f"is {worded(value)}, known only after the apply")]


class _Unpacking:
    """The unpacking of one user data, with an end to what it may hold in all."""

    def __init__(self) -> None:
        self._left = _MOST

    def texts(self, data: bytes, depth: int, kind: str = "") -> Iterator[str | Unknown]:
        """Yield a text and every one packed into it, until there is more than user data holds.

        Args:
            data: The text's bytes, gzip or not.
            depth: How many texts it is packed into.
            kind: The content type it is sent as, where that says how it is read.
        """
        text = self._text(data, depth)
        if isinstance(text, Unknown):
            yield text
            return
        kind = kind if kind in _KINDS else _kind(text)
        if kind == "text/jinja2":
            if _FILLED_IN.search(text):
                yield Unknown("is a Jinja template, filled in at the boot")
            _, _, text = text.lstrip().partition("\n")
            kind = _kind(text)
        if kind == _CLOUD_CONFIG:
            yield from self._config(text, depth)
            return
        yield text
        if kind in _REFUSED:
            yield Unknown(_REFUSED[kind])
        elif kind == _MESSAGE:
            yield from self._all(_parts(text.encode()), depth)
        elif kind == _ARCHIVE:
            yield from self._all(archived(text), depth)
        else:
            yield from self._all((("text/plain", one) for one in _base64_in(text)), depth)

    def _text(self, data: bytes, depth: int) -> str | Unknown:
        unpacked = _gunzipped(data, self._left) if depth <= _DEEPEST else _TOO_DEEP
        if isinstance(unpacked, Unknown):
            return unpacked
        # So that many empty parts, too, come to an end.
        self._left -= len(unpacked) + _PART
        if self._left < 0:
            return _TOO_BIG
        try:
            return unpacked.decode("utf-8")
        except UnicodeDecodeError:
            return Unknown("holds a part that is no text")

    def _config(self, text: str, depth: int) -> Iterator[str | Unknown]:
        for one in strings(text):
            if self._left < 0:
                yield _TOO_BIG
                return
            if isinstance(one, bytes):
                yield from self.texts(one, depth + 1)
                continue
            yield one
            if isinstance(one, str):
                self._left -= len(one)
                yield from self._all((("text/plain", new) for new in _base64_in(one)), depth)

    def _all(
        self, parts: Iterable[tuple[str, bytes] | Unknown], depth: int
    ) -> Iterator[str | Unknown]:
        for part in parts:
            if isinstance(part, Unknown):
                yield part
                continue
            if self._left < 0:
                yield _TOO_BIG
                return
            yield from self.texts(part[1], depth + 1, part[0])


def _kind(text: str) -> str:
    """Tell how cloud-init reads a text by its beginning."""
    if "mime-version:" in text[:_HEADERS].lower() or _MULTIPART.match(text):
        return _MESSAGE
    head = text.lstrip()[:_LONGEST_HEAD].lower()
    return next((kind for start, kind in _HEADS if head.startswith(start)), "")


def _base64_in(text: str) -> Iterator[bytes]:
    """Yield what a script decodes of its own text, as far as it stands there."""
    if not _DECODES.search(text):
        return
    for word in _BASE64.findall(text):
        data = from_base64(word)
        if data.startswith(_GZIP) or (data != word.encode() and _is_text(data)):
            yield data


def _is_text(data: bytes) -> bool:
    try:
        return data.decode("utf-8").replace("\n", "").replace("\t", "").isprintable()
    except UnicodeDecodeError:
        return False


def _gunzipped(data: bytes, most: int) -> bytes | Unknown:
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return stream.read(max(0, most) + 1)
    except (OSError, EOFError, zlib.error):
        return Unknown("holds a damaged gzip part")


def _parts(data: bytes) -> Iterator[tuple[str, bytes] | Unknown]:
    # Parts within parts each need a boundary, and take the parser time by their depth.
    if data.lower().count(b"boundary") > _MOST_NESTED:
        yield _TOO_DEEP
        return
    for part in email.message_from_bytes(data).walk():
        payload = part.get_payload(decode=True)
        if part.is_multipart() or not isinstance(payload, bytes) or payload == data:
            continue
        yield part.get_content_type(), payload
