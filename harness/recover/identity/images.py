"""EC2 Image Builder's parts; AWS lets none of a kind share a name."""

from collections.abc import Iterator

from harness.recover.account import Account
from harness.recover.identity.known import Find, Found, Identities
from harness.recover.planned import Planned


def _named(operation: str, path: str) -> Find:
    def find(want: Planned, account: Account) -> Iterator[Found]:
        for row in account.rows("imagebuilder", want.region, operation, path):
            if row["name"] == want["name"]:
                yield Found(row["arn"], "its name")

    return find


def _component(want: Planned, account: Account) -> Iterator[Found]:
    """A version's first build is what Terraform makes."""
    asked = {"owner": "Self", "filters": [{"name": "name", "values": [want["name"]]}]}
    operation, path = "list_components", "componentVersionList"
    for row in account.rows("imagebuilder", want.region, operation, path, **asked):
        if row["version"] == want["version"]:
            yield Found(f"{row['arn'].removesuffix('/1')}/1", "its name and version")


def _recipe(want: Planned, account: Account) -> Iterator[Found]:
    """A recipe's ARN ends with its version."""
    asked = {"owner": "Self"}
    operation, path = "list_image_recipes", "imageRecipeSummaryList"
    for row in account.rows("imagebuilder", want.region, operation, path, **asked):
        if row["name"] == want["name"] and row["arn"].endswith(f"/{want['version']}"):
            yield Found(row["arn"], "its name and version")


IMAGES: Identities = {
    "aws_imagebuilder_component": _component,
    "aws_imagebuilder_image_recipe": _recipe,
    "aws_imagebuilder_infrastructure_configuration": _named(
        "list_infrastructure_configurations", "infrastructureConfigurationSummaryList"
    ),
    "aws_imagebuilder_distribution_configuration": _named(
        "list_distribution_configurations", "distributionConfigurationSummaryList"
    ),
    "aws_imagebuilder_image_pipeline": _named("list_image_pipelines", "imagePipelineList"),
    "aws_imagebuilder_lifecycle_policy": _named(
        "list_lifecycle_policies", "lifecyclePolicySummaryList"
    ),
}
