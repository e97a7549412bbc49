"""Proof of the backend: what an instance boots with, the load balancer before it, the group."""

import base64
import gzip
import re
import zlib
from collections.abc import Iterator

from envs.schema import Environment
from harness.checklist.network import HTTPS, OLLAMA
from harness.checklist.proof import Lack, Proof
from harness.checklist.stack import Resource, Stack

TEMPLATE_PATHS = (
    "launch_template.id",
    "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id",
)


def launch_template(stack: Stack, settings: Environment) -> Iterator[Proof | Lack]:
    """User data that installs Ollama, configures nginx on 11434, and pulls the model."""
    templates = stack.of("aws_launch_template")
    if not templates:
        yield Lack("There is no launch template.")
    for each in templates:
        text = _user_data(each)
        parts = {
            f"Ollama {settings.ollama_version}": settings.ollama_sha256 in text,
            f"nginx on {OLLAMA}": re.search(rf"\blisten {OLLAMA}\b", text) is not None,
            f"the model {settings.model}": f"MODEL={settings.model}" in text
            and "ollama pull" in text,
        }
        for part, is_there in parts.items():
            if not is_there:
                yield Lack(f"The user data of {each.address} has nothing of {part}.")
        has = ", ".join(part for part, is_there in parts.items() if is_there)
        yield Proof(each, f"image {each.values.get('image_id')}; user data: {has or 'nothing'}")


def load_balancer(stack: Stack, _settings: Environment) -> Iterator[Proof | Lack]:
    """HTTPS on 443, and a forward to the very target group that the instances join."""
    joined = {
        target.address
        for group in stack.of("aws_autoscaling_group")
        for target in stack.linked(group, "target_group_arns", "aws_lb_target_group")
    }
    listeners = stack.of("aws_lb_listener")
    if not listeners:
        yield Lack("No listener: the load balancer answers nothing.")
    for each in listeners:
        port, protocol = each.values.get("port"), each.values.get("protocol")
        targets = stack.linked(each, "default_action.target_group_arn", "aws_lb_target_group")
        if (port, protocol) != (HTTPS, "HTTPS"):
            yield Lack(f"{each.address} listens to {protocol} on {port}, not HTTPS on {HTTPS}.")
        if not targets:
            yield Lack(f"{each.address} forwards to no target group of this stack.")
        balancers = stack.linked(each, "load_balancer_arn", "aws_lb")
        yield from (Proof(balancer, f"{protocol} on {port}") for balancer in balancers)
        for target in targets:
            yield Proof(each, f"{protocol} on {port}, forwards to {target.address}")
            if target.address not in joined:
                yield Lack(f"No Auto Scaling group puts its instances into {target.address}.")
            elif target.values.get("port") != OLLAMA:
                yield Lack(f"{target.address} sends to port {target.values.get('port')}.")
            else:
                yield Proof(target, f"port {OLLAMA}, joined by the Auto Scaling group")


def autoscaling_group(stack: Stack, _settings: Environment) -> Iterator[Proof | Lack]:
    """The group launches from the template, and scales by policies."""
    groups = stack.of("aws_autoscaling_group")
    if not groups:
        yield Lack("There is no Auto Scaling group.")
    for each in groups:
        templates = _templates(stack, each)
        if not templates:
            yield Lack(f"{each.address} launches from no template of this stack.")
        sizes = f"{each.values.get('min_size')} to {each.values.get('max_size')} instances"
        yield from (Proof(each, f"{sizes}, from {one.address}") for one in templates)
        policies = [
            policy
            for policy in stack.of("aws_autoscaling_policy")
            if each in stack.linked(policy, "autoscaling_group_name", "aws_autoscaling_group")
        ]
        if not policies:
            yield Lack(f"No policy scales {each.address}.")
        for policy in policies:
            goal = policy.at("target_tracking_configuration.target_value")
            yield Proof(policy, f"{policy.values.get('policy_type')} to {goal[0] if goal else '?'}")


def _templates(stack: Stack, group: Resource) -> list[Resource]:
    """What it launches from.

    Where the configuration writes it in a dynamic block, a plan's JSON shows neither value nor
    reference until the template is there: then the only template of the same module is meant.
    """
    for path in TEMPLATE_PATHS:
        if found := stack.linked(group, path, "aws_launch_template"):
            return found
    module = group.address.rpartition(".aws_")[0]
    inside = [each for each in stack.of("aws_launch_template") if each.address.startswith(module)]
    blocks = [
        (block, path) for path in TEMPLATE_PATHS for block in group.at(path.rpartition(".")[0])
    ]
    is_unknown = any(not block.get(path.rpartition(".")[2]) for block, path in blocks)
    return inside if is_unknown and len(inside) == 1 else []


def _user_data(template: Resource) -> str:
    """The user data as text, unpacked; "" where it cannot be read."""
    try:
        packed = base64.b64decode(str(template.values.get("user_data") or ""))
        return (gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed).decode()
    except (ValueError, OSError, EOFError, zlib.error):
        return ""
