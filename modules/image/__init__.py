"""The golden image: EC2 Image Builder makes it, tests it and hands it out."""

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.imagebuilder_image_pipeline import (
    ImagebuilderImagePipeline,
    ImagebuilderImagePipelineImageTestsConfiguration,
)
from cdktf_cdktf_provider_aws.imagebuilder_image_recipe import ImagebuilderImageRecipe
from cdktf_cdktf_provider_aws.imagebuilder_lifecycle_policy import (
    ImagebuilderLifecyclePolicy,
    ImagebuilderLifecyclePolicyPolicyDetail,
    ImagebuilderLifecyclePolicyPolicyDetailAction,
    ImagebuilderLifecyclePolicyPolicyDetailActionIncludeResources,
    ImagebuilderLifecyclePolicyPolicyDetailExclusionRules,
    ImagebuilderLifecyclePolicyPolicyDetailExclusionRulesAmis,
    ImagebuilderLifecyclePolicyPolicyDetailExclusionRulesAmisLastLaunched,
    ImagebuilderLifecyclePolicyPolicyDetailFilter,
    ImagebuilderLifecyclePolicyResourceSelection,
    ImagebuilderLifecyclePolicyResourceSelectionRecipe,
)
from cdktf_cdktf_provider_aws.security_group import SecurityGroup

from modules.base.expressions import number
from modules.base.machine import allow_out
from modules.base.module import Module
from modules.image.components import components
from modules.image.interface import ImageInputs, ImageOutputs
from modules.image.recipe import distribution, infrastructure, recipe
from modules.image.role import cleaner, instance_profile

__all__ = ["Image", "ImageInputs", "ImageOutputs"]

WEEKLY = "cron(0 3 ? * SUN *)"
"""Image Builder's own kind of cron expression, in UTC."""

UNUSED_DAYS = 60
"""Twice an instance's lifetime: an image that the group still launches is younger than that."""


class Image(Module[ImageInputs, ImageOutputs]):
    """EC2 Image Builder, which makes golden images: Ollama and the model on their disk.

    It runs the scripts that an instance boots with, so an image holds what a boot would install,
    and it hands out an image only once an instance of it has produced a token without asking the
    model's registry. The machines that do so stand in a private subnet; nobody can reach them.
    Images and their snapshots are encrypted and stay in the account. The last few are kept, and
    whatever was launched in the last 60 days. What a recipe made that has changed since is no
    longer looked after: `aws ec2 deregister-image` removes it.

    An image is used by its id:

    1. `golden_image = "on_request"` in the variable file, plan, apply.
    2. `aws imagebuilder start-image-pipeline-execution --image-pipeline-arn …`, the root's output
       `image_pipeline_arn`. Making and testing take about an hour of one GPU instance.
    3. `aws ssm get-parameter --name …`, the root's output `image_parameter_name`, tells the id:
       write it as `image_id = "ami-…"`, plan, apply. Instances are replaced one at a time, and a
       roll-out that fails goes back by itself. The way back later is the former id.

    `image_id = "resolve:ssm:/imagebuilder/<name>/image-id"` always takes the newest image. Then
    nobody needs to write ids, but the plan does not show which image it is, and AWS cannot roll
    back. After a new image the instances are replaced by an instance refresh or at the end of
    their lifetime, a month at most.

    Without a golden image an instance installs at its first boot, by the same scripts: 20 to 25
    minutes, nearly all of it the download of Ollama and the model. With one it serves after 1 to
    2 minutes once the model's blocks are on its volume. They come from the snapshot at
    `volume_initialization_rate_mib`, in some order: at 300 MiB/s a full volume of 100 GiB takes
    just under 6 minutes, the longest that an instance can wait for them.
    """

    def resources(self, inputs: ImageInputs) -> ImageOutputs:
        """The recipe, where it is followed and how, and what becomes of old images."""
        # AWS's own role for Image Builder may write parameters of this prefix alone.
        parameter_name = f"/imagebuilder/{inputs.name}/image-id"
        made_of = recipe(self, inputs, components(self))
        made_at = infrastructure(
            self,
            inputs,
            group=self._security_group(inputs),
            profile=instance_profile(self, inputs),
        )
        log_group = CloudwatchLogGroup(
            self,
            "aws_cloudwatch_log_group.this",
            # The name is Image Builder's choice; made here, it is encrypted and does not stay.
            name=f"/aws/imagebuilder/{inputs.name}",
            retention_in_days=inputs.log_retention_days,
            kms_key_id=inputs.log_key_arn,
        )
        pipeline = ImagebuilderImagePipeline(
            self,
            "aws_imagebuilder_image_pipeline.this",
            name=inputs.name,
            description="Makes, tests and hands out the translator's image",
            image_recipe_arn=made_of.arn,
            infrastructure_configuration_arn=made_at.arn,
            distribution_configuration_arn=distribution(self, inputs, parameter_name).arn,
            # It would take an inventory of packages, for which machines need further rights.
            enhanced_image_metadata_enabled=False,
            image_tests_configuration=ImagebuilderImagePipelineImageTestsConfiguration(
                image_tests_enabled=True, timeout_minutes=60
            ),
            depends_on=[log_group],
        )
        pipeline.add_override(
            "dynamic.schedule",
            {
                "for_each": '${var.schedule == "weekly" ? [1] : []}',
                "content": {
                    "schedule_expression": WEEKLY,
                    "pipeline_execution_start_condition": "EXPRESSION_MATCH_ONLY",
                },
            },
        )
        self._lifecycle(inputs, made_of, cleaner(self, inputs))
        return ImageOutputs(pipeline_arn=pipeline.arn, parameter_name=parameter_name)

    def _security_group(self, inputs: ImageInputs) -> SecurityGroup:
        group = SecurityGroup(
            self,
            "aws_security_group.build",
            name=f"{inputs.name}-image-build",
            description="Nothing in, packages and models out",
            vpc_id=inputs.vpc_id,
            tags={"Name": f"{inputs.name}-image-build"},
        )
        allow_out(self, group)
        return group

    def _lifecycle(
        self, inputs: ImageInputs, made_of: ImagebuilderImageRecipe, role: IamRole
    ) -> None:
        in_use = ImagebuilderLifecyclePolicyPolicyDetailExclusionRulesAmisLastLaunched(
            unit="DAYS", value=UNUSED_DAYS
        )
        ImagebuilderLifecyclePolicy(
            self,
            "aws_imagebuilder_lifecycle_policy.this",
            name=inputs.name,
            description="Removes images that nothing launches any more",
            resource_type="AMI_IMAGE",
            execution_role=role.arn,
            policy_detail=[
                ImagebuilderLifecyclePolicyPolicyDetail(
                    action=[
                        ImagebuilderLifecyclePolicyPolicyDetailAction(
                            type="DELETE",
                            include_resources=[
                                ImagebuilderLifecyclePolicyPolicyDetailActionIncludeResources(
                                    amis=True, snapshots=True
                                )
                            ],
                        )
                    ],
                    filter=[
                        ImagebuilderLifecyclePolicyPolicyDetailFilter(
                            type="COUNT", value=number("var.kept_images")
                        )
                    ],
                    exclusion_rules=[
                        ImagebuilderLifecyclePolicyPolicyDetailExclusionRules(
                            amis=[
                                ImagebuilderLifecyclePolicyPolicyDetailExclusionRulesAmis(
                                    last_launched=[in_use]
                                )
                            ]
                        )
                    ],
                )
            ],
            # A selection knows no version but an exact one.
            resource_selection=[
                ImagebuilderLifecyclePolicyResourceSelection(
                    recipe=[
                        ImagebuilderLifecyclePolicyResourceSelectionRecipe(
                            name=made_of.name, semantic_version=made_of.version
                        )
                    ]
                )
            ],
        )
