"""How IAM tells what belongs to one environment: by name, by tag, by region."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from cdktf import TerraformLocal
from constructs import Construct

from modules.pipeline.interface import PipelineInputs

PATH = "pipeline"
"""IAM path of the pipeline's own roles and policies, by which they are told from the stack's."""

GLOBAL_REGION = "us-east-1"
"""Where requests to CloudFront, IAM, Route 53 and Budgets count as made."""


@dataclass(frozen=True)
class Belonging:
    """ARNs and conditions of what belongs to the environment.

    Attributes:
        inputs: The module's.
        issuer: GitLab's host name.
        record_names: The names that may be recorded, with those that prove them to be ours.
        bucket: ARN of the state's bucket.
        state: ARN of the state in it.
        state_key: Its key there.
        state_region: Where that bucket is.
    """

    inputs: PipelineInputs
    issuer: str
    record_names: list[str]
    bucket: str
    state: str
    state_key: str
    state_region: str

    @classmethod
    def of(cls, scope: Construct, inputs: PipelineInputs) -> Self:
        """What the inputs say, each in a local, since a policy takes no expression."""

        def local(name: str, expression: str) -> TerraformLocal:
            return TerraformLocal(scope, f"local.{name}", f"${{{expression}}}")

        bucket = "arn:aws:s3:::${var.state.bucket}"
        names = 'flatten([for name in var.domain_names : [name, "_*.${name}"]])'
        return cls(
            inputs=inputs,
            issuer=local("issuer", "var.gitlab.host").as_string,
            record_names=local("record_names", names).as_list,
            bucket=local("bucket", f'"{bucket}"').as_string,
            state=local("state", f'"{bucket}/${{var.state.key}}"').as_string,
            state_key=local("state_key", "var.state.key").as_string,
            state_region=local("state_region", "var.state.region").as_string,
        )

    @staticmethod
    def token(scope: Construct, purpose: str) -> Mapping[str, str]:
        """What a token must say: for which role it is, and whose job on which branch has it."""
        subject = "project_path:${var.gitlab.project}:ref_type:branch:ref:${var.gitlab.branch}"
        claims = {"aud": f"${{var.name}}-{purpose}", "sub": subject}
        pairs = (f'"${{var.gitlab.host}}:{claim}" = "{said}"' for claim, said in claims.items())
        # Fn takes no reference for a key, so the object is written as Terraform will read it.
        expression = "${{" + ", ".join(pairs) + "}}"
        return TerraformLocal(scope, f"local.{purpose}_token", expression).as_string_map

    def arn(self, service: str, resource: str) -> str:
        """A resource in the environment's region: `arn("sns", "my-topic")`."""
        return self._arn(service, self.inputs.region, resource)

    def global_arn(self, service: str, resource: str) -> str:
        """A resource in us-east-1, where CloudFront's own parts live."""
        return self._arn(service, GLOBAL_REGION, resource)

    def regionless_arn(self, service: str, resource: str) -> str:
        """A resource of a service that knows no region: IAM, CloudFront, Budgets."""
        return self._arn(service, "", resource)

    def policy(self, name: str) -> str:
        """A policy of the pipeline's own."""
        return self.regionless_arn("iam", f"policy/{PATH}/{self.inputs.name}-{name}")

    def regional(self) -> dict[str, Any]:
        """Requests in the environment's region and in CloudFront's."""
        return {"StringEquals": {"aws:RequestedRegion": [self.inputs.region, GLOBAL_REGION]}}

    def tagged(self) -> dict[str, Any]:
        """Resources that carry the environment's tags."""
        return {"StringEquals": self._tags("aws:ResourceTag")}

    def tagging(self) -> dict[str, Any]:
        """Requests that give what they make the environment's tags."""
        return {"StringEquals": self._tags("aws:RequestTag")}

    @property
    def roles(self) -> str:
        """The roles that the stack makes for its services."""
        return self.regionless_arn("iam", f"role/{self.inputs.name}-*")

    @property
    def boundary(self) -> str:
        """The permissions boundary of those roles."""
        return self.policy("boundary")

    @property
    def provider(self) -> str:
        """GitLab, as IAM knows it."""
        return self.regionless_arn("iam", f"oidc-provider/{self.issuer}")

    def _tags(self, key: str) -> dict[str, str]:
        return {
            f"{key}/project": self.inputs.project,
            f"{key}/environment": self.inputs.environment,
        }

    def _arn(self, service: str, region: str, resource: str) -> str:
        return f"arn:aws:{service}:{region}:{self.inputs.account_id}:{resource}"
