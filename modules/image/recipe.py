"""What an image is made of, where it is made, and where it goes."""

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.imagebuilder_component import ImagebuilderComponent
from cdktf_cdktf_provider_aws.imagebuilder_distribution_configuration import (
    ImagebuilderDistributionConfiguration,
    ImagebuilderDistributionConfigurationDistribution,
    ImagebuilderDistributionConfigurationDistributionAmiDistributionConfiguration,
    ImagebuilderDistributionConfigurationDistributionSsmParameterConfiguration,
)
from cdktf_cdktf_provider_aws.imagebuilder_image_recipe import (
    ImagebuilderImageRecipe,
    ImagebuilderImageRecipeBlockDeviceMapping,
    ImagebuilderImageRecipeBlockDeviceMappingEbs,
    ImagebuilderImageRecipeComponent,
)
from cdktf_cdktf_provider_aws.imagebuilder_infrastructure_configuration import (
    ImagebuilderInfrastructureConfiguration,
    ImagebuilderInfrastructureConfigurationInstanceMetadataOptions,
)
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from constructs import Construct

from modules.base.expressions import number, string_map
from modules.image.components import NEW_BEFORE_OLD, version
from modules.image.interface import ImageInputs

TAGS = 'merge(var.tags, {Name = var.name, module = "image"})'


def recipe(
    scope: Construct, inputs: ImageInputs, components: Sequence[ImagebuilderComponent]
) -> ImagebuilderImageRecipe:
    """The parent image and the components, on one encrypted volume."""
    content = (
        "jsonencode([var.parent_image, var.volume_size_gib, var.volume_key_arn, "
        "local.build_document, local.test_document])"
    )
    return ImagebuilderImageRecipe(
        scope,
        "aws_imagebuilder_image_recipe.this",
        name=inputs.name,
        description="Ollama and the translator's model",
        version=version(content),
        parent_image=inputs.parent_image,
        component=[ImagebuilderImageRecipeComponent(component_arn=each.arn) for each in components],
        block_device_mapping=[
            ImagebuilderImageRecipeBlockDeviceMapping(
                device_name="/dev/sda1",
                ebs=ImagebuilderImageRecipeBlockDeviceMappingEbs(
                    volume_type="gp3",
                    volume_size=number("var.volume_size_gib"),
                    throughput=250,
                    iops=3000,
                    encrypted="true",
                    kms_key_id=inputs.volume_key_arn,
                    delete_on_termination="true",
                ),
            )
        ],
        lifecycle=NEW_BEFORE_OLD,
    )


def infrastructure(
    scope: Construct,
    inputs: ImageInputs,
    *,
    group: SecurityGroup,
    profile: IamInstanceProfile,
) -> ImagebuilderInfrastructureConfiguration:
    """No key pair, IMDSv2 alone, and no machine left behind by a build that failed."""
    return ImagebuilderInfrastructureConfiguration(
        scope,
        "aws_imagebuilder_infrastructure_configuration.this",
        name=inputs.name,
        description="Makes and tests the translator's images",
        instance_profile_name=profile.name,
        instance_types=[inputs.instance_type],
        instance_metadata_options=ImagebuilderInfrastructureConfigurationInstanceMetadataOptions(
            http_tokens="required", http_put_response_hop_limit=1
        ),
        subnet_id=inputs.subnet_id,
        security_group_ids=[group.id],
        terminate_instance_on_failure=True,
        resource_tags=string_map(TAGS),
    )


def distribution(
    scope: Construct, inputs: ImageInputs, parameter_name: str
) -> ImagebuilderDistributionConfiguration:
    """In this region and account alone, encrypted; its id in a parameter once it is tested."""
    return ImagebuilderDistributionConfiguration(
        scope,
        "aws_imagebuilder_distribution_configuration.this",
        name=inputs.name,
        description="The translator's images, for this account",
        distribution=[
            ImagebuilderDistributionConfigurationDistribution(
                region=inputs.region,
                ami_distribution_configuration=ImagebuilderDistributionConfigurationDistributionAmiDistributionConfiguration(
                    name=f"{inputs.name}-{{{{ imagebuilder:buildDate }}}}",
                    description="Ollama and the translator's model",
                    kms_key_id=inputs.volume_key_arn,
                    ami_tags=string_map(TAGS),
                ),
                ssm_parameter_configuration=[
                    ImagebuilderDistributionConfigurationDistributionSsmParameterConfiguration(
                        parameter_name=parameter_name, data_type="aws:ec2:image"
                    )
                ],
            )
        ],
    )
