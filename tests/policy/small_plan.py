"""Plans as small as a test needs them, put together by hand: as hostile as the test wants."""

import json
from typing import Any

AWS = "registry.terraform.io/hashicorp/aws"
BALANCER = "aws_lb.front"
GROUP = "sg-0123456789abcdef0"


def resource(
    address: str, after: dict[str, Any], *, unknown: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A resource of `resource_changes` that exists, or is made where something is unknown."""
    module, _, bare = f".{address}".rpartition("module.")
    name, _, bare = bare.partition(".") if module else ("", "", address)
    kind, _, own = bare.partition(".")
    own, _, index = own.partition("[")
    return {
        "address": address,
        "module_address": f"{module}module.{name}"[1:] if module else "",
        "mode": "managed",
        "type": kind,
        "name": own,
        "index": json.loads(index[:-1]) if index else None,
        "provider_name": AWS,
        "change": {
            "actions": ["create" if unknown else "no-op"],
            "before": None if unknown else after,
            "after": after,
            "after_unknown": unknown or {},
        },
    }


def plan(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A whole plan of these resources."""
    top = {"format_version": "1.2", "errored": False, "complete": True}
    return {**top, "resource_changes": list(resources), **more}


def balancer(groups: list[str] | None) -> dict[str, Any]:
    """A load balancer that carries groups by id, or by an expression of the configuration."""
    after: dict[str, Any] = {"internal": True, "load_balancer_type": "application", "arn": "arn:lb"}
    if groups is None:
        return resource(BALANCER, after, unknown={"security_groups": True})
    return resource(BALANCER, {**after, "security_groups": groups})


def group(name: str, number: str = GROUP, **more: Any) -> dict[str, Any]:
    """A security group without rules of its own."""
    after: dict[str, Any] = {"id": number, "name": name, "ingress": [], "egress": []}
    return resource(f"aws_security_group.{name}", {**after, **more})


def rule(number: int, cidr: str) -> dict[str, Any]:
    """A rule of the group that admits a range to TCP 443."""
    after = {
        "security_group_id": GROUP,
        "ip_protocol": "tcp",
        "from_port": 443,
        "to_port": 443,
        "cidr_ipv4": cidr,
    }
    return resource(f"aws_vpc_security_group_ingress_rule.r[{number}]", after)


def files(root: str, **modules: str) -> dict[str, bytes]:
    """A configuration below `tfconfig/`: the root module's text, and others by key."""
    texts = {"": root, **modules}
    keys = [{"Key": key, "Dir": f"modules/{key}" if key else "."} for key in texts]
    found = {f"m-{key}/main.tf": text.encode() for key, text in texts.items()}
    return {**found, "modules.json": json.dumps(keys).encode()}
