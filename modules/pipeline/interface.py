"""What the pipeline's module must know and what it tells."""

from modules.base.conditions import ACCOUNT_ID, HOST_NAME, NAME, each, matches, size
from modules.base.interface import Inputs, Outputs, output, variable
from modules.state import BUCKET_NAME


class GitLab(Inputs):
    """Whose jobs may take the roles."""

    host: str = variable("Host name of GitLab, which issues the jobs' tokens.", HOST_NAME)
    project: str = variable(
        "Path of the GitLab project, with its groups.",
        matches("^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$", "a path such as group/project"),
    )
    branch: str = variable(
        "The one branch whose jobs may; it must be protected.",
        matches("^[A-Za-z0-9][A-Za-z0-9_./-]*$", "the name of a branch"),
    )


class StateObject(Inputs):
    """Where the environment's state lies."""

    bucket: str = variable("Its bucket.", BUCKET_NAME)
    key: str = variable(
        "Its key there.",
        matches("^[a-z0-9_/-]+[.]tfstate$", "an object's key that ends in .tfstate"),
    )
    region: str = variable("The AWS region of the bucket.")


class PipelineInputs(Inputs):
    """What the roles must know."""

    name: str = variable("Prefix of every resource's name.", NAME)
    project: str = variable("Tag `project` of all that the roles may change.")
    environment: str = variable("Tag `environment` of all that the roles may change.")
    account_id: str = variable("The AWS account.", ACCOUNT_ID)
    region: str = variable("The AWS region of everything but CloudFront's own resources.")
    gitlab: GitLab = variable("The GitLab project whose jobs may take the roles.")
    hosted_zone_id: str = variable("The hosted zone in which the names are recorded.")
    domain_names: list[str] = variable(
        "The names, of the page and of the API, that may be recorded there.",
        size(1, 10),
        each(HOST_NAME),
    )
    state: StateObject = variable("The environment's state in S3.")


class PipelineOutputs(Outputs):
    """What a job needs to take a role, and what the stack's roles are bounded by."""

    plan_role_arn: str = output("Role that plans: it reads, and locks the state.")
    apply_role_arn: str = output("Role that applies.")
    boundary_arn: str = output(
        "Permissions boundary that every role of the environment must have, or the apply role "
        "cannot make it."
    )
