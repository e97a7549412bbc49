"""Whose jobs may plan and apply an environment: one branch of one GitLab project."""

from pydantic import BaseModel, ConfigDict, Field

from envs.values import HostName


class GitLab(BaseModel):
    """The GitLab project from which the environment is planned and applied."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    host: HostName = Field(
        description="Host name of GitLab, which AWS must reach to check a job's token.",
        examples=["gitlab.example.com"],
    )
    project: str = Field(
        description="Path of the project, with its groups.",
        pattern="^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$",
        max_length=255,
        examples=["language-platform/ollama-translator"],
    )
    branch: str = Field(
        description="The branch whose jobs may; protect it in GitLab.",
        pattern="^[A-Za-z0-9][A-Za-z0-9_./-]*$",
        max_length=255,
        examples=["main"],
    )
