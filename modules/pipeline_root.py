"""What Terraform is run on once for each environment: the roles of GitLab's jobs."""

from modules.base.interface import Outputs, output, variable
from modules.base.root import Root
from modules.pipeline import Pipeline
from modules.pipeline.interface import PipelineInputs


class PipelineRootInputs(PipelineInputs):
    """What the roles must know, and the tag that is left."""

    owner: str = variable("Tag `owner` of every resource.")


class PipelineRootOutputs(Outputs):
    """The roles."""

    plan_role_arn: str = output("Role that plans.")
    apply_role_arn: str = output("Role that applies.")
    boundary_arn: str = output("Permissions boundary of the environment's roles.")


class PipelineRoot(Root[PipelineRootInputs, PipelineRootOutputs]):
    """The roles of GitLab's jobs, with a state of its own.

    An administrator applies it, once and whenever it changes: the pipeline cannot change its own
    rights.
    """

    def resources(self, inputs: PipelineRootInputs) -> PipelineRootOutputs:
        """The one module."""
        self.call(Pipeline, inputs)
        made = self.outputs(Pipeline)
        return PipelineRootOutputs(
            plan_role_arn=made.plan_role_arn,
            apply_role_arn=made.apply_role_arn,
            boundary_arn=made.boundary_arn,
        )
