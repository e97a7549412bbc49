"""The generated nginx configuration, rendered by real Terraform and run by real nginx."""

import base64
import gzip
import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from harness.local import instance, nginx
from harness.terraform import FLAG, Terraform
from tests.checkout import ROOT
from tests.host.upstream import Upstream
from tests.host.wire import ask

CALL = ROOT / "tests" / "plan" / "children" / "host.tf"


@dataclass(frozen=True)
class Gateway:
    """A running nginx before a stand-in for Ollama.

    Attributes:
        port: Where it listens.
        folder: Where the instance's `/` is.
        upstream: What it passes requests to.
    """

    port: int
    folder: Path
    upstream: Upstream

    @property
    def state(self) -> Path:
        """The folder in which the model's unit says how far it is."""
        return self.folder / instance.STATE

    @property
    def status_port(self) -> int:
        """Where it counts its requests."""
        ports = re.findall(
            r"listen 127[.]0[.]0[.]1:(\d+);", (self.folder / "nginx.conf").read_text()
        )
        (port,) = [int(each) for each in ports]
        return port

    @property
    def in_flight(self) -> int:
        """The requests that nginx has under way, this question left out."""
        figures = ask(self.status_port, "GET", "/status").body
        found = re.search(rb"Writing: (\d+)", figures)
        assert found, figures
        return int(found[1]) - 1

    def log(self, after: int = 0, lines: int = 1) -> list[dict[str, Any]]:
        """The access log after so many lines, once it has this many more: nginx writes it last."""
        path = self.folder / "var" / "log" / "nginx" / "access.log"
        deadline = time.monotonic() + 5
        while True:
            found = path.read_text().splitlines()[after:]
            if len(found) >= lines:
                return [json.loads(each) for each in found]
            assert time.monotonic() < deadline, found
            time.sleep(0.01)


def render(
    stacks: Path,
    terraform: Callable[[Path], Terraform],
    folder: Path,
    variants: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """What instances boot with: by variant, each file of the user data by its path.

    Args:
        stacks: The synthesised modules.
        terraform: A real Terraform in a folder.
        folder: Where to work.
        variants: By name, the arguments that differ from the call in tests/plan/children, in HCL.
    """
    shutil.copytree(stacks / "host", folder / "modules" / "host")
    path = folder / "modules" / "host" / "cdk.tf.json"
    document = json.loads(path.read_text())
    # No resource in it, so without the requirement Terraform needs no provider and starts at once.
    del document["terraform"]["required_providers"]
    path.write_text(json.dumps(document))
    for name, arguments in variants.items():
        text = CALL.read_text().replace('module "host"', f'module "{name}"')
        text = text.replace("module.host.", f"module.{name}.")
        text = text.replace('output "user_data"', f'output "{name}"')
        for argument, value in arguments.items():
            text, found = re.subn(rf"(?m)^( +{argument} +=) .*$", rf"\1 {value}", text)
            assert found == 1, f"{CALL} has no argument {argument}"
        (folder / f"{name}.tf").write_text(text)
    run = terraform(folder)
    assert run.cmd("init", input=False, no_color=FLAG, timeout=60).ok
    applied = run.cmd("apply", input=False, auto_approve=FLAG, no_color=FLAG, timeout=60)
    assert applied.ok, applied.stderr
    outputs = json.loads(run.cmd("output", json=FLAG, timeout=60).stdout)
    return {name: _files(outputs[name]["value"]) for name in variants}


def _files(user_data: str) -> dict[str, str]:
    text = gzip.decompress(base64.b64decode(user_data)).decode()
    assert text.startswith("#cloud-config\n")
    return {file["path"]: file["content"] for file in yaml.safe_load(text)["write_files"]}


@contextmanager
def running(files: Mapping[str, str], folder: Path) -> Generator[Gateway]:
    """That nginx, before a stand-in of its own, on free ports of loopback."""
    own = nginx.find()
    port = nginx.free_port()
    with Upstream() as upstream:
        instance.lay_out(files, folder, own, port, f"127.0.0.1:{upstream.port}")
        own.check(folder, "the instance's configuration")
        process = subprocess.Popen(own.command(folder), cwd=folder, stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            log = folder / "var" / "log" / "nginx" / "access.log"
            deadline = time.monotonic() + 10
            while not (log.exists() and nginx_answers(port)):
                assert process.poll() is None, "nginx ended"
                assert time.monotonic() < deadline, "nginx does not answer"
                time.sleep(0.02)
            yield Gateway(port, folder, upstream)
        finally:
            process.terminate()
            process.wait(timeout=10)


def nginx_answers(port: int) -> bool:
    """Whether somebody listens."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
