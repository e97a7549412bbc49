"""The host: what an instance does when it first boots."""

from dataclasses import dataclass
from pathlib import Path

from cdktf import TerraformLocal

from modules.base.conditions import IPV4_CIDR, at_least, between, matches
from modules.base.interface import Inputs, Outputs, output, variable
from modules.base.module import Module
from modules.base.service import PORT, READINESS_PATH

FILES = Path(__file__).parent / "files"

OLLAMA_PORT = 11435
"""Where Ollama listens, on loopback alone: nginx has its usual port."""

STATUS_PORT = 11436
"""Where nginx counts its requests, on loopback alone."""


@dataclass(frozen=True)
class HostFile:
    """A file that lands on the instance.

    Attributes:
        source: Its name in `files/`; one that ends in `.tftpl` is a template over the inputs.
        target: Where it goes.
        mode: Its permissions.
        image: Whether a golden image is made by it; user data brings the rest.
    """

    source: str
    target: str
    mode: str = "0644"
    image: bool = False

    def content(self) -> str:
        """The HCL expression of its content."""
        path = f'"${{path.module}}/files/{self.source}"'
        if self.source.endswith(".tftpl"):
            return f"templatefile({path}, local.settings)"
        return f"file({path})"


HOST_FILES = (
    HostFile("settings.env.tftpl", "/etc/translator/settings.env", image=True),
    HostFile("nginx.conf.tftpl", "/etc/translator/nginx.conf"),
    HostFile("guard.js", "/etc/translator/guard.js"),
    HostFile("nginx-translator.conf.tftpl", "/etc/systemd/system/nginx.service.d/translator.conf"),
    HostFile("cloudwatch-agent.json.tftpl", "/etc/translator/cloudwatch-agent.json"),
    HostFile("ollama.service", "/etc/systemd/system/ollama.service", image=True),
    HostFile(
        "ollama-translator.conf.tftpl",
        "/etc/systemd/system/ollama.service.d/translator.conf",
        image=True,
    ),
    HostFile("nvidia-devices.service", "/etc/systemd/system/nvidia-devices.service", image=True),
    HostFile("translator-model.service", "/etc/systemd/system/translator-model.service"),
    HostFile("bootstrap", "/usr/local/lib/translator/bootstrap", mode="0755", image=True),
    HostFile("lifecycle", "/usr/local/lib/translator/lifecycle", mode="0755"),
    HostFile("model", "/usr/local/lib/translator/model", mode="0755", image=True),
    HostFile(
        "model_from_bucket.py",
        "/usr/local/lib/translator/model-from-bucket",
        mode="0755",
        image=True,
    ),
    HostFile("reporting", "/usr/local/lib/translator/reporting", image=True),
)

IMAGE_SCRIPT = HostFile("image", "/usr/local/lib/translator/image", mode="0755", image=True)
"""No instance needs it: it makes a golden image out of the files above, and tests it."""

_END = "END-OF-FILE"
"""Ends a file in a shell script; no file has such a line."""


class HostInputs(Inputs):
    """What an instance must know to serve."""

    region: str = variable("The AWS region.")
    vpc_cidr: str = variable(
        "Range that the load balancer calls from; it alone is believed whom it calls for.",
        IPV4_CIDR,
    )
    domain_name: str = variable(
        "Host name of the page, the only origin from which browsers may call the API.",
        matches("^[a-z0-9.-]+(:[0-9]+)?$", "a host name in lower case, with a port where not 443"),
    )
    model: str = variable(
        "Ollama's name and tag of the model, such as `gemma3n:e4b`.",
        matches("^[a-z0-9][a-z0-9._/-]*:[A-Za-z0-9._-]+$", "a model's name and tag"),
    )
    model_source: str | None = variable(
        "Copy of Ollama's folder of models, such as `s3://models.example.com/ollama`, in a bucket "
        "of the same region; null for Ollama's registry.",
        matches("^s3://[a-z0-9][a-z0-9.-]+(/[A-Za-z0-9._-]+)*$", "s3:// and a bucket and a prefix"),
        default=None,
    )
    context_length_tokens: int = variable(
        "Tokens that text, translation and prompt may have together.", between(2048, 32768)
    )
    parallel_requests: int = variable(
        "Translations that one instance makes at a time.", between(1, 16)
    )
    requests_in_flight: int = variable(
        "Requests that one instance holds at a time; the next one gets 503.", at_least(1)
    )
    requests_in_flight_per_client: int = variable(
        "Requests that it holds for one client address; the next one gets 429.", at_least(1)
    )
    ollama_version: str = variable(
        "Ollama's release.", matches("^[0-9]+[.][0-9]+[.][0-9]+$", "three numbers")
    )
    ollama_sha256: str = variable(
        "SHA-256 of that release's `ollama-linux-amd64.tar.zst`.",
        matches("^[0-9a-f]{64}$", "64 hexadecimal digits"),
    )
    idle_timeout_seconds: int = variable("Seconds for which a stream may be silent.")
    deregistration_delay_seconds: int = variable(
        "Seconds for which streams in flight may go on when nginx is told to stop."
    )
    autoscaling_group_name: str = variable("The Auto Scaling group that launches it.")
    launch_hook_name: str = variable("The lifecycle hook that waits for it to be ready.")
    instance_log_group_name: str = variable("Log group of its boot and its errors.")
    nginx_log_group_name: str = variable("Log group of its requests.")
    metrics_namespace: str = variable("CloudWatch namespace of its memory, disk and GPU figures.")


class HostOutputs(Outputs):
    """What an instance boots with."""

    user_data: str = output("The user data, a compressed cloud-config in base64.")
    image_build_script: str = output(
        "Shell script, for root, that installs Ollama and the model on a machine whose disk "
        "becomes a golden image."
    )
    image_test_script: str = output(
        "Shell script, for root, that fails on an instance of such an image unless its own model "
        "produces a token."
    )


class Host(Module[HostInputs, HostOutputs]):
    """The user data of an instance: Ollama behind nginx, and the model it serves.

    At its first boot an instance installs nginx and the pinned Ollama (checked against its
    checksum; skipped where a golden image has it), pulls the model, has it produce one token and
    only then answers the load balancer's question for `/ready` with 200 and completes the launch
    hook. Before, `/ready` answers 503 and says how far the boot is, or what failed; the same line
    stands in the journal and in CloudWatch. Whatever fails abandons the launch, and the group
    replaces the instance.

    The model comes from Ollama's registry, or from a bucket that holds a copy of Ollama's folder
    (`aws s3 sync /var/lib/ollama/models s3://bucket/prefix`): fetched by pieces that resume, each
    blob checked by its digest, the manifest last, so that Ollama never sees half a model.

    Ollama and the model's unit run as the user `ollama` without capabilities, in units that
    systemd's own measure scores at 1.5 of 10 (8.5 and 9.6 without the hardening).

    An instance that leaves finishes its streams. Auto Scaling takes it out of the load balancer
    and waits for the deregistration delay before it terminates it, so no termination hook is
    needed; and where the machine is stopped otherwise, nginx ends its streams, for as long, before
    Ollama stops.

    Ollama listens on loopback alone. nginx listens on 11434 and lets through the four paths that
    the page needs, and of their requests what `guard.js` finds harmless: the one model, a text of
    up to three characters for each token of the context (the page sends at most 2.4), a few options
    that change how words are chosen. A body may have 18 bytes for each token, and 8 KiB.
    """

    files = {"files": FILES}  # noqa: RUF012 - declared ClassVar by the base class

    def resources(self, inputs: HostInputs) -> HostOutputs:
        """No resource: a rendering, known as soon as its inputs are."""
        del inputs  # the templates name every one of them themselves
        agreed = (
            f"port = {PORT}",
            f"ollama_port = {OLLAMA_PORT}",
            f"status_port = {STATUS_PORT}",
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
        return HostOutputs(
            user_data=f"${{base64gzip({user_data})}}",
            image_build_script=_image_build_script(),
            image_test_script=f"{IMAGE_SCRIPT.target} test",
        )


def _image_build_script() -> str:
    """Each file that an image needs, then the script that makes the image of them.

    In base64, as Image Builder would take any two braces in a file for an expression of its own,
    and compressed, as it takes no more than 16,000 characters.
    """
    files = ", ".join(
        f"\"install -D -m {file.mode} /dev/stdin {file.target} <<'{_END}'\\n\", "
        f'{file.content()}, "{_END}\\n"'
        for file in (*HOST_FILES, IMAGE_SCRIPT)
        if file.image
    )
    return f"""set -euo pipefail
echo ${{base64gzip(join("", [{files}]))}} | base64 -d | gzip -d | bash -eu
{IMAGE_SCRIPT.target} build"""
