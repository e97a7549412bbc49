"""The kinds of values that settings are made of: each a type with its rules in both languages.

A pattern means the same to Python's, pydantic's and Terraform's regular expressions (RE2): it is
anchored at both ends and has no look-around and no backslash.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from envs.checks import Check
from envs.ranges import ADMITTABLE, NARROW, PUBLIC, VPC_RANGE, WRITTEN

# Regions of the partition `aws`. China and GovCloud have other ARNs and no CloudFront like this.
Region: TypeAlias = Literal[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
]

# What CloudWatch Logs accepts, up to ten years (PutRetentionPolicy).
RetentionDays: TypeAlias = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
]  # fmt: skip

Zone: TypeAlias = Annotated[
    str, Field(pattern="^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", examples=["eu-west-1a"])
]

ClientRange: TypeAlias = Annotated[str, WRITTEN, NARROW, ADMITTABLE]
PublicRange: TypeAlias = Annotated[str, WRITTEN, NARROW, ADMITTABLE, PUBLIC]
VpcRange: TypeAlias = Annotated[str, WRITTEN, VPC_RANGE]

# The image's driver is NVIDIA's for x86: other families would start without a GPU.
InstanceType: TypeAlias = Annotated[
    str,
    Field(
        pattern="^(g4dn|g5|g6|g6e|gr6|p3|p3dn|p4d|p4de|p5|p5e|p5en)[.][0-9]*(xlarge|metal)$",
        examples=["g4dn.xlarge"],
    ),
]

_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = f"^({_LABEL}[.])+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])?$"


def _punycode(name: str) -> str | None:
    """The name in ASCII, unless the conversion would name another host (as it does for ß)."""
    try:
        ascii_name = name.encode("idna").decode("ascii")
        return ascii_name if ascii_name.encode("ascii").decode("idna") == name else None
    except UnicodeError:
        return None


def _no_host(name: str) -> str | None:
    if not name.isascii():
        written = _punycode(name.lower())
        example = f'"{written}"' if written else "xn--... for each such label"
        return f"has letters outside ASCII; write its punycode form, {example}"
    if re.search(_HOST, name) and not name.endswith("\n"):
        return None
    if "://" in name or "/" in name:
        return 'is a URL; write the host alone, such as "translate.example.com"'
    if re.search(_HOST, name.lower().strip()):
        return f'is not in its plain form; write "{name.lower().strip()}"'
    if re.search(_HOST, name.removesuffix(".")):
        return f'ends with a dot; write "{name.removesuffix(".")}"'
    return (
        "is no host name; write at least two labels of lower-case letters, digits and hyphens, "
        'such as "translate.example.com"'
    )


HOST = Check(
    condition=f'can(regex("{_HOST}", value))',
    error_message="Write a lower-case host name of at least two labels, without a scheme.",
    find=_no_host,
)
HostName: TypeAlias = Annotated[str, HOST]


def _reserved(value: str) -> str | None:
    for prefix in RESERVED:
        if value.startswith(prefix):
            return f'begins with "{prefix}", which AWS keeps for itself; write another name'
    return None


RESERVED = ("amzn-s3-demo-", "internal-", "sthree-", "xn--")
"""What names of load balancers (`internal-`) and of buckets may not begin with."""

NOT_RESERVED = Check(
    condition=f'!can(regex("^({"|".join(RESERVED)})", value))',
    error_message=f"The name may not begin with {', '.join(RESERVED)}: AWS keeps these.",
    find=_reserved,
)
