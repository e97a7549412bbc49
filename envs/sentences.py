"""Turns what pydantic finds wrong into the end of a sentence about the setting."""

from __future__ import annotations

import difflib
import types
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from envs.checks import FAULT
from envs.problems import EnvironmentFileError, Problem, literal, nearest
from envs.schema import FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import BaseModel, ValidationError

    from envs.hcl import Path

_KINDS = {
    "string_type": "text in double quotes",
    "int_type": "a whole number without quotes",
    "bool_type": "true or false, without quotes",
    "list_type": "a list in brackets",
    "model_type": "an object in braces",
}
_MOST = 50
"""How many problems are told of one file; a file that has more is no variable file."""

_LIMITS = ("ge", "le", "min_length", "max_length")


def explain(
    error: ValidationError, model: type[BaseModel], file: str, lines: Mapping[Path, int]
) -> EnvironmentFileError:
    """Turn pydantic's errors into one sentence each.

    Args:
        error: what pydantic found.
        model: the schema that it found it with.
        file: the file's name, as sentences write it.
        lines: where each value stands in the file.
    """
    problems = [
        Problem(file, fault, _line(lines, path), key_text(path), value)
        for path, value, fault in islice(_faults(error, model), _MOST)
    ]
    return EnvironmentFileError(*sorted(problems, key=lambda problem: problem.line or 0))


def _faults(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Path, str, str]]:
    for item in error.errors(include_url=False):
        path, context, value = item["loc"], item.get("ctx", {}), item["input"]
        match item["type"]:
            case "extra_forbidden":
                hint = nearest(str(path[-1]), _rule(model, path[:-1]).settings)
                yield path, "", f"is no setting{hint}; remove or rename it"
            case "missing":
                yield path, "", _missing(str(path[-1]), _rule(model, path))
            case kind if kind == FAULTS:
                for name, fault in context[FAULTS]:
                    yield (name,), literal(value.get(name)) if name in value else "", fault
            case kind if kind == FAULT:
                yield path, literal(value), context["fault"]
            case kind:
                yield path, literal(value), _fault(kind, value, context, _rule(model, path))


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the schema says about the value at a path."""

    annotation: Any
    metadata: tuple[Any, ...] = ()
    description: str = ""
    examples: tuple[Any, ...] = ()

    @property
    def settings(self) -> tuple[str, ...]:
        """The names that an object takes."""
        return tuple(self.annotation.model_fields)

    @property
    def limits(self) -> dict[str, int]:
        return {
            limit: getattr(rule, limit)
            for rule in self.metadata
            for limit in _LIMITS
            if hasattr(rule, limit)
        }


def _rule(model: type[BaseModel], path: Path) -> _Rule:
    rule = _Rule(model)
    for step in path:
        if isinstance(step, int):
            rule = _unwrapped(_Rule(get_args(rule.annotation)[0]))
        else:
            rule = _unwrapped(_of_field(rule.annotation.model_fields[step]))
    return rule


def _of_field(field: FieldInfo) -> _Rule:
    return _Rule(
        field.annotation,
        tuple(field.metadata),
        field.description or "",
        tuple(field.examples or ()),
    )


def _unwrapped(rule: _Rule) -> _Rule:
    """The rule about a value that is there: without Annotated and without `| None`."""
    annotation, metadata, examples = rule.annotation, rule.metadata, rule.examples
    if get_origin(annotation) in {Union, types.UnionType}:
        annotation = next(a for a in get_args(annotation) if a is not types.NoneType)
    if get_origin(annotation) is Annotated:
        annotation, *extra = get_args(annotation)
        for item in extra:
            if isinstance(item, FieldInfo):
                metadata = (*metadata, *item.metadata)
                examples = (*examples, *(item.examples or ()))
    return _Rule(annotation, metadata, rule.description, examples)


def _missing(name: str, rule: _Rule) -> str:
    example = literal(rule.examples[0]) if rule.examples else "..."
    return f"is missing; add {name} = {example} ({_about(rule)})"


def _fault(kind: str, value: Any, context: Mapping[str, Any], rule: _Rule) -> str:
    limits = rule.limits
    match kind:
        case "greater_than_equal" | "less_than_equal":
            return f"is out of range; write {limits['ge']} to {limits['le']}{_because(rule)}"
        case "too_short" | "too_long":
            least, most = limits.get("min_length", 0), limits["max_length"]
            return f"has {len(value)} of them; write {least} to {most}{_because(rule)}"
        case "string_too_long":
            return f"has {len(value)} characters; write at most {context['max_length']}"
        case "string_pattern_mismatch":
            example = literal(rule.examples[0])
            return f"is not in the form needed; write one such as {example}{_because(rule)}"
        case "literal_error":
            return f"is not allowed; write {_choice(value, get_args(rule.annotation))}"
        case _:
            return (
                f"is of the wrong type; write {_typed(_KINDS[kind], value, kind)}{_because(rule)}"
            )


def _typed(what: str, value: Any, kind: str) -> str:
    """What to write instead, with the value itself where it only lacks or has quotes."""
    if kind == "string_type" and isinstance(value, int) and not isinstance(value, bool):
        return f'{what}, "{value}"'
    if kind == "int_type" and isinstance(value, str) and value.isascii() and value.isdigit():
        return f"{what}, {literal(int(value[:40]))}"
    if kind == "bool_type" and value in ("true", "false"):  # a list has no hash, so no set
        return f"{value} without quotes"
    return what


def _choice(value: Any, choices: tuple[Any, ...]) -> str:
    if len(choices) <= 5:
        *most, last = map(literal, choices)
        return f"{', '.join(most)} or {last}" if most else last
    if all(isinstance(choice, int) for choice in choices):
        numbers = ", ".join(map(literal, choices))
        return f"one of {numbers}"
    similar = difflib.get_close_matches(str(value)[:40], map(str, choices), n=3) or choices[:3]
    return f"one such as {', '.join(map(literal, similar))}"


def _about(rule: _Rule) -> str:
    text = rule.description.removesuffix(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _because(rule: _Rule) -> str:
    return f" ({_about(rule)})" if rule.description else ""


def key_text(path: Path) -> str:
    """A setting as sentences write it: vpn_cidrs[0], office_hours.time_zone."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")


def _line(lines: Mapping[Path, int], path: Path) -> int | None:
    """The line of a value, or of the nearest thing around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)
