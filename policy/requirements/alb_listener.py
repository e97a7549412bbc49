"""The listener speaks TLS 1.2 or newer, with a named policy and a certificate, on 443 alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Unknown
from policy.network.balancers import BALANCER
from policy.network.network import HTTPS_PORT
from policy.network.traffic import whole_number
from policy.requirements.requirement import Requirement, without_balancer
from policy.verdict import Finding, Packet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.network.balancers import Balancer
    from policy.plan.resources import Resource
    from policy.requirements.requirement import Case

ID: Final = "alb-listener"
_GOOD: Final = "ELBSecurityPolicy-TLS13-1-2-2021-06"
# The policies of an Application Load Balancer without TLS 1.0 and 1.1 (ELB's user guide, "Security
# policies"): TLS13-1-2-*, TLS13-1-3-*, TLS-1-2-*, FS-1-2-*, with FIPS and post-quantum variants.
_MODERN: Final = re.compile(
    r"ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)(-(Res|Ext[012]?|FIPS|PQ))*-20\d\d-\d\d"
)


def check(case: Case) -> Iterator[Finding]:
    """Find listeners of a protected load balancer that are not HTTPS on 443 with modern TLS."""
    for front in case.network.fronts:
        for listener in front.listeners:
            yield from _judge(case, front, listener)
    for listener in case.network.balancers.stray_listeners:
        owner = case.plan.identify(case.plan.value(listener, "load_balancer_arn"), BALANCER)
        if isinstance(owner, Unknown) and case.network.fronts:
            yield case.finding(
                ID,
                listener,
                f"The listener's load balancer cannot be told ({owner.why}); it may open another "
                f"port of a protected one.",
                "Name the load balancer by a plain reference.",
                attribute="load_balancer_arn",
            )


def _judge(case: Case, front: Balancer, listener: Resource) -> Iterator[Finding]:
    value = case.plan.value
    port, protocol = whole_number(value(listener, "port")), value(listener, "protocol")
    if port != HTTPS_PORT or str(protocol).upper() != "HTTPS":
        # Without a protocol the provider chooses HTTP.
        spoken = protocol if isinstance(protocol, str) else "HTTP"
        source = f"{case.intent.vpn.first} (a VPN client)" if case.intent.vpn else "anyone"
        yield case.finding(
            ID,
            listener,
            f"The listener takes {spoken} on port {'that cannot be told' if port is None else port}"
            f"; the load balancer listens to HTTPS on 443 alone, not even to redirect.",
            "Remove the listener, or make it HTTPS on port 443.",
            attribute="port" if port != HTTPS_PORT else "protocol",
            packet=Packet(source, "tcp", str(port or "any"), front.address, (listener.address,)),
        )
        return
    policy = value(listener, "ssl_policy")
    written = case.plan.written(listener, "ssl_policy")
    if not isinstance(policy, str) or not policy:
        yield case.finding(
            ID,
            listener,
            "The TLS policy cannot be told."
            if written
            else "The listener names no TLS policy, so AWS's default speaks TLS 1.0 and 1.1.",
            f"Set ssl_policy, for example {_GOOD}.",
            attribute="ssl_policy",
        )
    elif not _MODERN.fullmatch(policy):
        yield case.finding(
            ID,
            listener,
            f"The TLS policy {policy} is not known to refuse what is older than TLS 1.2.",
            f"Set ssl_policy, for example {_GOOD}.",
            attribute="ssl_policy",
        )
    certificate = value(listener, "certificate_arn")
    if certificate in (None, "") or isinstance(certificate, Unknown):
        yield case.finding(
            ID,
            listener,
            "The listener has no certificate that can be told.",
            "Set certificate_arn to a certificate of ACM's.",
            attribute="certificate_arn",
        )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The load balancer listens to HTTPS on 443 alone: TLS 1.2 or newer, with a certificate",
    check=check,
    applies=without_balancer,
)
