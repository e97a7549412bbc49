"""The translator without the parts that AWS takes minutes for: no page, no names.

What is left is what a killed apply can double: a VPC and all in it, keys, a bucket, a load
balancer, the group of instances. It is made from the real synth by leaving modules out.
"""

import json
import re
from pathlib import Path
from typing import Any

from modules.base.app import synthesise

KEPT = ("encryption", "host", "inference", "load_balancer", "network", "observability")

TOLD = ("api_url", "distribution_id", "ui_url")
"""The outputs that `make apply ENV=local` reads."""

WAITING = ("aws_s3_bucket_lifecycle_configuration",)
"""Types that the provider waits a minute for until they are settled."""

LITERALS = {"distribution_id": "E0EXAMPLE", "web_acl_name": "none"}
"""What the modules that are left out would have given."""

OUTSIDE = re.compile(rf"\$\{{module\.(?!(?:{'|'.join(KEPT)})\b)\w+\.(\w+)\}}")


def main(modules: Any, certificate: str) -> None:
    """Synthesise, then take away; `certificate` is the ARN of one that exists."""
    stacks = synthesise(Path("cdktf.json"), modules)
    literals = {**LITERALS, "api_certificate_arn": certificate}
    root = stacks / "translator" / "cdk.tf.json"
    document = json.loads(root.read_text(encoding="utf-8"))
    document["module"] = {name: document["module"][name] for name in KEPT}
    document["output"] = {name: document["output"][name] for name in TOLD}
    text = OUTSIDE.sub(lambda found: literals[found[1]], json.dumps(document))
    root.write_text(text, encoding="utf-8")
    for name in KEPT:
        path = stacks / name / "cdk.tf.json"
        module = json.loads(path.read_text(encoding="utf-8"))
        for kind in WAITING:
            module.get("resource", {}).pop(kind, None)
        path.write_text(json.dumps(module), encoding="utf-8")
