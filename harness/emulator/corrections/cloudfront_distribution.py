"""CloudFront: what a distribution reads back as."""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

from typing import Any

from moto.cloudfront.models import DefaultCacheBehaviour, Origin, ViewerCertificate

from harness.emulator.corrections import correction


@correction(
    types=["aws_cloudfront_distribution", "aws_cloudfront_origin_access_control"],
    stock="forgets which origin access control an origin has",
    aws="keeps it",
    source="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Origin.html",
)
def origin_access_control_of_an_origin() -> None:
    """Keep `OriginAccessControlId`."""
    made = Origin.__init__

    def init(self: Any, origin: dict[str, Any]) -> None:
        made(self, origin)
        self.origin_access_control_id = origin.get("OriginAccessControlId", "")

    Origin.__init__ = init


@correction(
    types=["aws_cloudfront_distribution"],
    stock="shows forwarded values beside a cache policy",
    aws="knows either a cache policy or forwarded values",
    source=(
        "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DefaultCacheBehavior.html"
    ),
)
def no_forwarded_values_beside_a_cache_policy() -> None:
    """Show forwarded values only where there is no cache policy."""
    made = DefaultCacheBehaviour.__init__

    def init(self: Any, config: dict[str, Any]) -> None:
        made(self, config)
        if config.get("CachePolicyId"):
            self.forwarded_values = None

    DefaultCacheBehaviour.__init__ = init


@correction(
    types=["aws_cloudfront_distribution"],
    stock="says of a distribution with a certificate that it has CloudFront's own",
    aws="says so only where no certificate was given",
    source="https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html",
)
def own_certificate() -> None:
    """Tell a certificate of ACM or IAM from CloudFront's own."""
    made = ViewerCertificate.__init__

    def init(self: Any, config: dict[str, Any]) -> None:
        made(self, config)
        if self.acm_certificate_arn or self.iam_certificate_id:
            self.cloud_front_default_certificate = False

    ViewerCertificate.__init__ = init
