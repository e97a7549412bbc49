"""A post office: a module with every kind of input, and roots that call it."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from cdktf import App
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sns_topic import SnsTopic
from cdktf_cdktf_provider_aws.ssm_parameter import SsmParameter

from harness.project import PROVIDER_LOCK
from harness.terraform import Terraform
from modules.base.conditions import between, each, matches, size
from modules.base.expressions import count_if, for_each, string_map
from modules.base.interface import Inputs, Outputs, output, variable
from modules.base.module import Module
from modules.base.root import Root

Synthesise = Callable[[Path], Path]


class Limits(Inputs):
    """An object among the inputs."""

    most: int = variable("The most of them.", between(1, 10))
    note: str | None = variable("Why so many.", matches("^[A-Z]", "a sentence"), default=None)


class PostOfficeInputs(Inputs):
    """One input of every kind."""

    name: str = variable("Prefix of every name.", matches("^[a-z]+$", "lower-case letters"))
    boxes: list[str] = variable("Names of the boxes.", each(matches("^box-", "a box")), size(1, 3))
    labels: dict[str, str] = variable("Label of a box.", default={})
    copies: int = variable("Copies | of each letter.", between(1, 5), default=2)
    weight: float = variable("Grams.", default=0.5)
    abroad: bool = variable("Whether letters leave the region.", default=False)
    speed: Literal["slow", "fast"] = variable("How letters travel.", default="slow")
    owner: str | None = variable("Whom to ask.", matches("^@", "a handle"), default=None)
    limits: Limits | None = variable("How many at once.", default=None)


class PostOfficeOutputs(Outputs):
    """A string, and a map over what Terraform counts."""

    letters_arn: str = output("ARN of the letters' topic.")
    box_arns: dict[str, str] = output("ARN of each box.")


class PostOffice(Module[PostOfficeInputs, PostOfficeOutputs]):
    """Letters and boxes.

    Letters may leave the region.
    """

    aliases = ("us_east_1",)
    files: ClassVar[Mapping[str, Path]] = {"letter.txt": Path(__file__)}

    def resources(self, inputs: PostOfficeInputs) -> PostOfficeOutputs:
        """Plain, counted and repeated resources, one of them in another region."""
        letters = SnsTopic(
            self, "aws_sns_topic.letters", name=f"{inputs.name}-letters", tags={"kind": "letter"}
        )
        SnsTopic(
            self,
            "aws_sns_topic.abroad",
            count=count_if("var.abroad"),
            name=f"{inputs.name}-abroad",
            provider=AwsProvider(self, "provider.us_east_1", alias="us_east_1"),
        )
        SsmParameter(
            self,
            "aws_ssm_parameter.letters",
            for_each=for_each("toset(var.boxes)"),
            name=f"/{inputs.name}/${{each.key}}",
            type="String",
            value="${var.limits == null ? 0 : var.limits.most}",
        )
        return PostOfficeOutputs(
            letters_arn=letters.arn,
            box_arns=string_map("{for name, box in aws_ssm_parameter.letters : name => box.arn}"),
        )


class ReaderInputs(Inputs):
    """What another module tells."""

    topic_arn: str = variable("What is read.")


class ReaderOutputs(Outputs):
    """The same again."""

    topic_arn: str = output("What is read.")


class Reader(Module[ReaderInputs, ReaderOutputs]):
    """Reads letters."""

    def resources(self, inputs: ReaderInputs) -> ReaderOutputs:
        """None: it hands on what it gets."""
        return ReaderOutputs(topic_arn=inputs.topic_arn)


class TownInputs(Inputs):
    """What every root must have."""

    project: str = variable("Tag.")
    environment: str = variable("Tag.")
    owner: str = variable("Tag.")
    account_id: str = variable("The account.")
    region: str = variable("The region.")


class Town(Root[TownInputs, ReaderOutputs]):
    """Calls the post office before its reader."""

    def resources(self, inputs: TownInputs) -> ReaderOutputs:
        """First what is read, then who reads."""
        self._post_office(inputs)
        self._reader()
        return ReaderOutputs(topic_arn=self.outputs(Reader).topic_arn)

    def _post_office(self, inputs: TownInputs) -> None:
        self.call(
            PostOffice,
            PostOfficeInputs(name=inputs.project, boxes=["box-1"], limits=Limits(most=3)),
        )

    def _reader(self) -> None:
        self.call(Reader, ReaderInputs(topic_arn=self.outputs(PostOffice).letters_arn))


class Village(Town):
    """Calls the reader before the post office that it reads from."""

    def resources(self, inputs: TownInputs) -> ReaderOutputs:
        """Outputs, then who reads, then what is read."""
        read = self.outputs(Reader)
        self._reader()
        self._post_office(inputs)
        return ReaderOutputs(topic_arn=read.topic_arn)


class Hamlet(Root[TownInputs, ReaderOutputs]):
    """Has a reader only where it is called something."""

    def resources(self, inputs: TownInputs) -> ReaderOutputs:
        """What may be read, or nothing."""
        self.call(Reader, ReaderInputs(topic_arn=inputs.project), when='var.environment != ""')
        return ReaderOutputs(topic_arn=self.outputs_or_null(Reader).topic_arn)


@pytest.fixture(scope="session")
def synthesise() -> Synthesise:
    """Writes the modules below a folder and says where."""

    def run(folder: Path) -> Path:
        app = App(outdir=str(folder))
        modules: list[Module[Any, Any]] = [
            module(app) for module in (PostOffice, Reader, Town, Village, Hamlet)
        ]
        app.synth()
        for module in modules:
            module.write(folder / "stacks")
        return folder / "stacks"

    return run


@pytest.fixture(scope="session")
def emitted(synthesise: Synthesise, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the modules as they were written."""
    return synthesise(tmp_path_factory.mktemp("emitted"))


CALLER = """
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

module "post_office" {
  source    = "./post_office"
  providers = { aws = aws, aws.us_east_1 = aws }
"""


@pytest.fixture(scope="session")
def post_office_in(
    emitted: Path,
    tmp_path_factory: pytest.TempPathFactory,
    terraform: Callable[[Path], Terraform],
) -> Callable[[str], Terraform]:
    """Terraform on plain HCL that calls the post office with the arguments given."""
    folder = tmp_path_factory.mktemp("caller")
    shutil.copytree(emitted / "post_office", folder / "post_office")
    shutil.copy(PROVIDER_LOCK, folder)

    def write(arguments: str) -> Terraform:
        (folder / "main.tf").write_text(f"{CALLER}{arguments}\n}}\n", encoding="utf-8")
        return terraform(folder)

    made = write("").cmd("init", input=False, lockfile="readonly")
    assert made.ok, made.stderr
    return write
