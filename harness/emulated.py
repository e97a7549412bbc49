"""`make apply` and `make destroy` of the environment that lives in the emulated AWS.

There is one command to have it and one to be rid of it: `apply` starts the emulator, plans where
no plan fits, and applies what the gate allowed; `destroy` ends it.
"""

import json
import os
import sys
from collections import Counter
from typing import Any

import envs.load
from harness import apply as saved
from harness import live
from harness import plan as planning
from harness.aws import online
from harness.emulator.place import ENVIRONMENT, Emulator, named_port
from harness.emulator.process import ended, started
from harness.plan import terraform_environ
from harness.problem import Problem
from harness.progress import Progress
from harness.project import ROOT
from harness.summary import table
from harness.synth import input_key
from harness.terraform import FLAG, Terraform
from harness.toolchain import find_terraform
from harness.workspace import TRANSLATOR, Workspace, sha256


def apply(environment: str, root: str, progress: Progress) -> int:
    """Apply an environment's plan; in the emulator, have one first; returns the exit code.

    Raises:
        Problem: The plan may not be applied, or applying failed.
    """
    if environment != ENVIRONMENT:
        return saved.apply(environment, root, progress)
    emulator = started(progress)
    workspace = Workspace(environment, root)
    if not _fits(workspace, emulator):
        exit_code = planning.plan(environment, root, progress)
        if exit_code != 0:
            return exit_code
    exit_code = saved.apply(environment, root, progress)
    if root == TRANSLATOR:
        sys.stdout.write(_telling(workspace, emulator))
    return exit_code


def destroy(environment: str, root: str, progress: Progress) -> int:
    """Destroy everything in an environment; in the emulator, end it too; returns the exit code.

    Raises:
        Problem: It was not confirmed, there are no credentials, or destroying failed.
    """
    exit_code = live.destroy(environment, root, progress)
    if environment == ENVIRONMENT and root == TRANSLATOR and named_port(os.environ) is None:
        ended(progress)
        sys.stdout.write("Nothing is left of local, and the emulated AWS has ended.\n")
    return exit_code


def _fits(workspace: Workspace, emulator: Emulator) -> bool:
    """Whether a saved plan was allowed, and is one of this very account, synth and file."""
    try:
        meta = saved.check(workspace)
    except Problem:
        return False
    file = sha256(envs.load.path(ENVIRONMENT))
    made_from = (meta.emulator, meta.synth, meta.variables_sha256)
    return made_from == (emulator.run, input_key(ROOT), file)


def _telling(workspace: Workspace, emulator: Emulator) -> str:
    """What stands there, where to see it, and what is only kept there and does not run."""
    environ = terraform_environ(workspace, online(ENVIRONMENT, "looked at"))
    terraform = Terraform(find_terraform().command, workspace.root, environ)
    outputs: Any = json.loads(_said(terraform, "output", json=FLAG))
    value = {name: output["value"] for name, output in outputs.items()}
    addresses = _said(terraform, "state list").splitlines()
    modules = Counter(_module(address) for address in addresses)
    rows = [(name, str(count)) for name, count in sorted(modules.items())]
    page = f"http://{value['distribution_id'].lower()}.cloudfront.localhost:{emulator.port}/"
    settings = envs.load.load(envs.load.path(ENVIRONMENT))
    lines = [
        f"{len(addresses)} resources stand in the emulated AWS.",
        "",
        *table(("module", "resources"), rows),
        "",
        f"  page        {page}",
        f"              as its distribution serves it; in AWS it would be {value['ui_url']}",
        f"  API         {value['api_url']} in AWS; here it is kept and does not run:",
        "              make up runs nginx and a model behind the same page",
        f"  everything  {emulator.url}/moto-api/",
        f"  ask it      AWS_ENDPOINT_URL={emulator.url} AWS_REGION={settings.region} \\",
        "              AWS_ACCESS_KEY_ID=emulated AWS_SECRET_ACCESS_KEY=emulated \\",
        "              aws ec2 describe-security-groups",
        "  end it      make destroy ENV=local",
    ]
    return "\n".join([*lines, ""])


def _said(terraform: Terraform, command: str, **options: Any) -> str:
    result = terraform.cmd(command, timeout=planning.TIMEOUT, **options)
    if not result.ok:
        raise Problem(f"terraform {command} failed: {result.stderr.strip()}")
    return result.stdout


def _module(address: str) -> str:
    parts = address.split(".")
    return parts[1] if parts[0] == "module" else "(root)"
