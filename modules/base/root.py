"""The base class of the roots: what Terraform is run on."""

import typing
from pathlib import Path
from typing import Any, TypeVar

from cdktf import TerraformHclModule

from modules.base.interface import Inputs, Outputs
from modules.base.module import InputsT, Module, OutputsT, token

CalledInputs = TypeVar("CalledInputs", bound=Inputs)
CalledOutputs = TypeVar("CalledOutputs", bound=Outputs)


ALIASES = {"us_east_1": "us-east-1"}
"""The further providers of a root: CloudFront's certificates, web ACLs and logs live there."""

LOCK = Path(__file__).parents[2] / ".terraform.lock.hcl"
"""The provider's version and checksums; `terraform init -lockfile=readonly` holds to them."""


class Root(Module[InputsT, OutputsT]):
    """A module that Terraform is run on: it has providers and a state, and wires other modules.

        network = self.outputs(Network)
        self.call(LoadBalancer, LoadBalancerInputs(vpc_id=network.vpc_id, ...))

    The order of calls does not matter, as it does not in Terraform: what a module gives can be
    handed on before that module is called.

    A root's inputs must include `account_id`, `region`, `project`, `environment` and `owner`,
    from which its providers are configured. Its state lies in S3, locked by S3 itself; bucket and
    key come from the environment's `.s3.tfbackend` file.
    """

    files = {LOCK.name: LOCK}  # noqa: RUF012 - declared ClassVar by the base class

    def call(
        self,
        module: type[Module[CalledInputs, Any]],
        inputs: CalledInputs,
        *,
        when: str | None = None,
    ) -> None:
        """Call a module of ours with these inputs.

        Args:
            module: Its class.
            inputs: What it needs to know.
            when: The condition, in HCL, without which nothing of it is made; none for always.
        """
        block = self._block(module)
        if when is not None:
            block.add_override("count", f"${{{when} ? 1 : 0}}")
        for variable in module.variables():
            block.set(variable.name, _plain(getattr(inputs, variable.name)))
        if module.aliases:
            providers = {f"aws.{alias}": f"aws.{alias}" for alias in module.aliases}
            block.add_override("providers", {"aws": "aws", **providers})

    def outputs_or_null(self, module: type[Module[Any, CalledOutputs]]) -> CalledOutputs:
        """References to the outputs of a module that is called under a condition."""
        called = f"module.{module.module_name()}"
        return module.outputs_type(
            **{
                name: token(hint, f"${{one({called}[*].{name})}}")
                for name, hint in typing.get_type_hints(module.outputs_type).items()
            }
        )

    def outputs(self, module: type[Module[Any, CalledOutputs]]) -> CalledOutputs:
        """References to the outputs of the module, whether it was called already or will be."""
        block = self._block(module)
        return module.outputs_type(
            **{
                name: token(hint, block.interpolation_for_output(name))
                for name, hint in typing.get_type_hints(module.outputs_type).items()
            }
        )

    def document(self, synthesised: dict[str, Any]) -> dict[str, Any]:
        """The root in Terraform's JSON syntax: a module with providers and a backend."""
        document = super().document(synthesised)
        document["terraform"]["backend"] = {"s3": {"encrypt": True, "use_lockfile": True}}
        others = (self._provider(alias=name, region=region) for name, region in ALIASES.items())
        document["provider"] = {"aws": [self._provider(region="${var.region}"), *others]}
        return document

    def _provider(self, **settings: str) -> dict[str, Any]:
        tags = {key: f"${{var.{key}}}" for key in ("project", "environment", "owner")}
        return {
            "allowed_account_ids": ["${var.account_id}"],
            "default_tags": [{"tags": tags}],
            **settings,
        }

    def _block(self, module: type[Module[Any, Any]]) -> TerraformHclModule:
        name = module.module_name()
        called = self.node.try_find_child(f"module.{name}")
        if isinstance(called, TerraformHclModule):
            return called
        return TerraformHclModule(
            self,
            f"module.{name}",
            source=f"../{name}",
            skip_asset_creation_from_local_modules=True,
        )


def _plain(value: Any) -> Any:
    """An object's attributes as the mapping that Terraform takes for them."""
    if isinstance(value, Inputs):
        return {name: _plain(attribute) for name, attribute in vars(value).items()}
    return value
