"""What a synthesised module comes to on this machine, told by real Terraform without a provider."""

import json
from pathlib import Path
from typing import Any

from harness.events import Events
from harness.terraform import FLAG, Terraform
from harness.toolchain import child_environ, find_terraform


def outputs(folder: Path) -> dict[str, Any]:
    """The value of each output of the root in `folder`, which names no provider.

    Raises:
        Problem: Terraform refused; `folder` then has its log.
    """
    environ = child_environ() | {"TF_DATA_DIR": str(folder / ".terraform")}
    terraform = Terraform(find_terraform().command, folder, environ)
    events = Events(folder / "terraform.log")
    for command, options in (("init", {}), ("apply", {"auto_approve": FLAG})):
        done = terraform.cmd(
            command, input=False, no_color=FLAG, on_line=events.line, timeout=60, **options
        )
        if not done.ok:
            raise events.failure(f"terraform {command}", done.stderr)
    state: Any = json.loads((folder / "terraform.tfstate").read_text(encoding="utf-8"))
    return {name: output["value"] for name, output in state["outputs"].items()}
