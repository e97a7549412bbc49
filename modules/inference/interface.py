"""What the instances' module must know and what it tells."""

from typing import Literal

from modules.base.conditions import (
    ACCOUNT_ID,
    ARN,
    NAME,
    Condition,
    between,
    matches,
    size,
)
from modules.base.interface import Inputs, Outputs, output, variable

NEVER_BOTH = Condition(
    'value.capacity == "mixed_instances" ? length(value.instance_type_overrides) > 0 '
    ": length(value.instance_type_overrides) == 0",
    "must list instance_type_overrides exactly where capacity is mixed_instances.",
)
ORDERED = Condition(
    "value.min_size <= value.desired_size && value.desired_size <= value.max_size",
    "must have min_size <= desired_size <= max_size.",
)


class Instances(Inputs):
    """What an instance is made of."""

    image_id: str = variable(
        "The machine image, an Ubuntu: a golden image's id, or `resolve:ssm:` and a public "
        "parameter that names the newest one.",
        matches("^(ami-[0-9a-f]{8,17}|resolve:ssm:/.+)$", "ami-… or resolve:ssm:/…"),
    )
    instance_type: str = variable(
        "The EC2 instance type.", matches("^[a-z0-9-]+[.][a-z0-9-]+$", "an EC2 instance type")
    )
    volume_size_gib: int = variable(
        "GiB of the root volume; AWS refuses one smaller than the image's snapshot.",
        between(50, 1000),
    )
    volume_initialization_rate_mib: int = variable(
        "MiB/s at which the volume is filled from its snapshot; without it the first read of a "
        "model in a golden image is slow.",
        between(100, 300),
    )


class OfficeHours(Inputs):
    """When the group runs at all."""

    start_cron: str = variable("When it starts, as a cron expression of five fields.")
    stop_cron: str = variable("When it stops.")
    time_zone: str = variable("The IANA time zone of both, such as `Europe/Berlin`.")


class Scaling(Inputs):
    """How many instances there are, and of what kind if the first choice is not to be had."""

    min_size: int = variable("Fewest instances.", between(0, 50))
    desired_size: int = variable("Instances to begin with; demand decides later.", between(0, 50))
    max_size: int = variable("Most instances.", between(1, 50))
    capacity: Literal["on_demand", "mixed_instances", "warm_pool"] = variable(
        "`mixed_instances` falls back to other types where the first has no capacity; "
        "`warm_pool` keeps stopped instances ready. AWS long refused both together."
    )
    instance_type_overrides: list[str] = variable(
        "Types to fall back to, best first; for mixed_instances alone."
    )
    warm_pool_size: int = variable("Stopped instances kept ready.", between(0, 20))
    cpu_target_percent: int = variable("Mean CPU that scaling aims at.", between(10, 95))
    requests_per_target_per_minute: int = variable(
        "Requests a minute and instance that scaling aims at; it leads where CPU lags.",
        between(1, 10000),
    )
    office_hours: OfficeHours | None = variable(
        "When the group runs; null for always.", default=None
    )


class InferenceInputs(Inputs):
    """What the instances' module must know."""

    name: str = variable("Name of the group and prefix of what belongs to it.", NAME)
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    region: str = variable("The AWS region.")
    vpc_id: str = variable("Id of the VPC.", matches("^vpc-", "a VPC's id"))
    subnet_ids: list[str] = variable("Private subnets, one a zone.", size(2, 6))
    load_balancer_security_group_id: str = variable(
        "The load balancer's security group, the only one that may connect."
    )
    target_group_arn: str = variable("The target group that instances join.", ARN)
    request_count_label: str = variable(
        "The load balancer and target group as CloudWatch names them together: "
        "`app/…/…/targetgroup/…/…`."
    )
    instances: Instances = variable("What an instance is made of.")
    scaling: Scaling = variable("How many there are.", ORDERED, NEVER_BOTH)
    user_data: str = variable("What an instance boots with, in base64.")
    service_linked_role_arn: str = variable(
        "The role as which Auto Scaling launches instances; the volumes' key must trust it.", ARN
    )
    volume_key_arn: str = variable("KMS key that encrypts the volumes.", ARN)
    log_group_arns: list[str] = variable("Log groups that instances write to.")
    metrics_namespace: str = variable("CloudWatch namespace that instances write to.")
    model_source: str | None = variable(
        "Where instances may read models, as `s3://bucket/prefix`; null for nowhere.",
        matches("^s3://[^*?]+$", "s3:// and a bucket and a prefix"),
        default=None,
    )
    permissions_boundary_arn: str | None = variable(
        "Policy that bounds what the module's roles can be allowed; null for none.",
        ARN,
        default=None,
    )
    tags: dict[str, str] = variable(
        "Tags for what the group launches: the provider's default tags do not reach it.",
        default={},
    )


class InferenceOutputs(Outputs):
    """What the instances' module tells."""

    autoscaling_group_name: str = output("Name of the Auto Scaling group.")
    autoscaling_group_arn: str = output("ARN of the Auto Scaling group.")
    security_group_id: str = output("Security group of the instances.")
    launch_template_id: str = output("The launch template.")
    role_name: str = output("The instances' IAM role.")
