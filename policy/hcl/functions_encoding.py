"""Functions that write values as text and read them back, and digests."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote_plus

import yaml

from policy.hcl.conversion import doubt, pending, reject, to_text
from policy.hcl.encoded_text import json_text, yaml_text
from policy.hcl.functions_text import string
from policy.hcl.scanner import number
from policy.hcl.template import normal
from policy.hcl.values import Encoded, Unknown, Value, certain

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST = 100


def _encode(function: str, write: Callable[[Value], str]) -> Callable[[list[Value]], Value]:
    def encode(arguments: list[Value]) -> Value:
        (value,) = arguments
        if isinstance(value, Unknown):
            return value
        return write(value) if certain(value) else Encoded(function, value)

    return encode


def _base64encode(arguments: list[Value]) -> Value:
    (value,) = arguments
    text = to_text(value)
    if isinstance(text, str):
        return base64.b64encode(text.encode()).decode()
    if text is None or isinstance(text, Unknown):
        return text if isinstance(text, Unknown) else reject("an argument is null")
    return Encoded("base64encode", text)


def _base64gzip(arguments: list[Value]) -> Value:
    # Go's compressor picks the bytes, so even a known text stays readable instead.
    (value,) = arguments
    text = to_text(value)
    if text is None or isinstance(text, Unknown):
        return text if isinstance(text, Unknown) else reject("an argument is null")
    return Encoded("base64gzip", text)


def _base64decode(arguments: list[Value]) -> Value:
    (value,) = arguments
    if isinstance(value, Encoded) and value.function == "base64encode":
        return value.content
    if (unknown := pending([value], "base64decode")) is not None:
        return unknown
    try:
        return normal(base64.b64decode(string(value), validate=True).decode())
    except (binascii.Error, ValueError):
        doubt("whether this is base64 is not certain")


def _jsondecode(arguments: list[Value]) -> Value:
    (value,) = arguments
    if isinstance(value, Encoded) and value.function == "jsonencode":
        return value.content
    if (unknown := pending([value], "jsondecode")) is not None:
        return unknown

    def exact(digits: str) -> int | float:
        found = number(digits)
        return found if found is not None else doubt("a number is too long to be exact")

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            doubt("an object has a key twice")
        return {normal(key): item for key, item in pairs}

    def strange(_: str) -> NoReturn:
        reject("it is no JSON")

    text = string(value)
    if "\\ud" in text.lower():
        doubt("escaped surrogates are not modelled")
    try:
        found = json.loads(
            text,
            parse_int=exact,
            parse_float=exact,
            object_pairs_hook=build,
            parse_constant=strange,
        )
    except json.JSONDecodeError:
        reject("it is no JSON")
    return _normal(found)


def _normal(value: Value, depth: int = 0) -> Value:
    if depth > DEEPEST:
        doubt("it is nested too deeply")
    if isinstance(value, list):
        return [_normal(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _normal(item, depth + 1) for key, item in value.items()}
    return normal(value) if isinstance(value, str) else value


def _yamldecode(arguments: list[Value]) -> Value:
    (value,) = arguments
    if isinstance(value, Encoded) and value.function == "yamlencode":
        return value.content
    if (unknown := pending([value], "yamldecode")) is not None:
        return unknown
    try:
        events = list(yaml.parse(string(value), Loader=yaml.SafeLoader))
        if any(isinstance(event, yaml.AliasEvent) for event in events):
            doubt("aliases in YAML are not modelled")
        node = yaml.compose(string(value), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        doubt("this YAML is not modelled")
    return _yaml_value(node)


def _yaml_value(node: yaml.Node | None, depth: int = 0) -> Value:
    if depth > DEEPEST:
        doubt("it is nested too deeply")
    if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
        return [_yaml_value(item, depth + 1) for item in node.value]
    if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
        found: dict[str, Value] = {}
        for key_node, item in node.value:
            key = _yaml_value(key_node, depth + 1)
            if not isinstance(key, str) or key in found or key == "<<":
                doubt("this key in YAML is not modelled")
            found[key] = _yaml_value(item, depth + 1)
        return found
    if not isinstance(node, yaml.ScalarNode) or not node.tag.startswith("tag:yaml.org,2002:"):
        return doubt("this YAML is not modelled")
    return _yaml_scalar(node)


def _yaml_scalar(node: yaml.ScalarNode) -> Value:
    text = str(node.value)
    if node.style in {"'", '"', "|", ">"}:
        return normal(text)
    if text in {"null", "~", ""}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0"):
        return number(text)
    # YAML 1.1 and 1.2 differ about `yes`, dates, octal and the like: only plain words are taken.
    if node.tag != "tag:yaml.org,2002:str" or text.lower() in {"y", "n", "on", "off", "yes", "no"}:
        doubt("this word in YAML is not modelled")
    if not text[0].isalpha() and text[0] not in "/_":
        doubt("this word in YAML is not modelled")
    return normal(text)


def _urlencode(value: Value) -> Value:
    return quote_plus(string(value))


def _digest(name: str, *, encode: bool = False) -> Callable[[Value], Value]:
    def digest(value: Value) -> Value:
        found = hashlib.new(name, string(value).encode())
        return base64.b64encode(found.digest()).decode() if encode else found.hexdigest()

    return digest


KNOWN: dict[str, Callable[..., Value]] = {
    "base64sha256": _digest("sha256", encode=True),
    "base64sha512": _digest("sha512", encode=True),
    "md5": _digest("md5"),
    "sha1": _digest("sha1"),
    "sha256": _digest("sha256"),
    "sha512": _digest("sha512"),
    "urlencode": _urlencode,
}

ANY: dict[str, Callable[[list[Value]], Value]] = {
    "base64decode": _base64decode,
    "base64encode": _base64encode,
    "base64gzip": _base64gzip,
    "jsondecode": _jsondecode,
    "jsonencode": _encode("jsonencode", json_text),
    "yamldecode": _yamldecode,
    "yamlencode": _encode("yamlencode", yaml_text),
}
