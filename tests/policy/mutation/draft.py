"""A plan of ours with one thing changed: in its JSON and in the configuration it was made from."""

import json
import pickle
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]

ADDRESS = re.compile(r"(?:module\.(\w+)(?:\[0\])?\.)?(\w+)\.(\w+)(?:\[(.+)\])?")
INTERPOLATION = re.compile(r"\$\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
REFERENCE = re.compile(r"\b(?:module|var|local|each|aws_\w+)\.[\w.]+")


@dataclass(frozen=True)
class Address:
    """A resource instance's address in parts; `module` is empty in the root."""

    module: str
    type: str
    name: str
    index: str | int | None

    @classmethod
    def of(cls, text: str) -> "Address":
        """Take `module.network.aws_subnet.private["a"]` apart."""
        match = ADDRESS.fullmatch(text)
        assert match is not None, text
        module, kind, name, index = match.groups()
        return cls(module or "", kind, name, json.loads(index) if index else None)


class Draft:
    """A copy of a plan in which things can be changed as an edit of the modules would.

    Args:
        pickled: The plan's JSON document and its configuration, by `pickle`: the fastest copy.
    """

    def __init__(self, pickled: bytes) -> None:
        self.document: dict[str, Any]
        self._files: dict[str, bytes]
        self.document, self._files = pickle.loads(pickled)  # noqa: S301 # made by this test
        self._parsed: dict[str, dict[str, Any]] = {}

    def files(self) -> dict[str, bytes]:
        """The configuration as it is now: members of the plan file below `tfconfig/`."""
        changed = {f"m-{name}/cdk.tf.json": json.dumps(text) for name, text in self._parsed.items()}
        return self._files | {name: text.encode() for name, text in changed.items()}

    def text(self, module: str) -> dict[str, Any]:
        """A module's configuration text, parsed; changes to it are kept."""
        if module not in self._parsed:
            self._parsed[module] = json.loads(self._files[f"m-{module}/cdk.tf.json"])
        return self._parsed[module]

    def block(self, address: str) -> dict[str, Any]:
        """A resource's block of configuration text."""
        at = Address.of(address)
        return self.text(at.module)["resource"][at.type][at.name]

    def change(self, address: str) -> dict[str, Any]:
        """A resource instance's entry in `resource_changes`."""
        return next(c for c in self.document["resource_changes"] if c["address"] == address)

    def put(self, address: str, path: Path, value: Any) -> None:
        """Give an attribute a value that the plan knows."""
        after = self.change(address)["change"]["after"]
        unknown = self.change(address)["change"]["after_unknown"]
        _place(after, path, value)
        _forget(unknown, path)
        _place(self._planned(address).setdefault("values", {}), path, value)
        self._write(address, path, value)

    def refer(self, address: str, path: Path, text: Any) -> None:
        """Give an attribute a value that only the apply will know, by its configuration text."""
        entry = self.change(address)["change"]
        _forget(entry["after"], path)
        _place(entry["after_unknown"], path, value=True)
        _forget(self._planned(address)["values"], path)
        self._write(address, path, text)

    def drop(self, address: str) -> None:
        """Take a resource instance out, and whatever waits for it by `depends_on`."""
        at = Address.of(address)
        siblings = self._siblings(at)
        self.document["resource_changes"].remove(self.change(address))
        self._planned_module(at.module)["resources"].remove(self._planned(address))
        block = self.block(address)
        if len(siblings) > 1:
            kept = f"[for key in {block['for_each'][2:-1]} : key if key != {json.dumps(at.index)}]"
            block["for_each"] = f"${{toset({kept})}}"
            return
        kinds = self.text(at.module)["resource"]
        del kinds[at.type][at.name]
        if not kinds[at.type]:
            del kinds[at.type]
        resources = self.configuration(at.module)["resources"]
        resources.remove(self._configured(at))
        for node in (*_nodes(self.text(at.module)), *_nodes(self.configuration(at.module))):
            waits = node.get("depends_on")
            if isinstance(waits, list) and f"{at.type}.{at.name}" in waits:
                waits.remove(f"{at.type}.{at.name}")

    def add(self, address: str, known: Mapping[str, Any], unknown: Mapping[str, Any]) -> None:
        """Add a resource: what the plan knows of it, and the texts of what it does not."""
        at = Address.of(address)
        kinds = self.text(at.module).setdefault("resource", {})
        kinds.setdefault(at.type, {})[at.name] = {**known, **unknown}
        top = {
            "address": address,
            "mode": "managed",
            "type": at.type,
            "name": at.name,
            "provider_name": self.document["resource_changes"][0]["provider_name"],
        }
        module = {"module_address": f"module.{at.module}"} if at.module else {}
        after_unknown = {"id": True, "arn": True} | dict.fromkeys(unknown, True)
        self.document["resource_changes"].append(
            {
                **top,
                **module,
                "change": {
                    "actions": ["create"],
                    "before": None,
                    "after": dict(known),
                    "after_unknown": after_unknown,
                    "before_sensitive": False,
                    "after_sensitive": {},
                },
            }
        )
        planned = {**top, "schema_version": 0, "values": dict(known), "sensitive_values": {}}
        self._planned_module(at.module).setdefault("resources", []).append(planned)
        expressions = {name: expressed(text) for name, text in {**known, **unknown}.items()}
        self.configuration(at.module).setdefault("resources", []).append(
            {
                "address": f"{at.type}.{at.name}",
                "mode": "managed",
                "type": at.type,
                "name": at.name,
                "provider_config_key": "aws",
                "expressions": expressions,
                "schema_version": 0,
            }
        )

    def seen(self, address: str, attribute: str, module: str) -> str:
        """The expression by which a module sees a resource, handed through outputs if need be."""
        at = Address.of(address)
        index = "" if at.index is None else f"[{json.dumps(at.index)}]"
        here = f"{at.type}.{at.name}{index}.{attribute}"
        if at.module == module:
            return here
        name = "handed_" + re.sub(r"\W+", "_", here).strip("_")
        self.text(at.module).setdefault("output", {})[name] = {"value": f"${{{here}}}"}
        outputs = self.configuration(at.module).setdefault("outputs", {})
        outputs[name] = {"expression": expressed(f"${{{here}}}")}
        handed = f"module.{at.module}.{name}"
        if not module:
            return handed
        self.declare(module, name, "string")
        self.pass_input(module, name, f"${{{handed}}}")
        return f"var.{name}"

    def declare(self, module: str, name: str, kind: str) -> None:
        """Give a module a variable."""
        self.text(module).setdefault("variable", {})[name] = {"type": kind}
        self.configuration(module).setdefault("variables", {})[name] = {}

    def pass_input(self, module: str, name: str, text: str) -> None:
        """Give a module an input, in the root's call of it."""
        self.text("")["module"][module][name] = text
        self._call(module)["expressions"][name] = expressed(text)

    def configuration(self, module: str) -> dict[str, Any]:
        """A module's entry below the document's `configuration`."""
        return self._call(module)["module"] if module else self._root()

    def _root(self) -> dict[str, Any]:
        return self.document["configuration"]["root_module"]

    def _call(self, module: str) -> dict[str, Any]:
        return self._root()["module_calls"][module]

    def _siblings(self, at: Address) -> list[dict[str, Any]]:
        return [
            change
            for change in self.document["resource_changes"]
            if (change["type"], change["name"]) == (at.type, at.name)
            and Address.of(change["address"]).module == at.module
        ]

    def _configured(self, at: Address) -> dict[str, Any]:
        resources = self.configuration(at.module)["resources"]
        return next(r for r in resources if r["address"] == f"{at.type}.{at.name}")

    def _planned_module(self, module: str) -> dict[str, Any]:
        root = self.document["planned_values"]["root_module"]
        if not module:
            return root
        wanted = f"module.{module}"
        return next(m for m in root["child_modules"] if m["address"].partition("[")[0] == wanted)

    def _planned(self, address: str) -> dict[str, Any]:
        resources = self._planned_module(Address.of(address).module)["resources"]
        return next(r for r in resources if r["address"] == address)

    def _write(self, address: str, path: Path, text: Any) -> None:
        at = Address.of(address)
        block = self.block(address)
        if len(self._siblings(at)) > 1:
            older = block.get(str(path[0]))
            test = f"each.key == {json.dumps(at.index)}"
            text = f"${{{test} ? {hcl(text)} : {hcl(older)}}}"
        _place(block, path, text)
        _place(self._configured(at)["expressions"], path, expressed(text))


def hcl(text: Any) -> str:
    """A value of Terraform's JSON syntax as an expression of its native syntax."""
    if isinstance(text, str) and (match := re.fullmatch(r"\$\{(.*)\}", text, re.DOTALL)):
        return match[1]
    if isinstance(text, list):
        return f"[{', '.join(map(hcl, text))}]"
    return json.dumps(text)


def expressed(text: Any) -> dict[str, Any]:
    """What `terraform show -json` says of an expression in JSON syntax."""
    found = {
        name.rstrip(".")
        for part in INTERPOLATION.findall(json.dumps(text))
        for name in REFERENCE.findall(part)
    }
    return {"constant_value": text} | ({"references": sorted(found)} if found else {})


def _nodes(top: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    rest = [top]
    while rest:
        node = rest.pop()
        if isinstance(node, dict):
            found.append(node)
            rest.extend(node.values())
        elif isinstance(node, list):
            rest.extend(node)
    return found


def _place(node: Any, path: Path, value: Any) -> None:
    """Set a value; a block that stands alone may be written as an object instead of a list."""
    for step in path[:-1]:
        if isinstance(step, int):
            node = node if isinstance(node, dict) else node[step]
        else:
            node = node.setdefault(step, {})
    node[path[-1]] = value


def _forget(node: Any, path: Path) -> None:
    for step in path[:-1]:
        if isinstance(step, int):
            if isinstance(node, list):
                if step >= len(node):
                    return
                node = node[step]
        elif step in node:
            node = node[step]
        else:
            return
    if isinstance(node, dict):
        node.pop(path[-1], None)
