"""What the emulated AWS does not do, and what stands in its place here; docs/emulator.md shows it.

Each has a probe in tests/apply, which fails as soon as it is true no longer.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """Something that AWS does and the emulator does not.

    Attributes:
        name: What its probe is found by.
        types: The types of Terraform's resources that it is about.
        what: What happens instead.
        bridged: How the difference is bridged, or that it is not.
    """

    name: str
    types: tuple[str, ...]
    what: str
    bridged: str


LIMITS = (
    Limit(
        "images",
        (
            "aws_imagebuilder_component",
            "aws_imagebuilder_distribution_configuration",
            "aws_imagebuilder_image_pipeline",
            "aws_imagebuilder_image_recipe",
            "aws_imagebuilder_infrastructure_configuration",
            "aws_imagebuilder_lifecycle_policy",
        ),
        "There is no EC2 Image Builder: an apply of it fails.",
        '`envs/local.tfvars` keeps `golden_image = "none"`, the default.',
    ),
    Limit(
        "names of S3 Control",
        ("aws_s3_account_public_access_block",),
        "The SDK asks a host named after the account, which loopback has not.",
        "Our modules close each bucket by itself.",
    ),
    Limit(
        "permissions",
        ("aws_iam_role_policy", "aws_kms_key"),
        "Whoever asks may do everything; policies are kept and never asked.",
        "Not bridged: what a role may do is judged from the plan.",
    ),
    Limit(
        "conditions",
        ("aws_s3_bucket_policy",),
        "A statement with a condition is passed over, so no bucket refuses plain HTTP.",
        "Tests read the policies; the page is served as far as its bucket's policy allows it.",
    ),
    Limit(
        "traffic",
        ("aws_lb", "aws_lb_listener", "aws_lb_target_group", "aws_nat_gateway", "aws_vpc_endpoint"),
        "Nothing listens, and no packet is carried.",
        "Reach is computed from what the API answers; `make up` runs what would listen.",
    ),
    Limit(
        "machines",
        ("aws_autoscaling_group", "aws_launch_template"),
        "Instances are entries that count as healthy; nothing boots, none has its template's"
        " security group, and none is launched by a scaling policy.",
        "Reach is computed from the template; the boot test boots its user data.",
    ),
    Limit(
        "refreshes",
        ("aws_autoscaling_group",),
        "An instance refresh is done as soon as it is begun.",
        "Not bridged.",
    ),
    Limit(
        "edge",
        ("aws_cloudfront_distribution", "aws_wafv2_web_acl"),
        "The page comes over plain HTTP, uncached, and no web ACL is asked who wants it.",
        "The gate proves from the plan whom the web ACL lets in.",
    ),
    Limit(
        "names",
        ("aws_acm_certificate", "aws_route53_record"),
        "Records are kept and answered by no DNS; certificates count as issued whatever they say.",
        "The page has a name below `localhost`; tests read the records.",
    ),
    Limit(
        "memory",
        ("aws_s3_bucket",),
        "Everything is gone with the process, Terraform's state included.",
        "Account and state end together, so neither outlives the other.",
    ),
)
