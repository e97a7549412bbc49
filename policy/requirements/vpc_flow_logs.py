"""Every protected VPC writes flow logs of all traffic, to an encrypted place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policy.hcl.values import Reference, Text, Unknown, Value
from policy.network.routes import SUBNET_TYPES, VPC_TYPES
from policy.plan.plan import Foreign
from policy.requirements.requirement import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "vpc-flow-logs"
_GROUP: Final = frozenset({"aws_cloudwatch_log_group"})


def check(case: Case) -> Iterator[Finding]:
    """Find VPCs without flow logs, and flow logs in log groups without a key."""
    logs = case.plan.of_type("aws_flow_log")
    for vpc in case.network.vpcs.values():
        whole = [log for log in logs if _whole(case, log) and _speaks_of(case, log, vpc)]
        if not whole and not _every_subnet(case, vpc):
            yield case.finding(
                ID,
                vpc,
                f"{vpc.address} has no flow log of all its traffic.",
                'Add an aws_flow_log with this vpc_id and traffic_type = "ALL".',
            )
        for log in logs:
            if _speaks_of(case, log, vpc) or _subnet_of(case, log, vpc):
                yield from _encrypted(case, log)


def applies(case: Case) -> str:
    """Say that there is nothing to protect."""
    return "" if case.network.vpcs else "the plan has no VPC with a load balancer or instances"


def _whole(case: Case, log: Resource) -> bool:
    return case.plan.value(log, "traffic_type") == "ALL"


def _speaks_of(case: Case, log: Resource, vpc: Resource) -> bool:
    return case.plan.identify(case.plan.value(log, "vpc_id"), VPC_TYPES, ("id",)) is vpc


def _subnet_of(case: Case, log: Resource, vpc: Resource) -> bool:
    subnet = case.plan.identify(case.plan.value(log, "subnet_id"), SUBNET_TYPES, ("id",))
    return not isinstance(subnet, Foreign | Unknown) and case.network.routes.vpc_of(subnet) is vpc


def _every_subnet(case: Case, vpc: Resource) -> bool:
    """Tell whether each subnet with something to protect has a flow log of its own."""
    logged = {
        subnet.address
        for log in case.plan.of_type("aws_flow_log")
        if _whole(case, log)
        and not isinstance(
            subnet := case.plan.identify(case.plan.value(log, "subnet_id"), SUBNET_TYPES, ("id",)),
            Foreign | Unknown,
        )
    }
    mine = [
        address
        for address, subnet in case.network.subnets.items()
        if case.network.routes.vpc_of(subnet) is vpc
    ]
    return bool(mine) and logged.issuperset(mine)


def _encrypted(case: Case, log: Resource) -> Iterator[Finding]:
    kind = case.plan.value(log, "log_destination_type")
    if isinstance(kind, str) and kind in ("s3", "kinesis-data-firehose"):
        return  # S3 and Firehose encrypt whatever they store, with a key of AWS's at least
    destination = _bare(case.plan.value(log, "log_destination"))
    if isinstance(destination, Reference) and destination.address == log.address:
        destination = None
    group = case.plan.identify(destination, _GROUP, ("arn",))
    if destination in (None, ""):
        group = case.plan.identify(case.plan.value(log, "log_group_name"), _GROUP, ("name", "id"))
    if isinstance(destination, Reference):
        named = case.plan.at(destination.address)
        if named is not None and named.type == "aws_s3_bucket":
            return
    if isinstance(group, Foreign | Unknown):
        yield case.finding(
            ID,
            log,
            "The flow log's destination is no log group of this plan, so nothing shows that it is "
            "encrypted.",
            "Write to an aws_cloudwatch_log_group of this plan with a kms_key_id.",
            attribute="log_destination",
        )
        return
    key = case.plan.value(group, "kms_key_id")
    if key in (None, "") or isinstance(key, Unknown):
        yield case.finding(
            ID,
            group,
            f"The flow logs' group {group.address} has no KMS key.",
            "Set kms_key_id.",
            attribute="kms_key_id",
        )


def _bare(value: Value) -> Value:
    """Return a log group's ARN without the ":*" that some people append."""
    if isinstance(value, Text) and value.parts[1:] == (":*",):
        return value.parts[0]
    return value.removesuffix(":*") if isinstance(value, str) else value


REQUIREMENT: Final = Requirement(
    id=ID,
    title="Flow logs of all traffic are on, and their log group is encrypted",
    check=check,
    applies=applies,
)
