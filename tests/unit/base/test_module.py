"""A typed Python class becomes a Terraform module that anybody can call."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cdktf import App, Fn

from harness.project import PROVIDER_LOCK
from modules.base.interface import Inputs, Outputs, output, variable
from modules.base.module import Module


@pytest.fixture(scope="module")
def post_office(emitted: Path) -> dict[str, Any]:
    path = emitted / "post_office" / "cdk.tf.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("name", "string"),
        ("boxes", "list(string)"),
        ("labels", "map(string)"),
        ("copies", "number"),
        ("weight", "number"),
        ("abroad", "bool"),
        ("speed", "string"),
        ("owner", "string"),
        ("limits", "object({most = number, note = optional(string)})"),
    ],
)
def test_an_annotation_is_a_terraform_type(
    post_office: dict[str, Any], name: str, kind: str
) -> None:
    assert post_office["variable"][name]["type"] == kind


def test_a_variable_without_a_default_is_required(post_office: dict[str, Any]) -> None:
    required = {name for name, block in post_office["variable"].items() if "default" not in block}
    assert required == {"name", "boxes"}


def test_defaults_are_written_out_null_among_them(post_office: dict[str, Any]) -> None:
    variables = post_office["variable"]
    defaults = {name: block["default"] for name, block in variables.items() if "default" in block}
    assert defaults == {
        "labels": {},
        "copies": 2,
        "weight": 0.5,
        "abroad": False,
        "speed": "slow",
        "owner": None,
        "limits": None,
    }


def test_only_an_optional_annotation_takes_null(post_office: dict[str, Any]) -> None:
    nullable = {name for name, block in post_office["variable"].items() if block["nullable"]}
    assert nullable == {"owner", "limits"}


def test_every_variable_and_output_is_described(post_office: dict[str, Any]) -> None:
    for block in (*post_office["variable"].values(), *post_office["output"].values()):
        assert block["description"].endswith(".")


def test_outputs_are_references_to_what_was_made(post_office: dict[str, Any]) -> None:
    values = {name: block["value"] for name, block in post_office["output"].items()}
    assert values == {
        "letters_arn": "${aws_sns_topic.letters.arn}",
        "box_arns": "${{for name, box in aws_ssm_parameter.letters : name => box.arn}}",
    }


def test_a_construct_id_is_the_address_even_where_two_types_share_a_name(
    post_office: dict[str, Any],
) -> None:
    addresses = {
        f"{kind}.{name}" for kind, made in post_office["resource"].items() for name in made
    }
    assert addresses == {
        "aws_sns_topic.letters",
        "aws_sns_topic.abroad",
        "aws_ssm_parameter.letters",
    }


def test_what_can_be_tagged_says_which_module_made_it(post_office: dict[str, Any]) -> None:
    topics = post_office["resource"]["aws_sns_topic"]
    assert topics["letters"]["tags"] == {"kind": "letter", "module": "post_office"}
    assert topics["abroad"]["tags"] == {"module": "post_office"}


def test_a_module_has_no_provider_and_no_backend_but_says_what_it_needs(
    post_office: dict[str, Any],
) -> None:
    assert "provider" not in post_office
    assert set(post_office["terraform"]) == {"required_providers", "required_version"}
    needs = post_office["terraform"]["required_providers"]["aws"]
    assert needs["source"] == "hashicorp/aws"
    assert needs["configuration_aliases"] == ["aws.us_east_1"]
    assert post_office["resource"]["aws_sns_topic"]["abroad"]["provider"] == "aws.us_east_1"


def test_the_locked_provider_is_the_one_that_modules_ask_for(post_office: dict[str, Any]) -> None:
    asked = post_office["terraform"]["required_providers"]["aws"]["version"]
    assert f'version     = "{asked}"' in PROVIDER_LOCK.read_text(encoding="utf-8")


def test_a_synth_elsewhere_gives_the_same_bytes(
    emitted: Path, synthesise: Callable[[Path], Path], tmp_path: Path
) -> None:
    again = synthesise(tmp_path)
    for path in sorted(path for path in emitted.rglob("*") if path.is_file()):
        assert path.read_bytes() == (again / path.relative_to(emitted)).read_bytes(), path.name
        assert str(emitted) not in path.read_text(encoding="utf-8")


def test_the_module_brings_its_files(emitted: Path) -> None:
    assert (emitted / "post_office" / "letter.txt").read_bytes() == Path(__file__).with_name(
        "conftest.py"
    ).read_bytes()


def test_the_readme_tells_docstring_providers_inputs_and_outputs(emitted: Path) -> None:
    readme = (emitted / "post_office" / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# post_office\n\nLetters and boxes.\n\nLetters may leave the region.")
    assert "`aws.us_east_1`" in readme
    assert "| `boxes` | `list(string)` | required | Names of the boxes." in readme
    assert "| `owner` | `string` | `null` | Whom to ask. Must be a handle. |" in readme
    assert "| `limits.most` | `number` | required | The most of them." in readme
    assert "| `box_arns` | ARN of each box. |" in readme


def test_every_row_of_a_table_has_as_many_cells_as_its_head(emitted: Path) -> None:
    readme = (emitted / "post_office" / "README.md").read_text(encoding="utf-8")
    for table in re.findall(r"(?:^\|.*\n)+", readme, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


class NoteInputs(Inputs):
    """Who writes."""

    author: str = variable("Who writes.")


class NoteOutputs(Outputs):
    """What was written."""

    text: str = output("The note.")


class Note(Module[NoteInputs, NoteOutputs]):
    """Writes an expression where cdktf takes it for text."""

    def resources(self, inputs: NoteInputs) -> NoteOutputs:
        """An expression by hand inside a function."""
        del inputs
        return NoteOutputs(text=Fn.jsonencode({"by": "${var.author}"}))


@pytest.mark.filterwarnings("ignore")  # cdktf warns of it, and goes on
def test_an_expression_that_became_text_is_refused(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    note = Note(app)
    app.synth()
    with pytest.raises(ValueError, match="an expression became plain text"):
        note.write(tmp_path / "stacks")


class DiaryInputs(Inputs):
    """An input of a type that Terraform lacks."""

    day: date = variable("Terraform knows no dates.")


class Diary(Module[DiaryInputs, Outputs]):
    """Cannot be made."""


def test_an_annotation_without_a_terraform_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"datetime\.date.* has no Terraform type: use str, int"):
        Diary(App(outdir=str(tmp_path)))
