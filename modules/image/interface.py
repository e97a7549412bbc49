"""What the golden image's module must know and what it tells."""

from typing import Literal

from modules.base.conditions import ACCOUNT_ID, ARN, NAME, between, matches
from modules.base.interface import Inputs, Outputs, output, variable


class ImageInputs(Inputs):
    """What the making of images must know."""

    name: str = variable("Name of the pipeline and of its images.", NAME)
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    region: str = variable("The AWS region.")
    vpc_id: str = variable("Id of the VPC.", matches("^vpc-", "a VPC's id"))
    subnet_id: str = variable("Private subnet, with a way out, in which images are made.")
    parent_image: str = variable(
        "The image to begin with, an Ubuntu: `ssm:` and the name of a public parameter that names "
        "the newest one, or an AMI's id.",
        matches("^(ami-[0-9a-f]{8,17}|ssm:/.+)$", "ami-… or ssm:/…"),
    )
    instance_type: str = variable(
        "EC2 type on which images are made and tested; with the GPU that they are for."
    )
    volume_size_gib: int = variable(
        "GiB of the image's volume; no instance can have a smaller one.", between(50, 1000)
    )
    volume_key_arn: str = variable("KMS key that encrypts the image.", ARN)
    build_script: str = variable("Shell script that root runs to install what an image shall hold.")
    model_source: str | None = variable(
        "Folder of a bucket, `s3://…`, from which the model is read; null for Ollama's registry.",
        matches("^s3://", "s3:// and a bucket"),
        default=None,
    )
    test_script: str = variable(
        "Shell script that root runs on an instance of the image; it fails where that is no good."
    )
    schedule: Literal["on_request", "weekly"] = variable(
        "Whether images are made on request alone or every Sunday at 3:00 UTC as well.",
        default="on_request",
    )
    kept_images: int = variable(
        "How many images of the present recipe are kept, besides those launched in the last "
        "60 days.",
        between(1, 100),
        default=3,
    )
    log_retention_days: int = variable("Days for which the log is kept.")
    log_key_arn: str = variable(
        "KMS key that encrypts the log group `/aws/imagebuilder/<name>`.", ARN
    )
    tags: dict[str, str] = variable(
        "Tags for images and for the instances that make them: the provider's default tags do "
        "not reach those.",
        default={},
    )
    permissions_boundary_arn: str | None = variable(
        "Policy that bounds what the module's roles can be allowed; null for none.",
        ARN,
        default=None,
    )


class ImageOutputs(Outputs):
    """What one asks for to make an image and to use it."""

    pipeline_arn: str = output(
        "The pipeline: `aws imagebuilder start-image-pipeline-execution --image-pipeline-arn …`."
    )
    parameter_name: str = output(
        "Systems Manager parameter that holds the newest tested image's id, for `image_id`."
    )
