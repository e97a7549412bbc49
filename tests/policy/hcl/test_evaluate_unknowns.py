"""What is not known yet stays a reference or turns unknown; nothing is guessed."""

import time

import pytest

from policy.hcl.configuration import read
from policy.hcl.evaluate import Scope, evaluate, evaluate_body
from policy.hcl.native import Parser
from policy.hcl.scope import Empty
from policy.hcl.types import convert
from policy.hcl.values import Encoded, Lazy, Reference, Text, Unknown, Value

A = Reference("aws_x.a", ("id",))
B = Reference("aws_x.b", ("id",))


class _Resource(Lazy):
    """A resource of which the plan knows the port alone."""

    def __init__(self, address: str) -> None:
        self._address = address

    def get(self, name: str) -> Value:
        return 443 if name == "port" else Reference(self._address, (name,))

    def whole(self) -> Value:
        return {"id": self.get("id"), "port": 443}


class _Plan(Scope):
    """`aws_x.a` and `aws_x.b`, `aws_x.two` by count, `aws_x.each` by for_each."""

    each = ("k", {"v": 1})
    count_index = 2
    workspace = "default"

    def variable(self, name: str) -> Value:
        known: dict[str, Value] = {"cidr": "10.0.0.0/8", "ports": [80, 443]}
        return known.get(name, Unknown(f"no {name}"))

    def local(self, name: str) -> Value:
        return [A, B, A] if name == "ids" else Unknown("later")

    def resource(self, mode: str, type: str, name: str) -> Value:  # noqa: A002
        if name == "two":
            return [_Resource("aws_x.two[0]"), _Resource("aws_x.two[1]")]
        if name == "each":
            return {"k": _Resource('aws_x.each["k"]')}
        return _Resource(f"{'data.' if mode == 'data' else ''}{type}.{name}")

    def module(self, name: str) -> Value:
        return {"out": [A], "name": name}


def worth(source: str) -> Value:
    return evaluate(Parser(source, "test").whole_expression(), _Plan())


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("aws_x.a.id", A),
        ("resource.aws_x.a.id", A),
        ("data.aws_x.a.id", Reference("data.aws_x.a", ("id",))),
        ("aws_x.a.port", 443),
        ('aws_x.a.net[0]["x"].y', Reference("aws_x.a", ("net", 0, "x", "y"))),
        ("aws_x.two[1].id", Reference("aws_x.two[1]", ("id",))),
        ("aws_x.two[*].port", [443, 443]),
        ("aws_x.two.*.id[0]", Reference("aws_x.two[0]", ("id",))),
        ("aws_x.a[*].id", [A]),
        ("values(aws_x.each)[*].port", [443]),
        ("[for k, v in aws_x.each : v.id]", [Reference('aws_x.each["k"]', ("id",))]),
        ("module.m.out[0]", A),
        ("[each.key, each.value.v, count.index, terraform.workspace]", ["k", 1, 2, "default"]),
        ('concat([aws_x.a.id], ["sg-1"])', [A, "sg-1"]),
        ("flatten([[aws_x.a.id], [[aws_x.b.id]]])", [A, B]),
        ("toset(local.ids)", [A, B]),
        ("distinct(local.ids)", [A, B]),
        ("merge({ a = aws_x.a.id }, { b = 1 })", {"a": A, "b": 1}),
        ('"${aws_x.a.arn}/*"', Text((Reference("aws_x.a", ("arn",)), "/*"))),
        ('"${"${aws_x.a.id}-"}${1}"', Text((A, "-1"))),
        ('join(",", [aws_x.a.id, "b"])', Text((A, ",b"))),
        ('format("%s:%d", aws_x.a.id, 80)', Text((A, ":80"))),
        ('trimspace(" x${aws_x.a.id} y\\n")', Text(("x", A, " y"))),
        ("jsonencode({ a = aws_x.a.id })", Encoded("jsonencode", {"a": A})),
        ("jsondecode(jsonencode({ a = aws_x.a.id })).a", A),
        ('base64encode("x${aws_x.a.id}")', Encoded("base64encode", Text(("x", A)))),
        ('base64gzip("x")', Encoded("base64gzip", "x")),
        ("aws_x.a.id == aws_x.a.id", True),
        ("aws_x.a.id == null", False),
        ("aws_x.a.arn != null", True),
        ("aws_x.a == null", False),
        ('"x${aws_x.a.id}" == ""', False),
        ("true ? aws_x.a.id : null", A),
        ("local.later ? aws_x.a.id : aws_x.a.id", A),
        ('coalesce(null, aws_x.a.id, "b")', A),
        ('compact([aws_x.a.id, ""])', [A]),
        ("try(aws_x.two[5].id, aws_x.a.id)", A),
        ('lookup({ a = aws_x.a.id }, "a", "b")', A),
        ("contains(var.ports, 443)", True),
        ("one([aws_x.a.id])", A),
        ("length([aws_x.a.id, local.later])", 2),
        ('[for v in [local.later, "b"] : "x"]', ["x", "x"]),
        ("keys({ a = local.later })", ["a"]),
        ("nonsensitive(aws_x.a.id)", A),
    ],
)
def test_what_is_certain_beside_what_is_not(source: str, value: Value) -> None:
    assert worth(source) == value


@pytest.mark.parametrize(
    "source",
    [
        "aws_x.a.id == aws_x.b.id",
        "aws_x.a.name == null",
        "data.aws_x.a.id == null",
        'aws_x.a.id == "x"',
        "local.later && false",
        "true || local.later",
        "local.later ? 1 : 2",
        "[for v in [1, 2] : v if local.later]",
        "{ for v in [1] : local.later => v }",
        "aws_x.a.list[*].id",
        "[for v in aws_x.a.list : v]",
        "length(aws_x.a.list)",
        "length(toset(local.ids))",
        "length(distinct(local.ids))",
        "tolist(toset(local.ids))[0]",
        "sort(local.ids)[0]",
        "element(sort(local.ids), 0)",
        'join(",", toset(local.ids))',
        "flatten([aws_x.a.security_groups])",
        "coalesce(aws_x.a.name, 1)",
        "compact([aws_x.a.name])",
        'try(aws_x.a.list[0].x, "0.0.0.0/0")',
        "can(aws_x.a.list[0])",
        'try(local.later, "x")',
        'try(upper(aws_x.a.id), "x")',
        "contains([aws_x.a.id], aws_x.b.id)",
        "true ? 80 : aws_x.a.name",
        "setsubtract(local.ids, [aws_x.a.id])",
        "path.module",
        "self.id",
        "aws_x",
        "var.none",
        'templatefile("x", {})',
        "provider::aws::arn_parse(1)",
        "{}.x",
        "1 + null",
        "pow(9, 99999999)",
        'format("%99999d", 1)',
        'replace(var.cidr, "/(a|a)*$/", "")',
        'join("", [for a in range(1000) : join("", [for b in range(1000) : "aaaaaaaaaa"])])',
        "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : 1]]]",
        "setproduct(range(1000), range(1000), range(1000))",
    ],
)
def test_what_is_not_certain_is_unknown_and_says_why(source: str) -> None:
    started = time.monotonic()
    value = worth(source)
    assert isinstance(value, Unknown)
    assert value.why
    assert time.monotonic() - started < 5


class _Local(Empty):
    """Every local is the one value."""

    def __init__(self, value: Value) -> None:
        self._value = value

    def local(self, name: str) -> Value:  # noqa: ARG002 # the scope's signature
        return self._value


def test_doubling_values_end_at_the_bound() -> None:
    class Doubling(Empty):
        def local(self, name: str) -> Value:
            depth = int(name[1:])
            if depth == 0:
                return "0123456789"
            inner = self.local(f"a{depth - 1}")
            pair = Parser("[for v in [1, 2] : local.a]", "test").whole_expression()
            return evaluate(pair, _Local(inner))

    assert isinstance(Doubling().local("a40"), Unknown)


def test_endless_recursion_of_the_scope_is_unknown() -> None:
    class Circle(Empty):
        def local(self, name: str) -> Value:
            return evaluate(Parser(f"[local.{name}]", "test").whole_expression(), self)

    value = evaluate(Parser("local.a", "test").whole_expression(), Circle())
    while isinstance(value, list):
        value = value[0]
    assert isinstance(value, Unknown)


def body_worth(source: str) -> dict[str, Value]:
    files = {"modules.json": b'[{"Key": "", "Dir": "."}]', "m-/main.tf": source.encode()}
    block = read(files).modules[""].resources["managed", "aws_x", "a"]
    return evaluate_body(block.body, _Plan(), {"rule"})


def test_a_dynamic_block_over_an_unknown_is_unknown_as_a_whole() -> None:
    found = body_worth("""
    resource "aws_x" "a" {
      name = local.later
      rule { port = 1 }
      dynamic "rule" {
        for_each = local.later
        content { port = rule.value }
      }
    }
    """)
    assert isinstance(found["rule"], Unknown)
    assert isinstance(found["name"], Unknown)


def test_dynamic_blocks_nest() -> None:
    found = body_worth("""
    resource "aws_x" "a" {
      dynamic "rule" {
        for_each = ["a", "b"]
        content {
          name = rule.value
          dynamic "port" {
            for_each = toset([aws_x.b.id])
            iterator = it
            content { of = "${rule.key}${it.value}" }
          }
        }
      }
    }
    """)
    assert found == {
        "rule": [
            {"name": name, "port": [{"of": Text((str(at), B))}]} for at, name in enumerate("ab")
        ]
    }


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("string", "443", "443"),
        ("number", '"443"', 443),
        ("list(string)", "[1, true]", ["1", "true"]),
        ("set(string)", '["b", "a", "b"]', ["a", "b"]),
        ("map(number)", '{ a = "1" }', {"a": 1}),
        ("list(any)", '["a", 1]', ["a", "1"]),
        ("any", '["a", 1]', ["a", 1]),
        ("tuple([string, number])", '[1, "2"]', ["1", 2]),
        ("object({ a = string })", "{ a = 1, b = 2 }", {"a": "1"}),
        ("object({ a = optional(string) })", "{}", {"a": None}),
        ("object({ a = optional(number, 5) })", "{ a = null }", {"a": 5}),
        (
            "map(object({ p = optional(list(object({ q = optional(bool, true) })), [{}]) }))",
            "{ x = {} }",
            {"x": {"p": [{"q": True}]}},
        ),
        ("list(string)", "[aws_x.a.id]", [A]),
        ("object({ id = string, port = string })", "aws_x.a", {"id": A, "port": "443"}),
        ("string", "null", None),
        ("set(string)", "local.ids", [A, B]),
    ],
)
def test_a_variable_s_type_converts_its_value(kind: str, given: str, value: Value) -> None:
    assert convert(worth(given), Parser(kind, "type").whole_expression()) == value


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("number", '"x"'),
        ("list(string)", '"x"'),
        ("object({ a = string })", "{}"),
        ("object({ a = optional(string, 5) })", "{ a = aws_x.a.name }.a"),
        ("nonsense(string)", "1"),
        ("bool", '"${aws_x.a.id}-"'),
    ],
)
def test_a_value_that_does_not_fit_is_unknown(kind: str, given: str) -> None:
    found = convert(worth(given), Parser(kind, "type").whole_expression())
    assert isinstance(found, Unknown | Reference)
