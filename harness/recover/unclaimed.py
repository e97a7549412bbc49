"""What carries an environment's tags and is nothing that is planned: told, never deleted."""

from collections.abc import Container, Iterable, Iterator, Mapping

from harness.recover.account import Account

LAUNCHED = {
    "ec2:elastic-gpu",
    "ec2:image",
    "ec2:instance",
    "ec2:network-interface",
    "ec2:snapshot",
    "ec2:volume",
    "imagebuilder:image",
}
"""What the stack's own groups and pipelines make and tag; Terraform makes none of these."""

EC2_KINDS = (
    "elastic-ip",
    "internet-gateway",
    "natgateway",
    "route-table",
    "security-group",
    "security-group-rule",
    "subnet",
    "vpc",
    "vpc-endpoint",
    "vpc-flow-log",
    "vpn-gateway",
)
"""The kinds that EC2 is asked for itself, since the tagging service learns of them late."""


def unclaimed(
    account: Account,
    regions: Iterable[str],
    tags: Mapping[str, str],
    modules: Container[str],
    claimed: set[str],
) -> list[str]:
    """The ARNs and ids of what carries the tags and is not claimed, sorted.

    Args:
        account: Where to look.
        regions: The regions of the environment's providers.
        tags: The tags that all of an environment's things carry, and no other's.
        modules: The root's modules; another root's things carry the tag of another module.
        claimed: The ids and ARNs of what the state holds or a plan adopts.
    """
    found: set[str] = set()
    for region in set(regions):
        found |= set(_tagged(account, region, tags, modules)) | set(_of_ec2(account, region, tags))
    names = {_id(name) if name.startswith("arn:aws:ec2:") else name for name in found}
    return sorted(name for name in names if not {name, _id(name)} & claimed)


def _tagged(
    account: Account, region: str, tags: Mapping[str, str], modules: Container[str]
) -> Iterator[str]:
    """What the tagging service knows, by ARN."""
    filters = [{"Key": key, "Values": [value]} for key, value in tags.items()]
    operation, path = "get_resources", "ResourceTagMappingList"
    for row in account.rows(
        "resourcegroupstaggingapi", region, operation, path, TagFilters=filters
    ):
        service, kind = _kind(row["ResourceARN"])
        module = next((tag["Value"] for tag in row["Tags"] if tag["Key"] == "module"), None)
        ours = module is None or module in modules
        if ours and f"{service}:{kind}" not in LAUNCHED:
            yield row["ResourceARN"]


def _of_ec2(account: Account, region: str, tags: Mapping[str, str]) -> Iterator[str]:
    """What EC2 knows, by id; it filters by one tag at a time."""
    matching: list[set[str]] = []
    for key, value in tags.items():
        filters = [
            {"Name": "key", "Values": [key]},
            {"Name": "value", "Values": [value]},
            {"Name": "resource-type", "Values": list(EC2_KINDS)},
        ]
        rows = account.rows("ec2", region, "describe_tags", "Tags", Filters=filters)
        matching.append({row["ResourceId"] for row in rows})
    yield from set.intersection(*matching) if matching else ()


def _kind(arn: str) -> tuple[str, str]:
    """The service and the kind of thing in an ARN."""
    _, _, service, _, _, thing = arn.split(":", 5)
    return service, thing.replace(":", "/").partition("/")[0]


def _id(arn: str) -> str:
    """The id that ends an ARN; Terraform knows some things by it and some by the ARN."""
    return arn.rpartition("/")[2].rpartition(":")[2]
