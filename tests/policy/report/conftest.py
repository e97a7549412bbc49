"""Verdicts as the gate gives them, for every output to be tried on."""

from __future__ import annotations

import pytest

from policy.verdict import Finding, Judged, Location, Packet, Passage, Verdict

INTENT = "VPN 10.8.0.0/16, 203.0.113.0/24; UI https://translate.corp.example"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

ALB_INGRESS = Judged(
    "alb-ingress", "The load balancer admits TCP 443 from the VPN and nothing else", "passed"
)
HOST_INGRESS = Judged(
    "host-ingress",
    "The instances admit TCP 11434 from the load balancer and nothing else",
    "passed",
)
VPN_PATH = Judged("vpn-path", "The VPN reaches the load balancer on 443", "passed")
UI_HTTPS = Judged(
    "ui-https", "The UI is served over HTTPS alone", "not applicable", "the plan has no UI"
)

VPN_TO_ALB = Passage(
    source="10.8.0.0/16 (the VPN)",
    target="module.network.aws_lb.main",
    protocol="tcp",
    ports="443",
    via=(
        'module.network.aws_vpc_security_group_ingress_rule.vpn["10.8.0.0/16"]',
        "module.network.aws_lb_listener.https",
    ),
)
ALB_TO_HOST = Passage(
    source="module.network.aws_lb.main",
    target="module.backend.aws_autoscaling_group.inference",
    protocol="tcp",
    ports="11434",
    via=("module.backend.aws_vpc_security_group_ingress_rule.from_alb",),
)
WORLD_TO_ALB = Passage(
    source="0.0.0.0/0 (the internet)",
    target="module.network.aws_lb.main",
    protocol="tcp",
    ports="80",
    via=("module.network.aws_security_group.alb", "module.network.aws_lb_listener.http"),
    wanted=False,
)

PORT_80 = Finding(
    requirement="alb-ingress",
    level="refused",
    address="module.network.aws_security_group.alb",
    message="The load balancer's group admits TCP 80 from 0.0.0.0/0, which is outside the VPN",
    mend="Remove the ingress rule, or narrow it to TCP 443 from var.vpn_cidrs",
    packet=Packet(
        source="0.0.0.0 (the internet)",
        protocol="tcp",
        port="80",
        target="module.network.aws_lb.main",
        via=WORLD_TO_ALB.via,
    ),
    attribute="ingress",
    location=Location("modules/network/main.tf", 12),
)
UNPROVABLE = Finding(
    requirement="host-ingress",
    level="refused",
    address='module.backend.aws_launch_template.inference["g4dn"]',
    message="The groups of the instances are not known before the apply",
    mend="Name the groups by a plain reference",
)
VPN_ELSEWHERE = Finding(
    requirement="vpn-path",
    level="warning",
    address="plan",
    message="The route from the VPN to the load balancer lies outside this plan.",
    mend="Judge the plan of the network that attaches the VPN as well.",
)


@pytest.fixture
def allowed() -> Verdict:
    return Verdict(
        findings=(VPN_ELSEWHERE,),
        passages=(VPN_TO_ALB, ALB_TO_HOST),
        judged=(
            ALB_INGRESS,
            HOST_INGRESS,
            Judged(VPN_PATH.requirement, VPN_PATH.title, "warning"),
            UI_HTTPS,
        ),
        plan="build/prod/plan.tfplan",
        plan_sha256=DIGEST,
        intent=INTENT,
    )


@pytest.fixture
def denied() -> Verdict:
    return Verdict(
        findings=(PORT_80, UNPROVABLE, VPN_ELSEWHERE),
        passages=(VPN_TO_ALB, ALB_TO_HOST, WORLD_TO_ALB),
        judged=(
            Judged(ALB_INGRESS.requirement, ALB_INGRESS.title, "refused"),
            Judged(HOST_INGRESS.requirement, HOST_INGRESS.title, "refused"),
            Judged(VPN_PATH.requirement, VPN_PATH.title, "warning"),
            UI_HTTPS,
        ),
        plan="build/prod/plan.tfplan",
        plan_sha256=DIGEST,
        intent=INTENT,
    )


@pytest.fixture
def hostile() -> Verdict:
    """Every string of a plan holds what a terminal, XML or a viewer would obey."""
    evil = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA1)))) + (
        "\u202e\u2066\u200b\u2028\ufeff\ud800\ufffe\U000e0041</failure>]]>&\"'[x](http://evil.example)"
    )
    finding = Finding(
        requirement="alb-ingress",
        level="refused",
        address=f"aws_lb.{evil}",
        message=f"\x1b[2J\nallowed: 20 requirements hold\r{evil}",
        mend=evil,
        packet=Packet(evil, evil, evil, evil, (evil,)),
        attribute=evil,
        location=Location(f"modules/{evil}", 0),
    )
    return Verdict(
        findings=(finding,),
        passages=(Passage(evil, evil, evil, evil, (evil,), wanted=False),),
        judged=(Judged("alb-ingress", evil, "refused", evil),),
        plan=evil,
        plan_sha256=DIGEST,
        intent=evil,
    )


@pytest.fixture
def flood() -> Verdict:
    """10,000 refusals of one requirement, each with a path of 100 resources, and as many rows."""
    way = tuple(f"aws_network_acl_rule.number[{number}]" for number in range(100))
    numbers = range(10_000)
    return Verdict(
        findings=tuple(
            Finding(
                requirement="alb-ingress",
                level="refused",
                address=f"aws_security_group_rule.open[{number}]",
                message=f"The rule admits TCP {number} from 0.0.0.0/0",
                mend="Remove the rule",
                packet=Packet("0.0.0.0 (the internet)", "tcp", str(number), "aws_lb.main", way),
            )
            for number in numbers
        ),
        passages=tuple(
            Passage("0.0.0.0/0", "aws_lb.main", "tcp", str(number), way, wanted=number == 0)
            for number in numbers
        ),
        judged=(Judged("alb-ingress", ALB_INGRESS.title, "refused"),),
        plan="plan.tfplan",
        plan_sha256=DIGEST,
        intent=INTENT,
    )
