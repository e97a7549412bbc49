"""What the bucket holds and CloudFront sends of the page, as the frontend module has it.

The module is read as it was synthesised, and real Terraform says what its expressions come to:
names, content, cache rules and headers stand there alone.
"""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.local import evaluated
from harness.problem import Problem

OBJECT = ("key", "source", "content", "content_type", "cache_control")
"""What is told of an object in the bucket; `source` is a file's path, `content` is text."""

HEADERS: Mapping[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "content_security_policy": (
        "Content-Security-Policy",
        lambda set_to: str(set_to["content_security_policy"]),
    ),
    "content_type_options": ("X-Content-Type-Options", lambda _: "nosniff"),
    "frame_options": ("X-Frame-Options", lambda set_to: str(set_to["frame_option"])),
    "referrer_policy": ("Referrer-Policy", lambda set_to: str(set_to["referrer_policy"])),
    "strict_transport_security": (
        "Strict-Transport-Security",
        lambda set_to: "; ".join(
            [
                f"max-age={set_to['access_control_max_age_sec']}",
                *(["includeSubDomains"] if set_to["include_subdomains"] else []),
                *(["preload"] if set_to["preload"] else []),
            ]
        ),
    ),
}
"""The header that CloudFront sends for each part of `security_headers_config`, and its value."""


@dataclass(frozen=True)
class Object:
    """An object of the bucket.

    Attributes:
        content: Its bytes.
        content_type: Its `Content-Type`.
        cache_control: Its `Cache-Control`.
    """

    content: bytes
    content_type: str
    cache_control: str


@dataclass(frozen=True)
class Delivery:
    """What is sent, and how.

    Attributes:
        objects: The bucket's objects by their key, which is the path without its first slash.
        headers: What every answer carries besides.
        root: The key of what is served at `/`.
        missing: The key of what is served, under 404, in place of what is not there.
    """

    objects: Mapping[str, Object]
    headers: Mapping[str, str]
    root: str
    missing: str


def delivery(stacks: Path, page: Mapping[str, Any], ui: Path, folder: Path) -> Delivery:
    """What a deploy of the UI would have CloudFront send.

    Args:
        stacks: The folder of the synthesised modules.
        page: The module's input of that name: `api_url`, `model`, `context_length_tokens`.
        ui: The folder of the UI's files.
        folder: Where Terraform may work; left there only where it failed.

    Raises:
        Problem: Terraform refused the files or the settings, or the module sends a header that
            is not known here.
    """
    frontend: Any = json.loads((stacks / "frontend" / "cdk.tf.json").read_text(encoding="utf-8"))
    distribution = frontend["resource"]["aws_cloudfront_distribution"]["ui"]
    (error,) = distribution["custom_error_response"]
    folder.mkdir(parents=True)
    root = json.dumps(_root(frontend), indent=2)  # a line each, for Terraform's errors
    (folder / "main.tf.json").write_text(root, encoding="utf-8")
    # Relative: what is named before it may hold what Terraform's `fileset` takes for a pattern.
    given = {"page": dict(page), "ui_directory": os.path.relpath(ui, folder.resolve())}
    (folder / "terraform.tfvars.json").write_text(json.dumps(given), encoding="utf-8")
    told = evaluated.outputs(folder)
    objects = {each["key"]: _object(each, folder) for each in told["objects"]}
    shutil.rmtree(folder)
    return Delivery(
        objects=objects,
        headers=_headers(told["headers"]),
        root=str(distribution["default_root_object"]),
        missing=str(error["response_page_path"]).removeprefix("/"),
    )


def _root(frontend: Any) -> dict[str, Any]:
    """The module with no more than what it says of objects and headers, for no provider at all."""
    resources = {
        name: {
            **({"for_each": made["for_each"]} if "for_each" in made else {}),
            "input": {each: made.get(each) for each in OBJECT},
        }
        for name, made in frontend["resource"]["aws_s3_object"].items()
    }
    listed = [
        f"[for each in terraform_data.{name} : each.input]"
        if "for_each" in resource
        else f"[terraform_data.{name}.input]"
        for name, resource in resources.items()
    ]
    policy = frontend["resource"]["aws_cloudfront_response_headers_policy"]["ui"]
    sent = {name: policy[name] for name in ("security_headers_config", "custom_headers_config")}
    return {
        "variable": {name: frontend["variable"][name] for name in ("page", "ui_directory")},
        "locals": frontend["locals"] | {"sent": sent},
        "resource": {"terraform_data": resources},
        "output": {
            "objects": {"value": f"${{concat({', '.join(listed)})}}"},
            "headers": {"value": "${local.sent}"},
        },
    }


def _object(told: dict[str, Any], folder: Path) -> Object:
    content = told["content"]
    return Object(
        (folder / told["source"]).read_bytes() if content is None else str(content).encode(),
        told["content_type"],
        told["cache_control"],
    )


def _headers(sent: dict[str, Any]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, set_to in sent["security_headers_config"].items():
        if name not in HEADERS:
            raise Problem(
                f"The frontend module sets {name}, which make up does not know: teach"
                " harness/local/delivery.py which header CloudFront sends for it."
            )
        header, value_of = HEADERS[name]
        headers[header] = value_of(set_to)
    items = sent["custom_headers_config"]["items"]
    return headers | {str(item["header"]): str(item["value"]) for item in items}
