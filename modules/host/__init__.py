"""The host: what an instance does when it first boots."""

from dataclasses import dataclass
from pathlib import Path

from cdktf import TerraformLocal

from modules.base.conditions import between, matches
from modules.base.interface import Inputs, Outputs, output, variable
from modules.base.module import Module
from modules.base.service import PORT, READINESS_PATH

FILES = Path(__file__).parent / "files"

OLLAMA_PORT = 11435
"""Where Ollama listens, on loopback alone: nginx has its usual port."""


@dataclass(frozen=True)
class HostFile:
    """A file that lands on the instance.

    Attributes:
        source: Its name in `files/`; one that ends in `.tftpl` is a template over the inputs.
        target: Where it goes.
        mode: Its permissions.
    """

    source: str
    target: str
    mode: str = "0644"

    def content(self) -> str:
        """The HCL expression of its content."""
        path = f'"${{path.module}}/files/{self.source}"'
        if self.source.endswith(".tftpl"):
            return f"templatefile({path}, local.settings)"
        return f"file({path})"


HOST_FILES = (
    HostFile("settings.env.tftpl", "/etc/translator/settings.env"),
    HostFile("nginx.conf.tftpl", "/etc/translator/nginx.conf"),
    HostFile("cloudwatch-agent.json.tftpl", "/etc/translator/cloudwatch-agent.json"),
    HostFile("ollama.service", "/etc/systemd/system/ollama.service"),
    HostFile(
        "ollama-translator.conf.tftpl",
        "/etc/systemd/system/ollama.service.d/translator.conf",
    ),
    HostFile("translator-model.service", "/etc/systemd/system/translator-model.service"),
    HostFile("bootstrap", "/usr/local/lib/translator/bootstrap", mode="0755"),
    HostFile("lifecycle", "/usr/local/lib/translator/lifecycle", mode="0755"),
    HostFile("model", "/usr/local/lib/translator/model", mode="0755"),
)


class HostInputs(Inputs):
    """What an instance must know to serve."""

    region: str = variable("The AWS region.")
    domain_name: str = variable(
        "Host name of the page, the only origin from which browsers may call the API."
    )
    model: str = variable(
        "Ollama's name and tag of the model, such as `gemma3n:e4b`.",
        matches("^[a-z0-9][a-z0-9._/-]*:[A-Za-z0-9._-]+$", "a model's name and tag"),
    )
    context_length_tokens: int = variable(
        "Tokens that text, translation and prompt may have together.", between(2048, 32768)
    )
    parallel_requests: int = variable(
        "Translations that one instance makes at a time.", between(1, 16)
    )
    ollama_version: str = variable(
        "Ollama's release.", matches("^[0-9]+[.][0-9]+[.][0-9]+$", "three numbers")
    )
    ollama_sha256: str = variable(
        "SHA-256 of that release's `ollama-linux-amd64.tar.zst`.",
        matches("^[0-9a-f]{64}$", "64 hexadecimal digits"),
    )
    idle_timeout_seconds: int = variable("Seconds for which a stream may be silent.")
    autoscaling_group_name: str = variable("The Auto Scaling group that launches it.")
    launch_hook_name: str = variable("The lifecycle hook that waits for it to be ready.")
    instance_log_group_name: str = variable("Log group of its boot and its errors.")
    nginx_log_group_name: str = variable("Log group of its requests.")
    metrics_namespace: str = variable("CloudWatch namespace of its memory, disk and GPU figures.")


class HostOutputs(Outputs):
    """What an instance boots with."""

    user_data: str = output("The user data, a cloud-config in base64.")


class Host(Module[HostInputs, HostOutputs]):
    """The user data of an instance: Ollama behind nginx, and the model it serves.

    At its first boot an instance installs nginx and the pinned Ollama (checked against its
    checksum; skipped where a golden image has it), pulls the model, has it produce one token and
    only then answers the load balancer's question for `/ready` with 200 and completes the launch
    hook. Whatever fails abandons the launch, and the group replaces the instance.

    Ollama listens on loopback alone. nginx listens on 11434 and lets through the four paths that
    the page needs.
    """

    files = {"files": FILES}  # noqa: RUF012 - declared ClassVar by the base class

    def resources(self, inputs: HostInputs) -> HostOutputs:
        """No resource: a rendering, known as soon as its inputs are."""
        del inputs  # the templates name every one of them themselves
        agreed = (
            f"port = {PORT}",
            f"ollama_port = {OLLAMA_PORT}",
            f'readiness_path = "{READINESS_PATH}"',
        )
        given = (f"{variable.name} = var.{variable.name}" for variable in self.variables())
        settings = ", ".join((*agreed, *given))
        TerraformLocal(self, "local.settings", f"${{{{{settings}}}}}")
        files = ", ".join(
            f'{{path = "{file.target}", permissions = "{file.mode}", content = {file.content()}}}'
            for file in HOST_FILES
        )
        run = '[["/usr/local/lib/translator/bootstrap"]]'
        cloud_config = f"yamlencode({{write_files = [{files}], runcmd = {run}}})"
        user_data = f'join("\\n", ["#cloud-config", {cloud_config}])'
        return HostOutputs(user_data=f"${{base64encode({user_data})}}")
