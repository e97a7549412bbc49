"""IAM policy documents, as text, as `jsonencode`, or as the data source that writes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Encoded, Reference, Text, Unknown, Value

if TYPE_CHECKING:
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

_DATA: Final = "aws_iam_policy_document"
_MOST: Final = 1 << 20
_DEEPEST: Final = 8
_JSON: Final = ("json", "minified_json")
_JOINED: Final = (
    "source_policy_documents",
    "override_policy_documents",
    "source_json",
    "override_json",
)


@dataclass(frozen=True)
class Statement:
    """One statement, its parts as lists.

    Attributes:
        allow: Whether it allows; a Deny never opens anything.
        principals: Pairs of kind ("AWS", "Service", "*", …) and name.
        inverted: Whether it speaks of everybody but the principals.
        conditions: Operator, key in lower case, and values.
    """

    allow: bool
    principals: tuple[tuple[str, Value], ...]
    inverted: bool
    conditions: tuple[tuple[str, str, tuple[Value, ...]], ...]


def statements(  # noqa: PLR0911 (a form, a return)
    plan: Plan, value: Value, depth: int = 0
) -> list[Statement] | Unknown:
    """Read a policy document's statements; `Unknown` where they cannot be told.

    Args:
        plan: Where the documents of data sources are looked up.
        value: The document: text, `jsonencode`, or a data source's `json`.
        depth: How many documents this one was joined into.
    """
    if isinstance(value, Reference):
        resource = plan.at(value.address)
        if resource is None or resource.type != _DATA or value.attribute not in _JSON:
            return Unknown(f"is {value}, known only after the apply")
        if depth > _DEEPEST:
            return Unknown("is joined from too many documents")
        return _of_data(plan, resource, depth)
    if isinstance(value, Encoded) and value.function == "jsonencode":
        return _of_document(value.content)
    if isinstance(value, Text):
        # A reference inside a quoted string of JSON: its place is kept by a name of its own.
        holes: dict[str, Value] = {}
        text = ""
        for part in value.parts:
            if isinstance(part, str):
                text += part
            else:
                name = f"\ufffd{len(holes)}\ufffd"
                holes[name] = part
                text += name
        return _of_document(_filled(_parsed(text), holes))
    if isinstance(value, str):
        return _of_document(_parsed(value))
    return value if isinstance(value, Unknown) else Unknown("is no policy document")


def _parsed(text: str) -> Any:
    if len(text) > _MOST:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _filled(document: Any, holes: dict[str, Value]) -> Any:
    """Put unknown parts back where the text had them, whole strings as themselves."""
    if isinstance(document, dict):
        return {key: _filled(one, holes) for key, one in document.items()}
    if isinstance(document, list):
        return [_filled(one, holes) for one in document]
    if isinstance(document, str) and "\ufffd" in document:
        if document in holes:
            return holes[document]
        parts: list[Any] = []
        for index, piece in enumerate(document.split("\ufffd")):
            known = holes.get(f"\ufffd{piece}\ufffd") if index % 2 else None
            if known is not None or piece:
                parts.append(piece if known is None else known)
        return Text(tuple(parts))
    return document


def _of_document(document: Any) -> list[Statement] | Unknown:
    if not isinstance(document, dict):
        return Unknown("is no policy document that can be read")
    written = document.get("Statement")
    entries = written if isinstance(written, list) else [written]
    found: list[Statement] = []
    for one in entries:
        if not isinstance(one, dict) or not isinstance(one.get("Effect"), str):
            return Unknown("holds a statement that cannot be told")
        inverted = "NotPrincipal" in one
        principal = one.get("NotPrincipal" if inverted else "Principal")
        named = _principals(principal)
        conditions = _conditions(one.get("Condition"))
        if named is None or conditions is None:
            return Unknown("holds a statement that cannot be told")
        allow = one["Effect"].lower() != "deny"
        found.append(Statement(allow, named, inverted, conditions))
    return found


def _principals(value: Any) -> tuple[tuple[str, Value], ...] | None:
    if value is None:
        return ()
    if isinstance(value, str):
        return (("*" if value == "*" else "AWS", value),)
    if not isinstance(value, dict):
        return None
    return tuple(
        (str(kind), one)
        for kind, names in value.items()
        for one in (names if isinstance(names, list) else [names])
    )


def _conditions(value: Any) -> tuple[tuple[str, str, tuple[Value, ...]], ...] | None:
    if value is None:
        return ()
    if not isinstance(value, dict):
        return None
    found: list[tuple[str, str, tuple[Value, ...]]] = []
    for operator, keys in value.items():
        if not isinstance(keys, dict):
            return None
        for key, wanted in keys.items():
            listed = tuple(wanted) if isinstance(wanted, list) else (wanted,)
            found.append((str(operator), str(key).lower(), listed))
    return tuple(found)


def _of_data(plan: Plan, resource: Resource, depth: int) -> list[Statement] | Unknown:
    found: list[Statement] = []
    # All together: an override takes statements away, which opens nothing.
    for name in _JOINED:
        value = plan.value(resource, name)
        for one in value if isinstance(value, list) else [value]:
            if one in (None, ""):
                continue
            joined = statements(plan, one, depth + 1)
            if isinstance(joined, Unknown):
                return joined
            found += joined
    blocks = plan.blocks(resource, "statement")
    if isinstance(blocks, Unknown):
        return blocks
    for block in blocks:
        effect = block.get("effect")
        inverted = bool(_listed(block.get("not_principals")))
        principals: list[tuple[str, Value]] = []
        for group in _listed(block.get("not_principals" if inverted else "principals")):
            names = group.get("identifiers")
            principals += [
                (str(group.get("type")), one)
                for one in (names if isinstance(names, list) else [names])
            ]
        conditions = tuple(
            (
                str(one.get("test")),
                str(one.get("variable")).lower(),
                tuple(values if isinstance(values := one.get("values"), list) else [values]),
            )
            for one in _listed(block.get("condition"))
        )
        allow = str(effect or "Allow").lower() != "deny"
        found.append(Statement(allow, tuple(principals), inverted, conditions))
    return found


def _listed(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value]
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
