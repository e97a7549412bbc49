"""The configuration inside a plan file: its modules, and what each declares."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policy.hcl import blocks
from policy.hcl.syntax import Body, ConfigurationError, Expression, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy.hcl.blocks import Top
from policy.hcl.overrides import is_override, merged

__all__ = [
    "Call",
    "Configuration",
    "ConfigurationError",
    "Module",
    "Removed",
    "ResourceBlock",
    "Variable",
]


@dataclass(frozen=True)
class Variable:
    """A variable of a module.

    Attributes:
        default: Its default, `None` where a caller must set it.
        type: Its type constraint, `None` for any.
        nullable: Whether a null that a caller passes stays null.
    """

    default: Expression | None
    type: Expression | None
    nullable: bool


@dataclass(frozen=True)
class Call:
    """A `module` block.

    Attributes:
        body: Its arguments, Terraform's own (`source`, `count`, …) included.
        count: Its `count`.
        for_each: Its `for_each`.
    """

    body: Body
    count: Expression | None
    for_each: Expression | None


@dataclass(frozen=True)
class ResourceBlock:
    """A `resource` or `data` block.

    Attributes:
        body: What the provider's schema describes; Terraform's own arguments are taken out.
        count: Its `count`.
        for_each: Its `for_each`.
        path: The file, as the root module's folder sees it: "modules/app/main.tf".
        line: Where it begins, counted from 1.
        provisioners: Whether it runs any.
    """

    body: Body
    count: Expression | None
    for_each: Expression | None
    path: str
    line: int
    provisioners: bool


@dataclass(frozen=True)
class Removed:
    """A `removed` block.

    Attributes:
        address: What is no longer configured: `aws_instance.a`, `module.b`.
        destroy: Whether it is destroyed; otherwise Terraform forgets it and it lives on.
        provisioners: Whether it runs any as it is destroyed.
    """

    address: str
    destroy: bool
    provisioners: bool = False


@dataclass(frozen=True)
class Module:
    """What one module declares.

    Attributes:
        key: Its place in the tree of calls: "" for the root, "app.backend".
        variables: By name.
        locals: By name.
        outputs: The values, by name.
        calls: The modules it calls, by name.
        resources: By mode ("managed", "data" or "ephemeral"), type and name.
        removed: The `removed` blocks.
    """

    key: str
    variables: Mapping[str, Variable] = field(default_factory=dict[str, Variable])
    locals: Mapping[str, Expression] = field(default_factory=dict[str, Expression])
    outputs: Mapping[str, Expression] = field(default_factory=dict[str, Expression])
    calls: Mapping[str, Call] = field(default_factory=dict[str, Call])
    resources: Mapping[tuple[str, str, str], ResourceBlock] = field(
        default_factory=dict[tuple[str, str, str], ResourceBlock]
    )
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True)
class Configuration:
    """All modules of a plan, by key."""

    modules: Mapping[str, Module]


def read(files: Mapping[str, bytes]) -> Configuration:
    """Read what stands below `tfconfig/` in a plan file.

    Args:
        files: Contents by name: "modules.json", "m-/main.tf", "m-app.backend/main.tf".

    Raises:
        ConfigurationError: Something in it cannot be read with certainty.
    """
    folders = _folders(files.get("modules.json"))
    sources: dict[str, dict[str, bytes]] = defaultdict(dict)
    for name, data in files.items():
        folder, _, path = name.partition("/")
        if folder.startswith("m-") and path.endswith((".tf", ".tf.json")) and "/" not in path:
            sources[folder[2:]][path] = data
    if stray := set(sources) - set(folders):
        raise ConfigurationError(f"modules.json does not name the module {min(stray)!r}.")
    return Configuration(
        {key: _module(key, folder, sources[key]) for key, folder in folders.items()}
    )


def _folders(data: bytes | None) -> dict[str, str]:
    """Return each module's folder by its key, from modules.json."""
    try:
        entries = json.loads(data or b"")
        return {str(entry["Key"]): str(entry["Dir"]) for entry in entries}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ConfigurationError(
            "modules.json is missing or not as Terraform writes it."
        ) from error


def _module(key: str, folder: str, sources: Mapping[str, bytes]) -> Module:
    prefix = "" if folder in {".", ""} else f"{folder.rstrip('/')}/"
    first: list[Top] = []
    over: list[Top] = []
    for path in sorted(sources):
        tops = blocks.read(path, prefix + path, sources[path])
        (over if is_override(path) else first).extend(tops)
    return _declared(key, prefix, merged(first, over, prefix or "the root module: "))


def _declared(key: str, prefix: str, tops: list[Top]) -> Module:
    variables: dict[str, Variable] = {}
    values: dict[str, Expression] = {}
    outputs: dict[str, Expression] = {}
    calls: dict[str, Call] = {}
    resources: dict[tuple[str, str, str], ResourceBlock] = {}
    removed: list[Removed] = []
    for top in tops:
        attributes = top.body.attributes
        count, for_each = attributes.get("count"), attributes.get("for_each")
        match top.type:
            case "variable":
                variables[top.labels[0]] = _variable(attributes)
            case "locals":
                values.update(attributes)
            case "output":
                outputs[top.labels[0]] = attributes.get("value", Literal(None))
            case "module":
                calls[top.labels[0]] = Call(top.body, count, for_each)
            case "removed":
                removed.append(_removed(top, prefix))
            case _:
                mode = "managed" if top.type == "resource" else top.type
                resources[mode, top.labels[0], top.labels[1]] = _resource(top, prefix)
    return Module(key, variables, values, outputs, calls, resources, tuple(removed))


def _variable(attributes: Mapping[str, Expression]) -> Variable:
    nullable = attributes.get("nullable") not in {Literal(value=False), Literal("false")}
    return Variable(attributes.get("default"), attributes.get("type"), nullable)


def _removed(top: Top, prefix: str) -> Removed:
    where = prefix + top.path
    destroy = True
    for lifecycle in blocks.nested(top.body, "lifecycle", where):
        kept = lifecycle.attributes.get("destroy")
        destroy = kept is None or kept in {Literal(value=True), Literal("true")}
    address = blocks.address(top.body.attributes.get("from"))
    return Removed(address, destroy, bool(blocks.nested(top.body, "provisioner", where)))


def _resource(top: Top, prefix: str) -> ResourceBlock:
    where = prefix + top.path
    layers = top.body.layers or (top.body,)
    body = blocks.without_meta(top.body)
    return ResourceBlock(
        body=replace(body, layers=tuple(map(blocks.without_meta, body.layers))),
        count=top.body.attributes.get("count"),
        for_each=top.body.attributes.get("for_each"),
        path=where,
        line=top.line,
        provisioners=any(blocks.nested(layer, "provisioner", where) for layer in layers),
    )
