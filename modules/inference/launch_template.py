"""What the Auto Scaling group launches."""

from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.launch_template import (
    LaunchTemplate,
    LaunchTemplateBlockDeviceMappings,
    LaunchTemplateBlockDeviceMappingsEbs,
    LaunchTemplateIamInstanceProfile,
    LaunchTemplateMetadataOptions,
    LaunchTemplateMonitoring,
    LaunchTemplateNetworkInterfaces,
    LaunchTemplateTagSpecifications,
)
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from constructs import Construct

from modules.base.expressions import number, string_map
from modules.inference.interface import InferenceInputs


def launch_template(
    scope: Construct,
    inputs: InferenceInputs,
    *,
    group: SecurityGroup,
    profile: IamInstanceProfile,
) -> LaunchTemplate:
    """No public address, no key pair, IMDSv2 alone, every volume encrypted."""
    return LaunchTemplate(
        scope,
        "aws_launch_template.this",
        name=inputs.name,
        description="An instance of the translator",
        image_id="${var.instances.image_id}",
        instance_type="${var.instances.instance_type}",
        user_data=inputs.user_data,
        update_default_version=True,
        ebs_optimized="true",
        iam_instance_profile=LaunchTemplateIamInstanceProfile(arn=profile.arn),
        metadata_options=LaunchTemplateMetadataOptions(
            http_endpoint="enabled",
            http_tokens="required",
            # One hop: nothing that runs in a container on the instance reaches its credentials.
            http_put_response_hop_limit=1,
            instance_metadata_tags="disabled",
        ),
        monitoring=LaunchTemplateMonitoring(enabled=True),
        network_interfaces=[
            LaunchTemplateNetworkInterfaces(
                device_index=0,
                associate_public_ip_address="false",
                delete_on_termination="true",
                security_groups=[group.id],
            )
        ],
        block_device_mappings=[
            LaunchTemplateBlockDeviceMappings(
                device_name="/dev/sda1",
                ebs=LaunchTemplateBlockDeviceMappingsEbs(
                    volume_type="gp3",
                    volume_size=number("var.instances.volume_size_gib"),
                    volume_initialization_rate=number(
                        "var.instances.volume_initialization_rate_mib"
                    ),
                    # A model of 7.5 GB loads in half a minute at this rate, in one at the default.
                    throughput=250,
                    iops=3000,
                    encrypted="true",
                    kms_key_id=inputs.volume_key_arn,
                    delete_on_termination="true",
                ),
            )
        ],
        tag_specifications=[
            LaunchTemplateTagSpecifications(
                resource_type=kind,
                tags=string_map('merge(var.tags, {Name = var.name, module = "inference"})'),
            )
            for kind in ("instance", "network-interface", "volume")
        ],
    )
