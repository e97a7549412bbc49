"""The base class of every module in this project."""

import json
import re
import shutil
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from cdktf import (
    ITerraformAddressable,
    TerraformElement,
    TerraformOutput,
    TerraformStack,
    TerraformVariable,
    Token,
)
from cdktf_cdktf_provider_aws.provider import AwsProvider
from constructs import Construct, Node

from modules.base.interface import (
    Outputs,
    Variable,
    descriptions_of,
    edges_of,
    terraform_type,
    variables_of,
)
from modules.base.readme import readme

TERRAFORM_VERSIONS = ">= 1.11.0, < 2.0.0"
"""1.9 brought conditions that ask other variables, 1.10 S3's own locking, 1.11 made it stable."""

InputsT = TypeVar("InputsT")
OutputsT = TypeVar("OutputsT", bound=Outputs)


class Module(TerraformStack, Generic[InputsT, OutputsT]):
    """One Terraform module, written as a typed Python class.

    A subclass names its inputs and outputs and makes its resources:

        class Network(Module[NetworkInputs, NetworkOutputs]):
            '''A VPC with a public and a private subnet in every zone.'''

            def resources(self, inputs: NetworkInputs) -> NetworkOutputs:
                vpc = Vpc(self, "aws_vpc.this", cidr_block=inputs.vpc_cidr)
                return NetworkOutputs(vpc_id=vpc.id)

    Synthesis writes `cdktf.out/stacks/network/`: an ordinary Terraform module in JSON (variables,
    resources, outputs; no provider, no backend, no hashed names) with a README, for a root of
    ours (see `Root.call`) or for anybody's HCL: `module "network" { source = ".../network" }`.

    Three rules:

    - A construct's id is the Terraform address it shall have: `"aws_subnet.private"`.
    - Inputs are references, not values. What depends on one is decided by Terraform: `count`,
      `for_each`, or an expression such as `"${var.internal ? ... : ...}"`.
    - A module knows no other module. A root passes one's outputs to the next one's inputs.

    Every resource that can be tagged gets the tag `module`; the root's provider adds the rest.
    """

    aliases: ClassVar[tuple[str, ...]] = ()
    """Names of further AWS providers that the caller must pass, such as `us_east_1`."""

    files: ClassVar[Mapping[str, Path]] = {}
    """Files and folders that the module reads at plan time: target in the module, source here."""

    inputs_type: ClassVar[type[Any]]
    outputs_type: ClassVar[type[Any]]

    def __init_subclass__(cls) -> None:
        """Take the interface from the subclass's own declaration."""
        super().__init_subclass__()
        for base in getattr(cls, "__orig_bases__", ()):
            arguments = typing.get_args(base)
            if len(arguments) == 2 and not isinstance(arguments[0], TypeVar):
                cls.inputs_type = vars(cls).get("inputs_type", arguments[0])
                cls.outputs_type = arguments[1]

    def __init__(self, app: Construct) -> None:
        super().__init__(app, self.module_name())
        AwsProvider(self, "provider.aws")
        outputs = self.resources(self._references())
        for name, description in descriptions_of(self.outputs_type).items():
            value = getattr(outputs, name)
            TerraformOutput(self, f"output.{name}", value=value, description=description)
        self._tag()

    def resources(self, inputs: InputsT) -> OutputsT:
        """Make the resources from references to the inputs and say what the caller learns."""
        raise NotImplementedError

    @classmethod
    def module_name(cls) -> str:
        """Its name in Terraform: the class's name in snake case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def variables(cls) -> list[Variable]:
        """Its Terraform variables."""
        return variables_of(cls.inputs_type)

    def write(self, stacks: Path) -> None:
        """Make what cdktf synthesised into a module: clean JSON, README, and the module's files.

        Args:
            stacks: The folder of all modules, `cdktf.out/stacks`.

        Raises:
            ValueError: cdktf escaped an expression, which would reach AWS as its own text.
        """
        folder = stacks / self.module_name()
        path = folder / "cdk.tf.json"
        document = self.document(json.loads(path.read_text(encoding="utf-8")))
        text = json.dumps(document, indent=2, sort_keys=True) + "\n"
        if "$${" in text:
            raise ValueError(
                f"{path}: an expression became plain text ($${{): inside Fn and policy() name "
                "references, or put the expression into a TerraformLocal"
            )
        path.write_text(text, encoding="utf-8")
        (folder / "README.md").write_text(self.readme(), encoding="utf-8")
        for target, source in self.files.items():
            if source.is_dir():
                # Python leaves its bytecode beside a script that a test imports.
                bytecode = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, folder / target, dirs_exist_ok=True, ignore=bytecode)
            else:
                shutil.copyfile(source, folder / target)

    def document(self, synthesised: dict[str, Any]) -> dict[str, Any]:
        """The module in Terraform's JSON syntax, from what cdktf made of the constructs.

        cdktf writes a root: with a provider, a backend and its own remarks, and without defaults
        of `null`, which would make an optional variable a required one.
        """
        document = _without_remarks(synthesised)
        del document["provider"]
        del document["terraform"]["backend"]
        document["terraform"]["required_version"] = TERRAFORM_VERSIONS
        # The version is the one that the bindings were generated from.
        aws = document["terraform"]["required_providers"]["aws"]
        aws["source"] = "hashicorp/aws"
        if self.aliases:
            aws["configuration_aliases"] = [f"aws.{alias}" for alias in self.aliases]
        for name, addresses in edges_of(self.outputs_type).items():
            document["output"][name]["depends_on"] = addresses
        document["variable"] = {variable.name: variable.block() for variable in self.variables()}
        return document

    @classmethod
    def readme(cls) -> str:
        """Its README: the docstring, and tables of its inputs and outputs."""
        outputs = descriptions_of(cls.outputs_type)
        return readme(cls.module_name(), cls.__doc__ or "", cls.variables(), outputs, cls.aliases)

    def _references(self) -> InputsT:
        """The inputs, each field a reference to its variable."""
        references = object.__new__(self.inputs_type)
        for variable in self.variables():
            declared = TerraformVariable(self, f"var.{variable.name}", type="any")
            object.__setattr__(references, variable.name, token(variable.hint, declared.value))
        return references

    def _allocate_logical_id(self, tf_element: Node | TerraformElement) -> str:
        """The name after the type: `aws_subnet.private` is `private`. cdktf asks for each id."""
        node = tf_element.node if isinstance(tf_element, TerraformElement) else tf_element
        return node.id.partition(".")[2]

    def _tag(self) -> None:
        """Tag what can be tagged; only such resources' classes know `tags_input`."""
        for child in self.node.children:
            resource: Any = child
            if hasattr(type(resource), "tags_input"):
                resource.tags = {**(resource.tags_input or {}), "module": self.module_name()}


def token(hint: Any, addressable: ITerraformAddressable | Any) -> Any:
    """A reference typed as the annotation says.

    Objects, maps of objects and booleans have no Python type that could stand for a value still
    unknown; they come as the opaque `IResolvable` that every argument of a resource accepts.
    """
    kind = terraform_type(hint)
    if kind == "string":
        return Token.as_string(addressable)
    if kind == "number":
        return Token.as_number(addressable)
    if kind == "list(string)":
        return Token.as_list(addressable)
    if kind == "map(string)":
        return Token.as_string_map(addressable)
    return Token.as_any(addressable)


def _without_remarks(node: Any) -> Any:
    """Without cdktf's remarks (`//`), which tell construct paths and nothing to Terraform."""
    if isinstance(node, dict):
        return {key: _without_remarks(child) for key, child in node.items() if key != "//"}
    if isinstance(node, list):
        return [_without_remarks(child) for child in node]
    return node
