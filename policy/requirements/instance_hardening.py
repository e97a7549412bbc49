"""Instances demand IMDSv2, and each of their volumes is encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Reference, Unknown, Value
from policy.plan.merge import AFTER_APPLY
from policy.plan.plan import Foreign
from policy.requirements.requirement import Requirement, without_instances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "instance-hardening"
# What images call their root volume: Amazon Linux, Ubuntu and Windows, older Debian.
_INSTANCES: Final = frozenset({"aws_instance", "aws_spot_instance_request"})
_ROOTS: Final = frozenset({"/dev/xvda", "/dev/sda1", "/dev/sda", "xvda", "root_block_device"})
_VOLUMES: Final = ("root_block_device", "ebs_block_device")


def check(case: Case) -> Iterator[Finding]:
    """Find instances that answer IMDSv1 and volumes that are not encrypted."""
    for resource in _sources(case):
        if not _tokens_required(case, resource):
            yield case.finding(
                ID,
                resource,
                f"{resource.address} starts instances that answer IMDSv1, from which one forged "
                f"request reads the role's credentials.",
                'Set metadata_options { http_tokens = "required" }.',
                attribute="metadata_options",
            )
        yield from _volumes(case, resource)
    yield from _attached(case)


def _sources(case: Case) -> list[Resource]:
    """Return what describes the instances, templates that an instance overrides included."""
    found: dict[str, Resource] = {}
    for host in case.network.inference:
        for launch in host.launches:
            if not launch.problem:
                found[launch.resource.address] = launch.resource
    return list(found.values())


def _layers(case: Case, resource: Resource, block: str) -> list[dict[str, Value]] | Unknown:
    """Return a block of an instance, or where it has none, that of its launch template."""
    own = case.plan.blocks(resource, block)
    if own or resource.type == "aws_launch_template":
        return own
    for spec in _list(case.plan.blocks(resource, "launch_template")):
        launch = case.network.launches.template(spec, resource)
        if not launch.problem:
            return case.plan.blocks(launch.resource, block)
    return own


def _tokens_required(case: Case, resource: Resource) -> bool:
    options = _list(_layers(case, resource, "metadata_options"))
    for one in options:
        if str(one.get("http_endpoint")).lower() == "disabled":
            return True
        tokens = one.get("http_tokens")
        if tokens not in (None, "", AFTER_APPLY) and not isinstance(tokens, Reference):
            return tokens == "required"
    return any(
        case.plan.value(one, "http_tokens") == "required"
        for one in case.plan.of_type("aws_ec2_instance_metadata_defaults")
        if case.plan.provider_of(one) == case.plan.provider_of(resource)
    )


def _volumes(case: Case, resource: Resource) -> Iterator[Finding]:
    if _encrypted_by_default(case, resource):
        return
    for message, attribute in _problems(case, resource):
        yield case.finding(
            ID,
            resource,
            message,
            "Describe every volume with encrypted = true, the root volume too.",
            attribute=attribute,
        )


def _problems(case: Case, resource: Resource) -> Iterator[tuple[str, str]]:
    disks: list[tuple[str, Any]] = []
    for name in ("block_device_mappings", *_VOLUMES):
        blocks = _layers(case, resource, name)
        if isinstance(blocks, Unknown):
            yield f"The volumes of {resource.address} cannot be told.", name
            return
        if name in _VOLUMES:
            disks += [(name, block) for block in blocks]
        else:
            disks += [pair for mapping in blocks for pair in _mapped(mapping)]
    if not any(device in _ROOTS for device, _ in disks):
        yield (
            (
                f"{resource.address} describes no root volume, so the image decides whether the "
                "root volume is encrypted."
            ),
            "block_device_mappings",
        )
    for device, disk in disks:
        encrypted = disk.get("encrypted") if isinstance(disk, dict) else None
        if str(encrypted).lower() != "true":
            yield (
                f"The volume {device} of {resource.address} is not encrypted.",
                "block_device_mappings",
            )


def _mapped(mapping: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the volumes of one device mapping; the instance's own disks are none."""
    if mapping.get("virtual_name") or mapping.get("no_device"):
        return []
    inner = mapping.get("ebs")
    blocks = inner if isinstance(inner, list) else [inner or {}]
    return [(str(mapping.get("device_name")), block) for block in blocks or [{}]]


def _attached(case: Case) -> Iterator[Finding]:
    """Volumes that are attached to an instance later."""
    hosts = {host.address: host for host in case.network.inference}
    for attachment in case.plan.of_type("aws_volume_attachment"):
        value = case.plan.value(attachment, "instance_id")
        known = {str(host.resource.after.get("id")) for host in hosts.values()}
        named = case.plan.identify(value, _INSTANCES, ("id",))
        own = isinstance(value, Reference) and value.address in hosts
        # One that cannot be placed may be attached to any instance; one of another instance is not.
        if not own and value not in known and not isinstance(named, Foreign | Unknown):
            continue
        volume = case.plan.identify(
            case.plan.value(attachment, "volume_id"), {"aws_ebs_volume"}, ("id",)
        )
        resource = case.plan.at(getattr(volume, "address", "")) or attachment
        if _encrypted_by_default(case, resource):
            continue
        if resource is attachment or case.plan.value(resource, "encrypted") is not True:
            yield case.finding(
                ID,
                resource,
                f"The volume attached by {attachment.address} is not known to be encrypted.",
                "Set encrypted = true on the volume.",
                attribute="encrypted",
            )


def _encrypted_by_default(case: Case, resource: Resource) -> bool:
    """Tell whether the account encrypts every volume of the region in which a resource stands."""
    return any(
        case.plan.value(one, "enabled") in (True, None)
        for one in case.plan.of_type("aws_ebs_encryption_by_default")
        if case.plan.provider_of(one) == case.plan.provider_of(resource)
    )


def _list(blocks: list[dict[str, Value]] | Unknown) -> list[dict[str, Value]]:
    return [] if isinstance(blocks, Unknown) else blocks


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Instances demand IMDSv2, and each of their volumes is encrypted",
    check=check,
    applies=without_instances,
)
