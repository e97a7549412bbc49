"""The files that an instance boots with, from the synthesised host module by real Terraform."""

import base64
import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import yaml

from envs.schema import Environment
from harness.local import evaluated
from harness.local.place import PAGE, Choice
from harness.problem import Problem

ELSEWHERE = "not-on-this-machine"
"""What stands for the names of AWS's own things, such as the Auto Scaling group's."""


def boot_files(
    stacks: Path, environment: Environment, chosen: Choice, folder: Path
) -> dict[str, str]:
    """Each file that the user data writes, by the path it has on an instance.

    Args:
        stacks: The folder of the synthesised modules.
        environment: The settings to render with.
        chosen: The port, which becomes part of the page's origin, and the model.
        folder: Where Terraform may work; left there only where it failed.

    Raises:
        Problem: Terraform refused.
    """
    shutil.copytree(stacks / "host", folder / "host")
    module = folder / "host" / "cdk.tf.json"
    document: Any = json.loads(module.read_text(encoding="utf-8"))
    # It has no resource, so without the requirement Terraform needs no provider.
    del document["terraform"]["required_providers"]
    module.write_text(json.dumps(document), encoding="utf-8")
    known = environment.model_dump(mode="json")
    known |= {"domain_name": f"{PAGE}:{chosen.port}", "vpc_cidr": "127.0.0.0/8"}
    known |= {"model": chosen.model} if chosen.model else {}
    given: dict[str, Any] = {"source": "./host"}
    for name, variable in document["variable"].items():
        if name in known:
            given[name] = known[name]
        elif "default" not in variable:
            given[name] = ELSEWHERE
    root = {
        "module": {"host": given},
        "output": {"user_data": {"value": "${module.host.user_data}"}},
    }
    (folder / "main.tf.json").write_text(json.dumps(root), encoding="utf-8")
    user_data = str(evaluated.outputs(folder)["user_data"])
    shutil.rmtree(folder)
    return _written(user_data)


def _written(user_data: str) -> dict[str, str]:
    cloud_config: Any = yaml.safe_load(_text(base64.b64decode(user_data)))
    files: dict[str, str] = {}
    for file in cloud_config["write_files"]:
        encoding = str(file.get("encoding", ""))
        content = file["content"].encode() if isinstance(file["content"], str) else file["content"]
        files[str(file["path"])] = _text(base64.b64decode(content) if encoding else content)
    if not files:
        raise Problem("the host module's user data writes no file: see modules/host.")
    return files


def _text(content: bytes) -> str:
    """Compressed or not, as cloud-init takes both."""
    return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode()
