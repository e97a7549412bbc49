"""The CloudFront distribution: the only reader of the bucket."""

from cdktf_cdktf_provider_aws.cloudfront_cache_policy import CloudfrontCachePolicy
from cdktf_cdktf_provider_aws.cloudfront_distribution import (
    CloudfrontDistribution,
    CloudfrontDistributionCustomErrorResponse,
    CloudfrontDistributionOrigin,
)
from cdktf_cdktf_provider_aws.cloudfront_origin_access_control import CloudfrontOriginAccessControl
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl
from constructs import Construct

from modules.frontend.headers import response_headers
from modules.frontend.interface import FrontendInputs

ORIGIN = "bucket"


def distribution(
    scope: Construct, inputs: FrontendInputs, bucket: S3Bucket, web_acl: Wafv2WebAcl
) -> CloudfrontDistribution:
    """Serves the bucket under the custom domain, over HTTPS, to whom the web ACL lets in.

    Only a missing file has an error page. A 403 has none: CloudFront would put the page in place
    of the web ACL's own answer, which says what to do. S3 tells missing from forbidden because
    the bucket's policy lets the distribution list it.
    """
    access = CloudfrontOriginAccessControl(
        scope,
        "aws_cloudfront_origin_access_control.ui",
        name=f"{inputs.name}-ui",
        description="Signs what CloudFront asks of the bucket",
        origin_access_control_origin_type="s3",
        signing_behavior="always",
        signing_protocol="sigv4",
    )
    return CloudfrontDistribution(
        scope,
        "aws_cloudfront_distribution.ui",
        enabled=True,
        comment=inputs.domain_name,
        aliases=[inputs.domain_name],
        default_root_object="index.html",
        http_version="http2and3",
        is_ipv6_enabled=True,
        price_class=inputs.price_class,
        web_acl_id=web_acl.arn,
        origin=[
            CloudfrontDistributionOrigin(
                origin_id=ORIGIN,
                domain_name=bucket.bucket_regional_domain_name,
                origin_access_control_id=access.id,
            )
        ],
        default_cache_behavior={
            "target_origin_id": ORIGIN,
            "viewer_protocol_policy": "redirect-to-https",
            "allowed_methods": ["GET", "HEAD"],
            "cached_methods": ["GET", "HEAD"],
            "compress": True,
            "cache_policy_id": _as_the_object_says(scope, inputs).id,
            "response_headers_policy_id": response_headers(scope, inputs).id,
        },
        custom_error_response=[
            CloudfrontDistributionCustomErrorResponse(
                error_code=404,
                response_code=404,
                response_page_path="/404.html",
                error_caching_min_ttl=10,
            )
        ],
        restrictions={"geo_restriction": {"restriction_type": "none"}},
        viewer_certificate={
            "acm_certificate_arn": inputs.certificate_arn,
            "minimum_protocol_version": "TLSv1.2_2021",
            "ssl_support_method": "sni-only",
        },
        tags={"Name": f"{inputs.name}-ui"},
    )


def _as_the_object_says(scope: Construct, inputs: FrontendInputs) -> CloudfrontCachePolicy:
    """Caching by each object's own `Cache-Control`; nothing of the request reaches the bucket."""
    return CloudfrontCachePolicy(
        scope,
        "aws_cloudfront_cache_policy.ui",
        name=f"{inputs.name}-ui",
        comment="As each object's Cache-Control says",
        min_ttl=0,
        default_ttl=0,
        max_ttl=31536000,
        parameters_in_cache_key_and_forwarded_to_origin={
            "cookies_config": {"cookie_behavior": "none"},
            "headers_config": {"header_behavior": "none"},
            "query_strings_config": {"query_string_behavior": "none"},
            "enable_accept_encoding_brotli": True,
            "enable_accept_encoding_gzip": True,
        },
    )
