"""Files below `tfconfig/` become modules, in either syntax, with overrides merged."""

import contextlib
import json

import pytest

from policy.hcl.configuration import Configuration, ConfigurationError, Module, read
from policy.hcl.evaluate import evaluate, evaluate_body
from policy.hcl.scope import Empty

NATIVE = """
variable "port" {
  type     = number
  default  = 443
  nullable = false
}
locals {
  names = ["a", "b"]
}
output "first" {
  value = local.names[0]
}
module "edge" {
  source = "./edge"
  count  = 2
  cidr   = "10.${1 + 1}.0.0/16"
}
data "aws_region" "here" {}
resource "aws_security_group" "alb" {
  for_each    = toset(["x"])
  description = "line\\n$${kept}"
  ingress {
    from_port = 443
    to_port   = 443
  }
  dynamic "ingress" {
    for_each = { b = 80, a = 22 }
    iterator = rule
    content {
      from_port = rule.value
      to_port   = "${rule.key}-${rule.value}"
    }
  }
  lifecycle {
    ignore_changes = [ingress, tags["a"]]
  }
  provisioner "local-exec" {
    command = "true"
  }
}
removed {
  from = aws_instance.old
  lifecycle {
    destroy = false
  }
}
"""

JSON = {
    "//": "a comment",
    "variable": {"port": {"type": "number", "default": 443, "nullable": False}},
    "locals": {"names": ["a", "b"]},
    "output": {"first": {"value": "${local.names[0]}"}},
    "module": {"edge": [{"source": "./edge", "count": 2, "cidr": "10.${1 + 1}.0.0/16"}]},
    "data": {"aws_region": {"here": {}}},
    "resource": [
        {
            "aws_security_group": {
                "alb": {
                    "//": {"metadata": 1},
                    "for_each": '${toset(["x"])}',
                    "description": "line\n$${kept}",
                    "ingress": {"from_port": 443, "to_port": 443},
                    "dynamic": {
                        "ingress": {
                            "for_each": {"b": 80, "a": 22},
                            "iterator": "rule",
                            "content": {
                                "from_port": "${rule.value}",
                                "to_port": "${rule.key}-${rule.value}",
                            },
                        }
                    },
                    "lifecycle": {"ignore_changes": ["ingress", 'tags["a"]']},
                    "provisioner": {"local-exec": {"command": "true"}},
                }
            }
        }
    ],
    "removed": {"from": "aws_instance.old", "lifecycle": {"destroy": False}},
}

GROUP = ("managed", "aws_security_group", "alb")


def configuration(**files: str) -> Configuration:
    named = {"m-/" + name.replace("__", "."): text.encode() for name, text in files.items()}
    return read({"modules.json": b'[{"Key": "", "Dir": "."}]', **named})


def root(**files: str) -> Module:
    return configuration(**files).modules[""]


@pytest.mark.parametrize(
    "module",
    [root(main__tf=NATIVE), root(main__tf__json=json.dumps(JSON, indent=2))],
    ids=["native", "json"],
)
def test_both_syntaxes_say_the_same(module: Module) -> None:
    port = module.variables["port"]
    assert port.default is not None
    assert (evaluate(port.default, Empty()), port.nullable) == (443, False)
    assert evaluate(module.locals["names"], Empty()) == ["a", "b"]
    edge = module.calls["edge"]
    assert edge.count is not None
    assert evaluate(edge.count, Empty()) == 2
    assert evaluate(edge.body.attributes["cidr"], Empty()) == "10.2.0.0/16"
    assert ("data", "aws_region", "here") in module.resources
    group = module.resources[GROUP]
    assert group.for_each is not None
    assert group.provisioners
    assert [(item.address, item.destroy) for item in module.removed] == [
        ("aws_instance.old", False)
    ]
    assert evaluate_body(group.body, Empty(), {"ingress"}) == {
        "description": "line\n${kept}",
        "ingress": [
            {"from_port": 443, "to_port": 443},
            {"from_port": 22, "to_port": "a-22"},
            {"from_port": 80, "to_port": "b-80"},
        ],
    }


def test_json_says_where_a_resource_stands() -> None:
    group = root(main__tf__json=json.dumps(JSON, indent=1)).resources[GROUP]
    text = json.dumps(JSON, indent=1).splitlines()[group.line - 1]
    assert '"alb":' in text


def test_a_module_s_files_are_named_from_the_root() -> None:
    modules = b'[{"Key": "", "Dir": "."}, {"Key": "app.web", "Dir": "modules/web"}]'
    source = b'\n\nresource "aws_eip" "a" {}\n'
    found = read({"modules.json": modules, "m-app.web/net.tf": source})
    eip = found.modules["app.web"].resources["managed", "aws_eip", "a"]
    assert (eip.path, eip.line) == ("modules/web/net.tf", 3)
    assert found.modules[""].resources == {}


def test_overrides_replace_arguments_and_whole_block_types() -> None:
    base = """
    locals { a = 1, b = 2 }
    variable "v" {
      type    = string
      default = "x"
    }
    resource "aws_security_group" "g" {
      name = "old"
      tags = { a = 1 }
      ingress { from_port = 1 }
      ingress { from_port = 2 }
      egress { from_port = 3 }
      lifecycle {
        ignore_changes  = all
        prevent_destroy = true
      }
    }
    """.replace("{ a = 1, b = 2 }", "{\n a = 1\n b = 2\n}")
    first = """
    locals { b = 3 }
    variable "v" { default = "y" }
    resource "aws_security_group" "g" {
      name  = "new"
      count = 2
      ingress { from_port = 9 }
      lifecycle { prevent_destroy = false }
    }
    """
    second = '{"resource": {"aws_security_group": {"g": {"name": "last"}}}}'
    module = root(main__tf=base, a_override__tf=first, override__tf__json=second)
    group = module.resources["managed", "aws_security_group", "g"]
    assert evaluate_body(group.body, Empty(), {"ingress", "egress"}) == {
        "name": "last",
        "tags": {"a": 1},
        "ingress": [{"from_port": 9}],
        "egress": [{"from_port": 3}],
    }
    assert group.count is not None
    assert evaluate(module.locals["b"], Empty()) == 3
    assert module.variables["v"].type is not None
    assert module.variables["v"].default is not None
    assert evaluate(module.variables["v"].default, Empty()) == "y"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('resource "a" "b" {', "main.tf, line 1: expected `identifier`"),
        ("locals {\n  a = 1 +\n}\n", "line 2"),
        ("locals {\n  a = [1, 2\n}\n", "line 3"),
        ('locals {\n  a = "x\n}\n', "a string is not closed"),
        ("locals {\n  a = <<EOT\nx\n}\n", "not closed"),
        ('locals {\n  a = "\\q"\n}\n', "is no escape"),
        ('locals {\n  a = "%{ if true }x"\n}\n', "is missing"),
        ("locals {\n  a = 1\n  a = 2\n}\n", "set twice"),
        ("locals {\n  a = b ? c\n}\n", "expected `:`"),
        ("locals { a = 1 } }", "line 1"),
        ('resource "a" {}', "labels"),
        ('resource "a" "b" {}\nresource "a" "b" {}\n', "a second time"),
        ("locals {\n  a = " + "(" * 5000 + "1" + ")" * 5000 + "\n}\n", "nested too deeply"),
        ("locals {\n  a = " + "[" * 5000 + "\n}\n", "nested too deeply"),
        ("locals {\n  a = " + '"${' * 5000 + "\n}\n", "nested too deeply"),
        ("locals {\n  a = " + "-" * 5000 + "1\n}\n", "nested too deeply"),
        ("locals {\n  a = " + "b ? c : " * 5000 + "1\n}\n", "nested too deeply"),
        ("a {\n" * 5000, "nested too deeply"),
        ("locals {\n  a = 1" + " + 1" * 5000 + "\n}\n", "too many operators"),
        ("locals {\n  a = b" + "[0]" * 5000 + "\n}\n", "too many steps"),
        ("locals {\n  a = " + "9" * 5000 + "\n}\n", "is no number"),
        ("locals {\n  a = " + '"%{ if true }' * 5000 + '"\n}\n', "main.tf"),
        ("\x00", "not part of the language"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(source: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        root(main__tf=source)
    assert said in str(error.value)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[1]",
        "{",
        '{"locals": 1}',
        '{"locals": {"a": NaN}}',
        '{"locals": {"a": 1e999}}',
        '{"locals": {"a": "${"}}',
        '{"locals": {"a": "\\ud800"}}',
        '{"locals": {"a": {"b": 1, "b": 2}}}',
        '{"resource": {"a": 1}}',
        '{"locals": {"a": ' + "[" * 100000,
        '{"locals": {"a": ' + "[" * 500 + "]" * 500 + "}}",
    ],
)
def test_broken_json_is_an_error_of_one_sentence(source: str) -> None:
    with pytest.raises(ConfigurationError):
        root(main__tf__json=source)


def test_the_list_of_modules_must_name_every_folder() -> None:
    for modules in (b"", b"{}", b"[1]", b"[]", b'[{"Key": ""}]'):
        with pytest.raises(ConfigurationError):
            read({"modules.json": modules, "m-/main.tf": b""})


def test_bytes_that_are_no_text_are_an_error() -> None:
    with pytest.raises(ConfigurationError):
        read({"modules.json": b'[{"Key": "", "Dir": "."}]', "m-/main.tf": b"\xff\xfe"})


def test_every_truncation_of_a_file_is_read_or_refused() -> None:
    for source, name in ((NATIVE, "main__tf"), (json.dumps(JSON), "main__tf__json")):
        for end in range(0, len(source), 7):
            with contextlib.suppress(ConfigurationError):
                assert isinstance(root(**{name: source[:end]}), Module)
