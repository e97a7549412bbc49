"""Python and Terraform refuse the same values: every rule of the schema, asked in both."""

import json
import random
import re
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from envs.checks import Check
from envs.office_hours import OfficeHours
from envs.schema import Environment

Evaluate = Callable[[list[str]], list[Any]]
FIELDS = Environment.model_fields | OfficeHours.model_fields

HERE = Path(__file__).parent
RANGES: list[str] = [*map(json.loads, (HERE / "ranges.txt").read_text().splitlines())]
TEXTS: list[str] = [*map(json.loads, (HERE / "texts.txt").read_text().splitlines())]


def rules(annotation: Any, metadata: list[Any]) -> Iterator[str]:
    """The HCL conditions that the schema holds for a value, with `value` in its place."""
    for item in metadata:
        if isinstance(item, Check):
            yield item.condition
        elif isinstance(item, FieldInfo):
            yield from rules(item.annotation, item.metadata)
        elif pattern := getattr(item, "pattern", None):
            yield f"can(regex({json.dumps(pattern)}, value))"
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from rules(inner, more)
    elif get_origin(annotation) is list:
        each = " && ".join(rules(get_args(annotation)[0], [])) or "true"
        yield f"alltrue([for element in value : {of(each, 'element')}])"


def of(condition: str, subject: str) -> str:
    return re.sub(r"\bvalue\b", lambda _: subject, condition)


def literal(value: Any) -> str:
    """A value in HCL."""
    return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def taken(field: FieldInfo, value: Any) -> bool:
    kind: Any = Annotated
    adapter: TypeAdapter[Any] = TypeAdapter(kind[field.annotation, *field.metadata])
    try:
        adapter.validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


def disagreements(evaluate: Evaluate, field: FieldInfo, values: list[Any]) -> list[Any]:
    condition = " && ".join(f"({rule})" for rule in rules(field.annotation, field.metadata))
    answers = evaluate([of(condition, literal(value)) for value in values])
    return [v for v, terraform in zip(values, answers, strict=True) if taken(field, v) != terraform]


def is_text(field: FieldInfo) -> bool:
    """Whether a field is text with a rule that both languages can ask of any text."""
    kinds = {str, types.NoneType}
    bare = get_args(field.annotation) if get_origin(field.annotation) in UNIONS else ()
    return bool(list(rules(None, field.metadata))) and {*(bare or (field.annotation,))} <= kinds


UNIONS = {Union, types.UnionType}
TEXT_FIELDS = sorted(name for name, field in FIELDS.items() if is_text(field))
RANGE_LISTS = ["ui_allowed_cidrs", "vpn_cidrs"]


def test_every_kind_of_text_is_asked() -> None:
    assert {"domain_name", "vpc_cidr", "start_cron", "alarm_email", "image_id"} <= {*TEXT_FIELDS}


@pytest.mark.parametrize("name", TEXT_FIELDS)
def test_texts(evaluate: Evaluate, name: str) -> None:
    field = FIELDS[name]
    most = min([m for rule in field.metadata if (m := getattr(rule, "max_length", None))] or [999])
    values = [text for text in [*TEXTS, *RANGES, *(field.examples or [])] if len(text) <= most]
    assert any(taken(field, value) for value in values)
    assert disagreements(evaluate, field, values) == []


@pytest.mark.parametrize("name", RANGE_LISTS)
def test_ranges(evaluate: Evaluate, name: str) -> None:
    assert disagreements(evaluate, FIELDS[name], [[value] for value in RANGES]) == []


@pytest.mark.parametrize("name", RANGE_LISTS)
def test_random_ranges(evaluate: Evaluate, name: str) -> None:
    chance = random.Random(11)  # noqa: S311  not for secrecy
    values = [[random_range(chance)] for _ in range(400)]
    assert disagreements(evaluate, FIELDS[name], values) == []


def random_range(chance: random.Random) -> str:
    length = chance.randint(0, 32)
    if chance.random() < 0.5:
        address = chance.getrandbits(32) >> (32 - length) << (32 - length)
        return ".".join(str(address >> shift & 255) for shift in (24, 16, 8, 0)) + f"/{length}"
    groups = [chance.choice(["2001", "fd00", "fc12", "fe80", "db8", "0", "2a00"]) for _ in range(2)]
    return f"{groups[0]}:{groups[1]}::/{chance.choice([length, 16, 31, 32, 48])}"


LISTS = [
    ["10.8.0.0/16", "10.8.0.0/16"],
    ["10.8.0.0/16", "10.8.4.0/24"],
    ["10.8.0.0/16", "10.9.0.0/16"],
    ["10.0.0.0/8", "11.0.0.0/8"],
    ["10.0.0.0/8", "11.0.0.0/9", "11.128.0.0/9"],
    ["10.0.0.0/8", "11.0.0.0/9", "11.128.0.0/10"],
    ["8.0.0.0/8"],
    ["8.0.0.0/8", "203.0.113.0/24"],
    ["8.0.0.0/9", "12.0.0.0/9"],
    ["8.0.0.0/9", "12.0.0.0/9", "203.0.113.7/32"],
    ["2001:db8::/32", "2001:db9::/32"],
    ["2001:db8::/33", "2001:db8:8000::/33", "2001:db9::/33", "2001:db9:8000::/33"],
    ["2001:db8::/33", "2001:db8:8000::/33", "2001:db9::/33"],
    ["2001:db8::/32", "2001:dba::/32"],
    ["fc00::/8", "fd00::/8"],
    ["fd00::/8", "10.0.0.0/8", "2001:db8::/32", "172.16.0.0/12"],
    ["0.0.0.0/1", "128.0.0.0/1"],
    ["::/1", "8000::/1"],
    [f"{first}.0.0.0/8" for first in range(2, 52)],
    [f"{first}.0.0.0/8" for first in range(1, 99, 2)],
]


@pytest.mark.parametrize("name", RANGE_LISTS)
def test_lists_of_ranges(evaluate: Evaluate, name: str) -> None:
    assert disagreements(evaluate, FIELDS[name], LISTS) == []


@pytest.mark.parametrize(
    ("name", "lists"),
    [
        ("zones", [["eu-west-1a", "eu-west-1a"], ["eu-west-1a", "eu-west-1b"], ["a", "b"]]),
        ("instance_type_overrides", [[], ["g5.xlarge"], ["g5.xlarge", "g5.xlarge"], ["t3.nano"]]),
    ],
)
def test_other_lists(evaluate: Evaluate, name: str, lists: list[list[str]]) -> None:
    assert disagreements(evaluate, FIELDS[name], lists) == []


CHANGES: list[dict[str, Any]] = [
    {},
    {"zones": ["eu-west-1a", "eu-west-2b"]},
    {"region": "eu-west-2"},
    {"region": "us-east-1", "zones": ["us-east-1a", "us-east-1f"]},
    {"vpn_cidrs": ["10.20.3.0/24"]},
    {"vpn_cidrs": ["10.8.0.0/16", "10.0.0.0/8"]},
    {"vpn_cidrs": ["10.21.0.0/16", "2001:db8::/32"]},
    {"transit_gateway_id": "tgw-01234567"},
    {"vpn_gateway_enabled": True},
    {"vpn_gateway_enabled": True, "vpn_cidrs": ["10.21.0.0/16", "2001:db8::/32"]},
    {"transit_gateway_id": "tgw-01234567", "vpn_gateway_enabled": True},
    {"api_domain_name": "translate.example.com"},
    {"api_domain_name": "api.example.com"},
    {"capacity": "mixed_instances"},
    {"capacity": "mixed_instances", "instance_type_overrides": ["g5.xlarge"]},
    {"capacity": "mixed_instances", "instance_type_overrides": ["g4dn.xlarge"]},
    {"capacity": "mixed_instances", "instance_type_overrides": ["g5.xlarge"], "warm_pool_size": 1},
    {"instance_type_overrides": ["g5.xlarge"]},
    {"capacity": "warm_pool"},
    {"capacity": "warm_pool", "warm_pool_size": 1},
    {"warm_pool_size": 1},
    {"min_size": 2},
    {"min_size": 3, "desired_size": 3},
    {"desired_size": 3},
    {"desired_size": 0, "min_size": 0},
    {"requests_in_flight": 1, "parallel_requests": 2, "requests_in_flight_per_client": 1},
    {"requests_in_flight": 4, "requests_in_flight_per_client": 5},
    {"office_hours": {"start_cron": "0 7 * * *", "stop_cron": "0 7 * * *", "time_zone": "UTC"}},
    {"office_hours": {"start_cron": "0 7 * * *", "stop_cron": "0 8 * * *", "time_zone": "UTC"}},
]


def environment(settings: dict[str, Any]) -> Environment:
    """An environment that nobody has checked yet."""
    hours = settings.get("office_hours")
    typed: dict[str, Any] = settings | {"office_hours": OfficeHours(**hours) if hours else None}
    return Environment.model_construct(None, **typed)


def test_relations(evaluate: Evaluate, smallest: dict[str, Any]) -> None:
    environments = [environment(smallest | change) for change in CHANGES]
    pairs = [(env, check) for env in environments for check in Environment.cross_checks]
    answers = evaluate([written(check.condition, env.model_dump()) for env, check in pairs])
    assert answers == [check.find(env) is None for env, check in pairs]


def test_every_relation_is_broken_once(smallest: dict[str, Any]) -> None:
    environments = [environment(smallest | change) for change in CHANGES]
    for check in Environment.cross_checks:
        assert any(check.find(env) for env in environments), check.condition


def written(condition: str, settings: dict[str, Any]) -> str:
    """A condition with every `var.<field>` replaced by the field's value."""
    return re.sub(r"\bvar[.](\w+)", lambda match: f"({literal(settings[match[1]])})", condition)


def test_conditions_survive_json_and_cdktf() -> None:
    everything = [rule for f in FIELDS.values() for rule in rules(f.annotation, f.metadata)]
    everything += [check.condition for check in Environment.cross_checks]
    assert not [rule for rule in everything if "${" in rule or "%{" in rule or "\\" in rule]
