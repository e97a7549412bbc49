"""The components: what Image Builder runs on the machine that makes an image and that tests it.

Their documents are of AWS's Task Orchestrator and Executor (AWSTOE), schema 1.0: phases of steps,
each with an action such as ExecuteBash, which root runs.
https://docs.aws.amazon.com/imagebuilder/latest/userguide/toe-use-documents.html
"""

from cdktf import TerraformLocal, TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.imagebuilder_component import ImagebuilderComponent
from constructs import Construct

BUILD_TIMEOUT_SECONDS = 5400
"""Ollama's archive and a model of 7.5 GB at 2 MB/s, and a slow mirror."""

TEST_TIMEOUT_SECONDS = 1800
"""The first read of a volume that comes from a snapshot is slow: 7.5 GB at 5 MB/s."""


def components(scope: Construct) -> list[ImagebuilderComponent]:
    """One that installs, and one that tests an instance of what came of it."""
    return [
        _component(
            scope,
            "build",
            description="Installs Ollama and the model",
            timeout=BUILD_TIMEOUT_SECONDS,
        ),
        _component(
            scope,
            "test",
            description="Has the image's own model produce a token",
            timeout=TEST_TIMEOUT_SECONDS,
        ),
    ]


def _component(
    scope: Construct, phase: str, *, description: str, timeout: int
) -> ImagebuilderComponent:
    """A component of one phase, `build` or `test`, of one step that runs the phase's script."""
    step = (
        f'{{name = "Run", action = "ExecuteBash", timeoutSeconds = {timeout}, '
        f'onFailure = "Abort", inputs = {{commands = [var.{phase}_script]}}}}'
    )
    document = TerraformLocal(
        scope,
        f"local.{phase}_document",
        f'${{yamlencode({{name = "{phase}", schemaVersion = 1.0, '
        f'phases = [{{name = "{phase}", steps = [{step}]}}]}})}}',
    )
    return ImagebuilderComponent(
        scope,
        f"aws_imagebuilder_component.{phase}",
        name=f"${{var.name}}-{phase}",
        description=description,
        platform="Linux",
        version=version(f"local.{phase}_document"),
        data=document.as_string,
        lifecycle=NEW_BEFORE_OLD,
    )


NEW_BEFORE_OLD = TerraformResourceLifecycle(create_before_destroy=True)
"""A component that a recipe names can't go, nor a recipe that the pipeline names."""


def version(content: str) -> str:
    """A version that changes with the content: AWS takes no change under the same version.

    Args:
        content: An HCL expression that gives a string.

    Returns:
        `1.0.` and a number of 28 bits; AWS takes up to 30.
    """
    return f"1.0.${{parseint(substr(sha256({content}), 0, 7), 16)}}"
