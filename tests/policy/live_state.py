"""A live state made up from plans, for there is no AWS to apply them to.

What a plan knows is taken as it stands; what only AWS would tell (ids, ARNs) is made up from the
resource's address, the same at every run. Planned once more with such a state, references that
pointed at made-up ids are known, so a few rounds give the state of a whole design.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]

ACCOUNT, REGION = "123456789012", "us-east-1"

ID_PREFIXES = {
    "aws_default_security_group": "sg",
    "aws_eip": "eipalloc",
    "aws_flow_log": "fl",
    "aws_internet_gateway": "igw",
    "aws_launch_template": "lt",
    "aws_nat_gateway": "nat",
    "aws_network_interface": "eni",
    "aws_route_table": "rtb",
    "aws_route_table_association": "rtbassoc",
    "aws_security_group": "sg",
    "aws_security_group_rule": "sgrule",
    "aws_subnet": "subnet",
    "aws_vpc": "vpc",
    "aws_vpc_security_group_egress_rule": "sgr",
    "aws_vpc_security_group_ingress_rule": "sgr",
}

NAMED_BY = {
    "aws_autoscaling_group": "name",
    "aws_cloudwatch_log_group": "name",
    "aws_iam_instance_profile": "name",
    "aws_iam_role": "name",
    "aws_s3_bucket": "bucket",
    "aws_s3_bucket_policy": "bucket",
    "aws_s3_bucket_public_access_block": "bucket",
}
"""The types whose id is one of their own arguments."""

SERVICES = {"lb": "elasticloadbalancing", "alb": "elasticloadbalancing"}
ARN_KINDS = {
    "aws_lb": "loadbalancer/app",
    "aws_lb_listener": "listener/app",
    "aws_lb_target_group": "targetgroup",
}

INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')

EMPTY = (
    *("availability_zones", "egress", "ingress", "load_balancer_arns", "load_balancers"),
    *("managed_policy_arns", "propagating_vgws", "route", "secondary_private_ip_addresses"),
    *("trusted_key_groups", "trusted_signers"),
)
"""Lists that AWS would fill in; left out of a state they would be planned anew."""

IS_ARN = ("aws_lb", "aws_lb_listener", "aws_lb_target_group", "aws_lb_listener_rule")
"""The types whose id is their ARN."""


def after(plan: Json) -> tuple[str, bool]:
    """The state file of what this plan can make now, and whether that is everything.

    A resource waits for the next round while one of its arguments is not known.
    """
    unknown = {
        change["address"]: change["change"].get("after_unknown") or {}
        for change in plan["resource_changes"]
    }
    arguments = dict(_arguments(plan["configuration"]["root_module"]))
    resources: dict[tuple[str, str, str], Json] = {}
    whole = True
    for module, planned in _managed(plan["planned_values"]["root_module"]):
        missing = unknown.get(planned["address"], {})
        if _unresolved(missing, arguments[INDEX.sub("", planned["address"])]):
            whole = False
            continue
        key = (module, planned["type"], planned["name"])
        place = {"module": module} if module else {}
        head = {
            "mode": "managed",
            "type": planned["type"],
            "name": planned["name"],
            "provider": f'provider["{planned["provider_name"]}"]',
        }
        resource = resources.setdefault(key, {**place, **head, "instances": []})
        instance = {
            "schema_version": planned["schema_version"],
            "attributes": _filled(planned, missing),
        }
        if "index" in planned:
            instance["index_key"] = planned["index"]
        resource["instances"].append(instance)
    return _state(list(resources.values())), whole


def with_group_rules(text: str) -> str:
    """The state as a refresh leaves it: each group lists the rules that other resources gave it."""
    state = json.loads(text)
    groups = {
        instance["attributes"]["id"]: instance["attributes"]
        for resource, instance in _instances(state)
        if resource["type"] in ("aws_security_group", "aws_default_security_group")
    }
    for resource, instance in _instances(state):
        values = instance["attributes"]
        direction, rule = _rule(resource["type"], values)
        group = groups.get(values.get("security_group_id"))
        if group is not None and rule is not None:
            group[direction] = [*(group.get(direction) or []), rule]
    return json.dumps(state, indent=1)


def forget(text: str, addresses: Iterable[str]) -> str:
    """The state without some resources, which live on unseen."""
    state, gone = json.loads(text), set(addresses)
    kept = [each for each in state["resources"] if f"{each['type']}.{each['name']}" not in gone]
    found = len(state["resources"]) - len(kept)
    assert found == len(gone), f"{len(gone)} resources to forget, {found} in the state"
    state["resources"] = kept
    return json.dumps(state, indent=1)


def _managed(root: Json) -> Iterator[tuple[str, Json]]:
    """Every managed resource of a plan with its module's address."""
    waiting = [root]
    while waiting:
        module = waiting.pop()
        for resource in module.get("resources", []):
            if resource["mode"] == "managed":
                yield module.get("address", ""), resource
        waiting += module.get("child_modules", [])


def _arguments(root: Json) -> Iterator[tuple[str, Json]]:
    """What the configuration says of every resource, by address without indexes."""
    waiting = [("", root)]
    while waiting:
        prefix, module = waiting.pop()
        for resource in module.get("resources", []):
            yield prefix + resource["address"], resource.get("expressions", {})
        for name, call in module.get("module_calls", {}).items():
            waiting.append((f"{prefix}module.{name}.", call["module"]))


def _unresolved(missing: Any, arguments: Any) -> bool:
    """Whether something unknown is an argument, not only what AWS would tell."""
    if isinstance(missing, dict) and isinstance(arguments, dict):
        return any(_unresolved(missing[key], arguments[key]) for key in missing.keys() & arguments)
    if isinstance(missing, list) and isinstance(arguments, list):
        return any(_unresolved(each, block) for each in missing for block in arguments)
    return missing is True


def _filled(planned: Json, unknown: Json) -> Json:
    values: Json = dict(planned.get("values", {}))
    kind, unique = planned["type"], hashlib.sha256(planned["address"].encode()).hexdigest()[:17]
    name = values.get("name") or values.get("bucket") or unique
    service = SERVICES.get(kind.split("_")[1], kind.split("_")[1])
    arn = f"arn:aws:{service}:{REGION}:{ACCOUNT}:{ARN_KINDS.get(kind, kind)}/{name}/{unique}"
    if kind == "aws_s3_bucket":
        arn = f"arn:aws:s3:::{name}"
    own_id = arn if kind in IS_ARN else f"{ID_PREFIXES.get(kind, planned['name'])}-{unique}"
    made_up: Json = {key: [] for key in EMPTY} | {
        "allocation_id": own_id,
        "arn": arn,
        "bucket_regional_domain_name": f"{name}.s3.{REGION}.amazonaws.com",
        "default_version": 1,
        "dns_name": f"{name}.{REGION}.elb.amazonaws.com",
        "domain_name": f"{unique}.cloudfront.net",
        "id": values.get(NAMED_BY.get(kind, ""), own_id),
        "latest_version": 1,
        "output": values.get("input"),
        "outputs": {},
        "owner_id": ACCOUNT,
        "parameters": {},
        "public_ip": "198.51.100.7",
        "security_group_rule_id": own_id,
        "tags_all": values.get("tags") or {},
    }
    return values | {key: made_up[key] for key, yes in unknown.items() if yes and key in made_up}


def _rule(kind: str, values: Json) -> tuple[str, Json | None]:
    """Which of a group's lists a separate rule stands in, and how."""
    if kind == "aws_security_group_rule":
        direction, sources = values["type"], values
        other = values.get("source_security_group_id")
        protocol = values["protocol"]
    elif kind.startswith("aws_vpc_security_group_") and kind.endswith("_rule"):
        direction = kind.split("_")[4]
        sources = {
            "cidr_blocks": _one(values.get("cidr_ipv4")),
            "ipv6_cidr_blocks": _one(values.get("cidr_ipv6")),
            "prefix_list_ids": _one(values.get("prefix_list_id")),
        }
        other, protocol = values.get("referenced_security_group_id"), values["ip_protocol"]
    else:
        return "", None
    return direction, {
        "cidr_blocks": sources.get("cidr_blocks") or [],
        "description": values.get("description") or "",
        "from_port": values.get("from_port") or 0,
        "ipv6_cidr_blocks": sources.get("ipv6_cidr_blocks") or [],
        "prefix_list_ids": sources.get("prefix_list_ids") or [],
        "protocol": protocol,
        "security_groups": _one(other),
        "self": bool(values.get("self")),
        "to_port": values.get("to_port") or 0,
    }


def _one(value: str | None) -> list[str]:
    return [value] if value else []


def _instances(state: Json) -> Iterator[tuple[Json, Json]]:
    for resource in state["resources"]:
        for instance in resource["instances"]:
            yield resource, instance


def _state(resources: list[Json]) -> str:
    state = {
        "version": 4,
        "terraform_version": "1.11.0",
        "serial": 1,
        "lineage": "0c0ffee0-0000-4000-8000-000000000000",
        "outputs": {},
        "resources": resources,
        "check_results": None,
    }
    return json.dumps(state, indent=1)
