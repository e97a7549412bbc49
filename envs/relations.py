"""What must hold between the fields of an environment, in Python and in HCL."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from envs.checks import CrossCheck
from envs.ranges import overlap_condition

if TYPE_CHECKING:
    from envs.schema import Environment


def _zones(env: Environment) -> str | None:
    for zone in env.zones:
        if zone[:-1] != env.region:
            right = f"{env.region}{zone[-1]}"
            return f'lists "{zone}", which is not in the region {env.region}; write "{right}"'
    return None


def _vpn_and_vpc(env: Environment) -> str | None:
    vpc = ipaddress.ip_network(env.vpc_cidr)
    for value in env.vpn_cidrs:
        if ipaddress.ip_network(value).overlaps(vpc):
            return (
                f'lists "{value}", which overlaps vpc_cidr ("{env.vpc_cidr}"); '
                "write the VPN's own range or move the VPC to another"
            )
    return None


def _one_way_back(env: Environment) -> str | None:
    if env.vpn_gateway_enabled and env.transit_gateway_id is not None:
        return "is set although vpn_gateway_enabled is true; keep one of the two ways to the VPN"
    return None


def _two_names(env: Environment) -> str | None:
    if env.api_domain_name == env.domain_name:
        return f'is the same as domain_name; write another, such as "api.{env.domain_name}"'
    return None


def _mixed(env: Environment) -> str | None:
    if env.capacity == "mixed_instances" and not env.instance_type_overrides:
        return (
            "needs at least one further type; "
            'write instance_type_overrides = ["g5.xlarge"] or another'
        )
    return None


def _overrides(env: Environment) -> str | None:
    if env.capacity != "mixed_instances" and env.instance_type_overrides:
        return (
            f'is not used with capacity "{env.capacity}"; '
            'remove it or write capacity = "mixed_instances"'
        )
    return None


def _first_type(env: Environment) -> str | None:
    if env.instance_type in env.instance_type_overrides:
        return f'lists "{env.instance_type}", which is instance_type already; remove it'
    return None


def _warm(env: Environment) -> str | None:
    if env.capacity == "warm_pool" and env.warm_pool_size == 0:
        return "needs a reserve; write warm_pool_size = 1 or more"
    return None


def _reserve(env: Environment) -> str | None:
    if env.capacity != "warm_pool" and env.warm_pool_size > 0:
        return (
            f'is not used with capacity "{env.capacity}"; remove it or write capacity = "warm_pool"'
        )
    return None


def _min(env: Environment) -> str | None:
    if env.min_size > env.desired_size:
        return f"is greater than desired_size ({env.desired_size}); write at most that"
    return None


def _max(env: Environment) -> str | None:
    if env.max_size < env.desired_size:
        return f"is less than desired_size ({env.desired_size}); write at least that"
    return None


def _hours(env: Environment) -> str | None:
    hours = env.office_hours
    if hours is not None and hours.start_cron == hours.stop_cron:
        return "starts and stops at the same time; write two different cron lines"
    return None


def _in_flight(env: Environment) -> str | None:
    if env.requests_in_flight < env.parallel_requests:
        return f"is less than parallel_requests ({env.parallel_requests}); write at least that"
    return None


def _per_client(env: Environment) -> str | None:
    if env.requests_in_flight_per_client > env.requests_in_flight:
        return f"is greater than requests_in_flight ({env.requests_in_flight}); write at most that"
    return None


def _ipv6_and_vpn_gateway(env: Environment) -> str | None:
    for value in env.vpn_cidrs:
        if env.vpn_gateway_enabled and ":" in value:
            return (
                f'lists "{value}", and a VPN gateway carries no IPv6; '
                "remove the range or use a transit gateway"
            )
    return None


RELATIONS = (
    CrossCheck(
        field="zones",
        condition="alltrue([for zone in var.zones : "
        'can(regex("^[a-z]$", trimprefix(zone, var.region)))])',
        error_message="Every zone must lie in the region.",
        find=_zones,
    ),
    CrossCheck(
        field="vpn_cidrs",
        condition="alltrue([for range in var.vpn_cidrs : "
        f"!{overlap_condition('range', 'var.vpc_cidr')}])",
        error_message="No range of the VPN may overlap the VPC's range.",
        find=_vpn_and_vpc,
    ),
    # AWS Site-to-Site VPN carries IPv6 over a transit gateway only.
    CrossCheck(
        field="vpn_cidrs",
        condition="!var.vpn_gateway_enabled || "
        'alltrue([for range in var.vpn_cidrs : !strcontains(range, ":")])',
        error_message="A VPN gateway carries no IPv6: use IPv4 ranges or a transit gateway.",
        find=_ipv6_and_vpn_gateway,
    ),
    CrossCheck(
        field="transit_gateway_id",
        condition="var.transit_gateway_id == null || !var.vpn_gateway_enabled",
        error_message="Set a transit gateway or enable a VPN gateway, not both.",
        find=_one_way_back,
    ),
    CrossCheck(
        field="api_domain_name",
        condition="var.api_domain_name == null || var.api_domain_name != var.domain_name",
        error_message="The API needs a host name other than the user interface's.",
        find=_two_names,
    ),
    # AWS long refused a warm pool on a group with mixed instances; so one of the two it is.
    CrossCheck(
        field="capacity",
        condition='var.capacity != "mixed_instances" || length(var.instance_type_overrides) > 0',
        error_message="mixed_instances needs at least one type in instance_type_overrides.",
        find=_mixed,
    ),
    CrossCheck(
        field="capacity",
        condition='var.capacity != "warm_pool" || var.warm_pool_size > 0',
        error_message="warm_pool needs a warm_pool_size of at least 1.",
        find=_warm,
    ),
    CrossCheck(
        field="instance_type_overrides",
        condition='var.capacity == "mixed_instances" || length(var.instance_type_overrides) == 0',
        error_message="Further instance types are used with mixed_instances only.",
        find=_overrides,
    ),
    CrossCheck(
        field="instance_type_overrides",
        condition="!contains(var.instance_type_overrides, var.instance_type)",
        error_message="The overrides may not repeat instance_type.",
        find=_first_type,
    ),
    CrossCheck(
        field="warm_pool_size",
        condition='var.capacity == "warm_pool" || var.warm_pool_size == 0',
        error_message="A reserve is used with warm_pool only.",
        find=_reserve,
    ),
    CrossCheck(
        field="min_size",
        condition="var.min_size <= var.desired_size",
        error_message="min_size may not be greater than desired_size.",
        find=_min,
    ),
    CrossCheck(
        field="max_size",
        condition="var.max_size >= var.desired_size",
        error_message="max_size may not be less than desired_size.",
        find=_max,
    ),
    CrossCheck(
        field="requests_in_flight",
        condition="var.requests_in_flight >= var.parallel_requests",
        error_message="requests_in_flight may not be less than parallel_requests.",
        find=_in_flight,
    ),
    CrossCheck(
        field="requests_in_flight_per_client",
        condition="var.requests_in_flight_per_client <= var.requests_in_flight",
        error_message="One client may have no more requests in flight than all.",
        find=_per_client,
    ),
    CrossCheck(
        field="office_hours",
        condition="var.office_hours == null ? true : "
        "var.office_hours.start_cron != var.office_hours.stop_cron",
        error_message="Office hours must start and stop at different times.",
        find=_hours,
    ),
)
"""Every rule between fields; each is emitted as a validation of its field's variable."""
