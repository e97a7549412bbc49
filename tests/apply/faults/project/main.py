"""Stands in for the synth: a root of some thirty resources that the emulator makes in seconds.

It has what the faults are about: a load balancer with its listener, security groups with rules as
resources of their own, a bucket with a policy, and services that are asked in each of AWS's
protocols: query (EC2, IAM, SNS), JSON (CloudWatch Logs, ACM) and XML (S3).
"""

import json
import os
from pathlib import Path
from typing import Any

from modules.extent import BALANCED, SIZE

ROOT = Path(os.environ["CDKTF_OUTDIR"]) / "stacks" / "translator"
NAME = "${var.project}-${var.environment}"
LB, INSTANCES = "${aws_security_group.lb.id}", "${aws_security_group.instances.id}"
SUBNETS = ["${aws_subnet.this[0].id}", "${aws_subnet.this[1].id}"]
TEXT, RANGES = {"type": "string"}, {"type": "list(string)"}


def rule(group: str, port: int, **peer: str) -> dict[str, Any]:
    """A rule of one TCP port."""
    ports = {"ip_protocol": "tcp", "from_port": port, "to_port": port}
    return {"security_group_id": group, **ports, **peer}


def trusting(service: str) -> str:
    """A trust policy, as JSON."""
    who = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [who]})


RESOURCES: dict[str, dict[str, dict[str, Any]]] = {
    "aws_vpc": {"this": {"cidr_block": "${var.vpc_cidr}"}},
    "aws_subnet": {
        "this": {
            "count": 2,
            "vpc_id": "${aws_vpc.this.id}",
            "availability_zone": "${var.zones[count.index]}",
            "cidr_block": "${cidrsubnet(var.vpc_cidr, 4, count.index)}",
        }
    },
    "aws_internet_gateway": {"this": {"vpc_id": "${aws_vpc.this.id}"}},
    "aws_route_table": {"public": {"vpc_id": "${aws_vpc.this.id}"}},
    "aws_route": {
        "internet": {
            "route_table_id": "${aws_route_table.public.id}",
            "destination_cidr_block": "0.0.0.0/0",
            "gateway_id": "${aws_internet_gateway.this.id}",
        }
    },
    "aws_security_group": {
        "lb": {"name": f"{NAME}-lb", "vpc_id": "${aws_vpc.this.id}"},
        "instances": {"name": f"{NAME}-instances", "vpc_id": "${aws_vpc.this.id}"},
    },
    "aws_vpc_security_group_ingress_rule": {
        "vpn": rule(LB, 443, cidr_ipv4="${var.vpn_cidrs[0]}"),
        "lb": rule(INSTANCES, 11434, referenced_security_group_id=LB),
    },
    "aws_vpc_security_group_egress_rule": {
        "instances": rule(LB, 11434, referenced_security_group_id=INSTANCES)
    },
    "aws_acm_certificate": {
        "api": {"domain_name": "api.${var.domain_name}", "validation_method": "DNS"}
    },
    "aws_lb": {
        "this": {
            "name": NAME,
            "load_balancer_type": "application",
            "security_groups": [LB],
            "subnets": SUBNETS,
            "depends_on": ["aws_internet_gateway.this"],
        }
    },
    "aws_lb_target_group": {
        "ollama": {
            "name": NAME,
            "port": 11434,
            "protocol": "HTTP",
            "vpc_id": "${aws_vpc.this.id}",
        }
    },
    "aws_lb_listener": {
        "https": {
            "load_balancer_arn": "${aws_lb.this.arn}",
            "port": 443,
            "protocol": "HTTPS",
            "certificate_arn": "${aws_acm_certificate.api.arn}",
            "default_action": [
                {"type": "forward", "target_group_arn": "${aws_lb_target_group.ollama.arn}"}
            ],
        }
    },
    "aws_s3_bucket": {"ui": {"bucket": f"{NAME}-ui", "force_destroy": True}},
    "aws_s3_bucket_policy": {
        "ui": {
            "bucket": "${aws_s3_bucket.ui.id}",
            "policy": json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "s3:*",
                            "Resource": "${aws_s3_bucket.ui.arn}/*",
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        }
                    ],
                }
            ),
        }
    },
    "aws_iam_role": {
        "instance": {
            "count": SIZE,
            "name": f"{NAME}-${{count.index}}",
            "assume_role_policy": trusting("ec2.amazonaws.com"),
        }
    },
    "aws_sns_topic": {"alarms": {"name": NAME}},
    "aws_cloudwatch_log_group": {"this": {"count": SIZE, "name": f"/{NAME}/${{count.index}}"}},
}
if not BALANCED:  # the provider waits a minute for a load balancer
    del RESOURCES["aws_lb"], RESOURCES["aws_lb_listener"], RESOURCES["aws_lb_target_group"]

ACCOUNTS = {"region": "${var.region}", "allowed_account_ids": ["${var.account_id}"]}
TAGS = {"project": "${var.project}", "environment": "${var.environment}", "owner": "${var.owner}"}
STACK = {
    "terraform": {
        "backend": {"s3": {"encrypt": True, "use_lockfile": True}},
        "required_providers": {"aws": {"source": "hashicorp/aws", "version": "5.100.0"}},
    },
    "provider": {"aws": [ACCOUNTS | {"default_tags": [{"tags": TAGS}]}]},
    "variable": {
        **dict.fromkeys(("account_id", "domain_name", "environment", "owner", "region"), TEXT),
        "project": TEXT | {"default": "ollama-translator"},
        "vpc_cidr": TEXT,
        "vpn_cidrs": RANGES,
        "zones": RANGES,
    },
    "resource": RESOURCES,
    "output": {name: {"value": "none"} for name in ("api_url", "distribution_id", "ui_url")},
}

ROOT.mkdir(parents=True)
(ROOT / "cdk.tf.json").write_text(json.dumps(STACK))
