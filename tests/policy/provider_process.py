"""One provider process for many runs of Terraform.

Each `terraform plan` and `terraform show` starts the AWS provider anew, which costs more than the
plan itself. A provider started with `-debug` serves every Terraform that finds its address in
TF_REATTACH_PROVIDERS.
"""

import contextlib
import json
import os
import re
import select
import subprocess
import time
from collections.abc import Generator
from pathlib import Path

from harness.toolchain import PROVIDER

FORK = "registry.terraform.io/example/aws"
"""The address under which the same provider also serves as another one's, for a case about that."""

START_SECONDS = 30.0
"""How long a provider may take to say where it listens; two seconds are usual."""


@contextlib.contextmanager
def shared_provider(program: Path) -> Generator[dict[str, str]]:
    """Serve the AWS provider; yields what to add to Terraform's environment.

    Raises:
        AssertionError: It does not start.
    """
    strangers = ("TF_", "AWS_")  # AWS_CA_BUNDLE above all: the provider stops at a missing one
    environ = {name: value for name, value in os.environ.items() if not name.startswith(strangers)}
    process = subprocess.Popen(  # noqa: S603 # the project's locked provider
        [program, "-debug"],
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a Ctrl-C in the terminal is for the tests, which then end it
    )
    try:
        address = _address(process)
        assert address, f"{program} does not say where it listens."
        yield {"TF_REATTACH_PROVIDERS": address}
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _address(process: subprocess.Popen[bytes]) -> str:
    """What the provider prints for TF_REATTACH_PROVIDERS; empty where it ends or says nothing."""
    if process.stdout is None:
        return ""
    deadline, said = time.monotonic() + START_SECONDS, b""
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([process.stdout], [], [], left)
        chunk = os.read(process.stdout.fileno(), 65536) if ready else b""
        if not chunk:
            break
        said += chunk
        found = re.search(rb"TF_REATTACH_PROVIDERS='([^'\n]+)'", said)
        if found is not None:
            serving = json.loads(found[1])
            return json.dumps(serving | {FORK: serving[PROVIDER]})
    return ""
