"""Where an environment's Terraform state is kept: the typed form of `envs/<env>.s3.tfbackend`."""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from envs.checks import Check
from envs.values import Region

_Always: TypeAlias = Annotated[
    bool,
    Check(
        condition="value",
        error_message="Write true.",
        find=lambda value: None if value else "is not allowed; write true",
    ),
]


class Backend(BaseModel):
    """Settings of Terraform's S3 backend.

    State holds every value of the stack, so it is encrypted and locked, and neither can be left
    out.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    bucket: str = Field(
        description="Bucket that holds the state; its name contains the account's id.",
        pattern="^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$",
        examples=["translator-state-123456789012"],
    )
    key: str = Field(
        description="Object that is the state, <folder>/<environment>/terraform.tfstate.",
        pattern="^[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*/terraform[.]tfstate$",
        max_length=200,
        examples=["ollama-translator/prod/terraform.tfstate"],
    )
    region: Region = Field(description="AWS region of the bucket.", examples=["eu-west-1"])
    encrypt: _Always = Field(
        description="Whether the state is encrypted; always true.", examples=[True]
    )
    use_lockfile: _Always = Field(
        description="Whether a run locks the state, by an object beside it; always true.",
        examples=[True],
    )
    # Without it Terraform asks for S3's own key, which the bucket's policy refuses.
    kms_key_id: str = Field(
        description="KMS key that encrypts the state: its alias or ARN.",
        pattern="^(alias/[A-Za-z0-9/_-]{1,250}|arn:aws:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]{1,250})$",
        examples=["alias/translator-state"],
    )
    use_path_style: bool = Field(
        default=False,
        description="Whether the bucket is addressed by path, which an emulated S3 needs.",
    )
