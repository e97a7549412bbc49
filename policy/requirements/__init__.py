"""What a plan must show, one file a requirement; `REQUIREMENTS` is the table."""

from typing import Final

from policy.requirements import (
    alb_access_logs,
    alb_ingress,
    alb_listener,
    cors_origin,
    front_doors,
    hidden_resources,
    instance_hardening,
    instance_ingress,
    instance_private,
    known_types,
    plan_whole,
    remote_access,
    stack_alarms,
    stack_allow_list,
    stack_tags,
    stack_vpn_ranges,
    ui_https,
    ui_origin,
    ui_web_acl,
    user_path,
    vpc_flow_logs,
)
from policy.requirements.requirement import Requirement

REQUIREMENTS: Final[tuple[Requirement, ...]] = (
    plan_whole.REQUIREMENT,
    hidden_resources.REQUIREMENT,
    known_types.REQUIREMENT,
    alb_ingress.REQUIREMENT,
    alb_listener.REQUIREMENT,
    instance_ingress.REQUIREMENT,
    instance_private.REQUIREMENT,
    front_doors.REQUIREMENT,
    user_path.REQUIREMENT,
    instance_hardening.REQUIREMENT,
    remote_access.REQUIREMENT,
    cors_origin.REQUIREMENT,
    ui_https.REQUIREMENT,
    ui_origin.REQUIREMENT,
    ui_web_acl.REQUIREMENT,
    alb_access_logs.REQUIREMENT,
    vpc_flow_logs.REQUIREMENT,
    stack_vpn_ranges.REQUIREMENT,
    stack_allow_list.REQUIREMENT,
    stack_alarms.REQUIREMENT,
    stack_tags.REQUIREMENT,
)
