"""What one environment is: every setting, its type, its meaning, its unit and its limits.

Python reads `envs/<env>.tfvars` into an `Environment`; the root Terraform module's variables are
generated from the same class, so both languages refuse the same values.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError, PydanticKnownError

from envs.checks import UNIQUE, CrossCheck
from envs.gitlab import GitLab
from envs.office_hours import OfficeHours
from envs.ranges import BOUNDED, DISJOINT
from envs.relations import RELATIONS
from envs.values import (
    HOST,
    NOT_RESERVED,
    ClientRange,
    HostName,
    InstanceType,
    PublicRange,
    Region,
    RetentionDays,
    VpcRange,
    Zone,
)

FAULTS = "faults"
"""The type of the one pydantic error that carries all faults between fields."""

_STRICT = ConfigDict(
    strict=True, extra="forbid", frozen=True, validate_default=True, hide_input_in_errors=True
)


class Environment(BaseModel):
    """One environment of the translator.

    A list is never changed once read: treat it as the frozen value that the model is.

    Raises:
        pydantic.ValidationError: a value is missing, unknown, mistyped or out of its limits.
            `envs.load` turns it into sentences that name file and line.
    """

    model_config = _STRICT

    cross_checks: ClassVar[tuple[CrossCheck, ...]] = RELATIONS

    # Identity
    project: Annotated[str, NOT_RESERVED] = Field(
        default="ollama-translator",
        description="Prefix of every resource's name.",
        pattern="^[a-z][a-z0-9-]{1,22}[a-z0-9]$",
        examples=["ollama-translator"],
    )
    environment: str = Field(
        # With the longest project a name of 32 characters, the most a load balancer takes.
        description="Name of the environment, 2 to 7 characters, and of its variable file.",
        pattern="^[a-z][a-z0-9-]{0,5}[a-z0-9]$",
        examples=["dev"],
    )
    owner: str = Field(
        description="Team that answers for the environment; tagged on every resource.",
        pattern="^[A-Za-z0-9][A-Za-z0-9 _.:/=+@-]{0,126}[A-Za-z0-9]$",
        examples=["language-platform"],
    )
    account_id: str = Field(
        description="AWS account that the environment lives in, 12 digits.",
        pattern="^[0-9]{12}$",
        examples=["123456789012"],
    )
    region: Region = Field(
        description="AWS region of everything but CloudFront's own parts.", examples=["eu-west-1"]
    )
    gitlab: GitLab | None = Field(
        default=None,
        description="GitLab project whose jobs plan and apply the environment; null for none.",
    )

    # Network
    zones: Annotated[list[Zone], UNIQUE] = Field(
        description="Availability zones, 2 to 6; each gets a public and a private subnet.",
        min_length=2,
        max_length=6,
        examples=[["eu-west-1a", "eu-west-1b"]],
    )
    vpc_cidr: VpcRange = Field(
        description="Private IPv4 range of the VPC, /16 to /20.", examples=["10.20.0.0/16"]
    )
    nat_gateways: Literal["one_per_zone", "single"] = Field(
        default="one_per_zone",
        description="NAT gateways: one in each zone, or a single one that all zones share.",
    )
    interface_endpoints: Annotated[
        list[Literal["autoscaling", "logs", "monitoring", "ssm", "ssmmessages"]], UNIQUE
    ] = Field(
        default=["autoscaling", "logs", "monitoring", "ssm", "ssmmessages"],
        description="AWS services that instances reach without the internet; "
        "what is left out goes through the NAT gateways.",
        max_length=5,
    )
    vpn_cidrs: Annotated[list[ClientRange], DISJOINT, BOUNDED] = Field(
        description="IPv4 and IPv6 ranges of the VPN and of corporate sites that may call the API.",
        min_length=1,
        max_length=50,
        examples=[["10.8.0.0/16", "2001:db8:8::/48"]],
    )
    transit_gateway_id: str | None = Field(
        default=None,
        description="Transit gateway that leads back to the VPN's ranges; null for none.",
        pattern="^tgw-[0-9a-f]{8,17}$",
        examples=["tgw-0123456789abcdef0"],
    )
    vpn_gateway_enabled: bool = Field(
        default=False,
        description="Whether the VPC gets a VPN gateway that leads back to the VPN's ranges.",
    )

    # Names
    domain_name: HostName = Field(
        # A certificate's first name holds 64 characters (RFC 5280), and the API's is "api." longer.
        description="Host name of the user interface, up to 60 characters.",
        max_length=60,
        examples=["translate.example.com"],
    )
    api_domain_name: Annotated[str | None, HOST] = Field(
        default=None,
        description='Host name of the API, up to 64 characters; null for "api.<domain_name>".',
        max_length=64,
    )
    hosted_zone_id: str = Field(
        description="Route 53 hosted zone that both names are recorded in.",
        pattern="^Z[A-Z0-9]{1,31}$",
        examples=["Z0123456789ABCDEFGHIJ"],
    )

    # Load balancer
    load_balancer_internal: bool = Field(
        default=False,
        description="Whether the load balancer has private addresses only; "
        "browsers then need a policy for local network access.",
    )
    idle_timeout_seconds: int = Field(
        default=600,
        description="How long a connection may be silent before it is closed, in seconds.",
        ge=60,
        le=4000,
    )
    deregistration_delay_seconds: int = Field(
        default=300,
        description="How long an instance that leaves may finish its answers, in seconds.",
        ge=0,
        le=3600,
    )

    # Inference
    instance_type: InstanceType = Field(
        default="g4dn.xlarge", description="EC2 type of the Ollama instances, with an NVIDIA GPU."
    )
    instance_type_overrides: Annotated[list[InstanceType], UNIQUE] = Field(
        default=[],
        description="Further EC2 types that may stand in where the first has no capacity, "
        "in order of preference; for mixed_instances.",
        max_length=20,
    )
    image_id: str = Field(
        default="resolve:ssm:/aws/service/deeplearning/ami/x86_64/"
        "base-oss-nvidia-driver-gpu-ubuntu-24.04/latest/ami-id",
        description="Image of the instances: an AMI's id, or resolve:ssm: and a parameter's name.",
        pattern="^(ami-[0-9a-f]{8}([0-9a-f]{9})?|resolve:ssm:/[A-Za-z0-9_./-]{1,1000}(:[A-Za-z0-9_.-]{1,100})?)$",
        examples=["ami-0123456789abcdef0"],
    )
    golden_image: Literal["none", "on_request", "weekly"] = Field(
        default="none",
        description="Whether EC2 Image Builder makes images that hold Ollama and the model, "
        "on request or every week; image_id chooses one.",
    )
    volume_size_gib: int = Field(
        default=100,
        # The default image's snapshot has 75 GiB, and AWS refuses a volume smaller than that.
        description="Size of an instance's root volume, which holds the model, in GiB.",
        ge=80,
        le=1000,
    )
    volume_initialization_rate_mib: int = Field(
        default=300,
        description="How fast a new volume is filled from its snapshot, in MiB per second.",
        ge=100,
        le=300,
    )
    min_size: int = Field(description="Least number of instances.", ge=0, le=50, examples=[1])
    desired_size: int = Field(
        description="Number of instances to start with.", ge=0, le=50, examples=[1]
    )
    max_size: int = Field(description="Greatest number of instances.", ge=1, le=50, examples=[2])
    capacity: Literal["on_demand", "mixed_instances", "warm_pool"] = Field(
        default="on_demand",
        description="How the group finds instances: one type on demand, several types, "
        "or one type with stopped instances in reserve.",
    )
    warm_pool_size: int = Field(
        default=0, description="Stopped instances in reserve, for warm_pool.", ge=0, le=20
    )
    cpu_target_percent: int = Field(
        default=60, description="CPU utilisation that scaling aims at, in percent.", ge=10, le=95
    )
    requests_per_target_per_minute: int = Field(
        default=30,
        description="Requests per instance and minute that scaling aims at.",
        ge=1,
        le=10000,
    )
    office_hours: OfficeHours | None = Field(
        default=None, description="When instances run, if not always; null for always."
    )

    # Model
    model: str = Field(
        description="Model that Ollama serves, as name:tag.",
        pattern="^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*:[A-Za-z0-9][A-Za-z0-9._-]*$",
        max_length=200,
        examples=["gemma3n:e4b"],
    )
    model_source: str | None = Field(
        default=None,
        description="Where instances find the model: s3://bucket/prefix of a copy of Ollama's "
        "folder of models, in the same region and account; null for Ollama's registry.",
        pattern="^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9][A-Za-z0-9._-]*)*$",
        max_length=500,
        examples=["s3://models.example.com/ollama"],
    )
    context_length_tokens: int = Field(
        default=4096, description="Tokens that text and translation share.", ge=2048, le=32768
    )
    parallel_requests: int = Field(
        default=2, description="Requests that one instance answers at the same time.", ge=1, le=16
    )
    requests_in_flight: int = Field(
        default=32,
        description="Requests that one instance answers or keeps waiting; the next gets 503.",
        ge=1,
        le=256,
    )
    requests_in_flight_per_client: int = Field(
        default=8,
        description="How many of them one address may have; the next gets 429. "
        "Users behind one VPN address count as one.",
        ge=1,
        le=256,
    )
    ollama_version: str = Field(
        default="0.32.0",
        description="Ollama's release, without a leading v.",
        pattern="^(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?$",
        max_length=40,
        examples=["0.32.0"],
    )
    ollama_sha256: str = Field(
        description="SHA-256 of that release's ollama-linux-amd64.tar.zst, 64 hexadecimal digits.",
        pattern="^[0-9a-f]{64}$",
        examples=["<64 digits of 0-9 and a-f>"],
    )

    # User interface
    ui_allowed_cidrs: Annotated[list[PublicRange], DISJOINT, BOUNDED] = Field(
        description="Public IPv4 and IPv6 ranges that may load the page.",
        min_length=1,
        max_length=100,
        examples=[["203.0.113.0/24", "2001:db8:8::/48"]],
    )
    price_class: Literal["PriceClass_100", "PriceClass_200", "PriceClass_All"] = Field(
        default="PriceClass_100",
        description="Where CloudFront serves from: North America and Europe, most of the world, "
        "or everywhere.",
    )

    # Operations
    log_retention_days: RetentionDays = Field(
        default=90,
        description="How long logs are kept, in days; one of the values CloudWatch Logs accepts.",
    )
    alarm_email: str | None = Field(
        default=None,
        description="Address that alarms and budget alerts are mailed to; null for none.",
        pattern="^[A-Za-z0-9._%+-]{1,64}@([a-z0-9-]{1,63}[.])+[a-z]{2,63}$",
        max_length=254,
        examples=["translator-alarms@example.com"],
    )
    monthly_budget_usd: int | None = Field(
        default=None,
        description="Monthly cost at which alerts are sent, in US dollars; null for no budget.",
        ge=1,
        le=1_000_000,
    )
    deletion_protection: bool = Field(
        default=True,
        description="Whether the load balancer refuses to be deleted, "
        "and buckets to be destroyed while they hold objects.",
    )

    @field_validator("log_retention_days", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        if type(value) is not int:  # to Python true is 1, and so to Literal[1, ...]
            raise PydanticKnownError("int_type")
        return value

    @model_validator(mode="after")
    def _agree(self) -> Self:
        faults = [
            (check.field, fault)
            for check in self.cross_checks
            if (fault := check.find(self)) is not None
        ]
        if faults:
            sentences = "; ".join(f"{name} {fault}" for name, fault in faults)
            raise PydanticCustomError(
                FAULTS, "{sentences}", {"sentences": sentences, FAULTS: faults}
            )
        return self
