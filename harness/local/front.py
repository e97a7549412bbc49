"""TLS in front of the page and the API: what CloudFront and the load balancer are in AWS."""

import json
import os
import string
from pathlib import Path
from typing import Any

from envs.schema import Environment
from harness.local import nginx
from harness.local.place import API, PAGE, Choice
from harness.project import ROOT

TEMPLATE = Path(__file__).with_name("front.conf")


class _Configuration(string.Template):
    """A template whose marks are no nginx variables."""

    delimiter = "@"


def lay_out(
    folder: Path, stacks: Path, environment: Environment, chosen: Choice, instance: int
) -> None:
    """Write nginx.conf and the page's config.json into `folder`.

    Args:
        folder: The folder, with the certificate in it.
        stacks: The folder of the synthesised modules; the page's policy is the frontend's.
        environment: The settings the instance was rendered with.
        chosen: The port and the model.
        instance: The port of the instance's nginx.
    """
    frontend: Any = json.loads((stacks / "frontend" / "cdk.tf.json").read_text(encoding="utf-8"))
    policy = str(frontend["locals"]["content_security_policy"])
    text = _Configuration(TEMPLATE.read_text(encoding="utf-8").partition("\n")[2]).substitute(
        user=nginx.own_user(),
        folders=nginx.own_folders(),
        listen=" ".join(f"listen {each} ssl http2;" for each in nginx.loopback(chosen.port)),
        page=PAGE,
        api=API,
        ui=os.path.relpath(ROOT / "ui", folder.resolve()),
        policy=policy.replace("${var.page.api_url}", chosen.api_url),
        instance=instance,
        port=chosen.port,
        idle=environment.idle_timeout_seconds,
    )
    (folder / "page").mkdir(parents=True)
    (folder / "temp").mkdir()
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    settings = {
        "apiUrl": chosen.api_url,
        "model": chosen.model or environment.model,
        "contextLength": environment.context_length_tokens,
    }
    (folder / "page" / "config.json").write_text(json.dumps(settings), encoding="utf-8")
