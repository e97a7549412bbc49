"""The table of types, held against the schema that the real provider prints."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest

from harness.terraform import FLAG, Terraform
from policy.types import (
    conditions,
    entry,
    group_attributes,
    nested_blocks,
    subnet_attributes,
    target_attributes,
)
from policy.types.__main__ import main
from policy.types.attributes import Blocks
from policy.types.schema import as_lines, attribute_paths, aws_schemas, block_shapes
from policy.types.table import FOLDER, Mode, conditional, listed, pointing

pytestmark = pytest.mark.xdist_group("provider-schema")

ROOT_MODULE = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
"""

NAMES_A_GROUP_AND_CARRIES_NONE = {
    "aws_emr_block_public_access_configuration",  # a switch for the account
}

NAMES_A_VPC_AND_JOINS_NONE = {
    "aws_route53_resolver_firewall_rule_group_association",  # names, not packets
    "aws_route53_resolver_rule_association",
    "aws_route53_vpc_association_authorization",
    "aws_route53_zone",
    "aws_route53_zone_association",
    "aws_sagemaker_workteam",  # restricts who may fetch a file
    "aws_service_discovery_private_dns_namespace",
    "aws_storagegateway_nfs_file_share",  # a name of an endpoint that stands on its own
    "aws_storagegateway_smb_file_share",
    "aws_ec2_subnet_cidr_reservation",
    "aws_vpc_block_public_access_exclusion",  # the proof never counts on the block
    "aws_inspector2_filter",  # picks findings
    "aws_securityhub_insight",
    "aws_quicksight_data_source",  # joins by an aws_quicksight_vpc_connection, which is attached
}

NAMES_A_FRONT_DOOR_OF_ANOTHER_KIND = {
    "aws_appmesh_virtual_gateway",  # settings of Envoy, which runs in tasks
    "aws_appmesh_virtual_node",
    "aws_appmesh_virtual_router",
    "aws_db_proxy_target",  # a database proxy's own group
    "aws_storagegateway_cached_iscsi_volume",  # an address of a host elsewhere
    "aws_storagegateway_stored_iscsi_volume",
}


class Leaf(NamedTuple):
    """An attribute or nested block in the schema."""

    path: str
    given: bool


@pytest.fixture(scope="session")
def document(
    tmp_path_factory: pytest.TempPathFactory, terraform: Callable[[Path], Terraform]
) -> str:
    """What `terraform providers schema -json` prints for the AWS provider."""
    folder = tmp_path_factory.mktemp("schema")
    (folder / "main.tf").write_text(ROOT_MODULE, encoding="utf-8")
    run = terraform(folder)
    started = run.cmd("init", no_color=FLAG, timeout=120)
    assert started.ok, started.stderr
    printed = run.cmd("providers schema", json=FLAG, timeout=120)
    assert printed.ok, printed.stderr
    return printed.stdout


@pytest.fixture(scope="session")
def schemas(document: str) -> dict[str, Any]:
    return aws_schemas(json.loads(document))


@pytest.fixture(scope="session")
def leaves(schemas: dict[str, Any]) -> dict[str, list[Leaf]]:
    """Every path below every managed type, walked without the project's own reader."""

    def fields(type_: Any) -> dict[str, Any]:
        while isinstance(type_, list) and type_[0] != "object":
            type_ = type_[1]
        return type_[1] if isinstance(type_, list) else {}

    def below(prefix: str, content: Any, *, given: bool) -> Iterator[Leaf]:
        for name, inner in fields(content).items():
            yield Leaf(f"{prefix}.{name}", given)
            yield from below(f"{prefix}.{name}", inner, given=given)

    def walk(block: dict[str, Any], prefix: str = "") -> Iterator[Leaf]:
        for name, attribute in block.get("attributes", {}).items():
            given = bool(attribute.get("required") or attribute.get("optional"))
            yield Leaf(prefix + name, given)
            yield from below(prefix + name, attribute.get("type"), given=given)
            yield from walk(attribute.get("nested_type", {}), f"{prefix}{name}.")
        for name, nested in block.get("block_types", {}).items():
            yield Leaf(prefix + name, given=True)
            yield from walk(nested["block"], f"{prefix}{name}.")

    return {
        type_: list(walk(schema["block"])) for type_, schema in schemas["resource_schemas"].items()
    }


def test_every_managed_type_of_the_provider_stands_in_the_table(schemas: dict[str, Any]) -> None:
    ours = {type_ for type_ in listed() if type_.startswith("aws_")}
    assert ours == set(schemas["resource_schemas"])
    assert len(ours) > 1500


def test_named_data_sources_and_ephemeral_resources_exist(schemas: dict[str, Any]) -> None:
    modes: dict[Mode, str] = {
        "data": "data_source_schemas",
        "ephemeral": "ephemeral_resource_schemas",
    }
    for mode, key in modes.items():
        named = {type_ for type_ in listed(mode) if type_.startswith("aws_")}
        assert named, mode
        assert named <= set(schemas[key]), mode


def test_what_can_carry_a_group_is_never_called_harmless(leaves: dict[str, list[Leaf]]) -> None:
    carriers = {
        type_
        for type_, paths in leaves.items()
        for path, given in paths
        if given and re.search(r"security_?group", path)
    }
    assert len(carriers) > 100
    harmless = {type_ for type_ in carriers if kind(type_) == "harmless"}
    assert harmless == NAMES_A_GROUP_AND_CARRIES_NONE


def test_what_names_a_subnet_or_vpc_is_never_called_harmless(
    leaves: dict[str, list[Leaf]],
) -> None:
    joined = {
        type_
        for type_, paths in leaves.items()
        for path, given in paths
        if given and re.search(r"(\A|[._])(subnets?|vpcs?)(\Z|[._])", path)
    }
    assert len(joined) > 100
    harmless = {type_ for type_ in joined if kind(type_) == "harmless"}
    assert harmless == NAMES_A_VPC_AND_JOINS_NONE


def test_what_names_a_load_balancer_or_listener_is_never_called_harmless(
    leaves: dict[str, list[Leaf]],
) -> None:
    word = re.compile(
        r"(load_balancers?|listeners?|target_group|network_interface|launch_template)"
    )
    naming = {
        type_
        for type_, paths in leaves.items()
        for path, given in paths
        if given and word.search(path)
    }
    assert len(naming) > 40
    harmless = {type_ for type_ in naming if kind(type_) == "harmless"}
    assert harmless == NAMES_A_FRONT_DOOR_OF_ANOTHER_KIND


def test_carried_groups_are_settable_paths_of_the_schema(leaves: dict[str, list[Leaf]]) -> None:
    for type_, paths in leaves.items():
        given = {leaf.path for leaf in paths if leaf.given}
        named = {*group_attributes(type_), *subnet_attributes(type_), *target_attributes(type_)}
        named |= {condition.attribute for condition in conditions(type_)}
        assert named <= given, type_


def test_hand_written_paths_belong_to_types_of_the_schema(schemas: dict[str, Any]) -> None:
    assert conditional() <= set(schemas["resource_schemas"])
    assert pointing() <= set(schemas["resource_schemas"])


def test_generated_files_are_current(schemas: dict[str, Any]) -> None:
    generated = {"attributes": attribute_paths(schemas), "blocks": block_shapes(schemas)}
    for name, content in generated.items():
        written = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
        assert written == as_lines(content), (
            f"{name}.json is stale: run `python -m policy.types` on the schema"
        )


def test_blocks_are_those_of_the_schema(schemas: dict[str, Any]) -> None:
    def walk(block: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
        for name, nested in block.get("block_types", {}).items():
            yield prefix + name, nested["nesting_mode"]
            yield from walk(nested["block"], f"{prefix}{name}.")

    modes: dict[Literal["managed", "data"], str] = {
        "managed": "resource_schemas",
        "data": "data_source_schemas",
    }
    for mode, key in modes.items():
        for type_, schema in schemas[key].items():
            if type_.startswith("aws_quicksight"):  # 60,000 paths
                continue
            blocks = nested_blocks(type_, mode)
            found = {p: nesting for p, nesting in walk(schema["block"]) if blocks.get(p) != nesting}
            assert found == {}, type_


def test_the_deepest_path_is_within_reach(leaves: dict[str, list[Leaf]]) -> None:
    blocks = nested_blocks("aws_quicksight_dashboard")
    assert isinstance(blocks, Blocks)
    deepest = max((leaf.path for leaf in leaves["aws_quicksight_dashboard"]), key=deep)
    assert deepest.rpartition(".")[0] in blocks


def deep(path: str) -> int:
    return path.count(".")


def kind(type_: str) -> str:
    """What the table holds of a managed type that is certainly in it."""
    found = entry(type_)
    assert found is not None, type_
    return found.kind


def test_the_command_names_what_the_table_lacks(
    document: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("policy.types.__main__.FOLDER", tmp_path)
    whole = tmp_path / "whole.json"
    whole.write_text(document, encoding="utf-8")
    assert main([str(whole)]) == 0
    assert capsys.readouterr().out == ""

    changed = json.loads(document)
    types = aws_schemas(changed)["resource_schemas"]
    types["aws_new_front_door"] = types.pop("aws_sns_topic")
    other = tmp_path / "other.json"
    other.write_text(json.dumps(changed), encoding="utf-8")
    assert main([str(other)]) == 1
    assert capsys.readouterr().out.splitlines() == ["+ aws_new_front_door", "- aws_sns_topic"]
