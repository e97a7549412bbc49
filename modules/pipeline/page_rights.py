"""What the apply role may change of the page: CloudFront, its web ACL, names, and buckets."""

from typing import Any

from modules.base.iam import allow
from modules.pipeline.belonging import Belonging

_DELIVERING = [
    "cloudfront:AllowVendedLogDeliveryForResource",
    "cloudfront:CreateCachePolicy",
    "cloudfront:CreateDistribution",
    "cloudfront:CreateResponseHeadersPolicy",
    "cloudfront:DeleteCachePolicy",
    "cloudfront:DeleteDistribution",
    "cloudfront:DeleteOriginAccessControl",
    "cloudfront:DeleteResponseHeadersPolicy",
    "cloudfront:TagResource",
    "cloudfront:UntagResource",
    "cloudfront:UpdateCachePolicy",
    "cloudfront:UpdateDistribution",
    "cloudfront:UpdateOriginAccessControl",
    "cloudfront:UpdateResponseHeadersPolicy",
]

_GUARDING = [
    "wafv2:CreateIPSet",
    "wafv2:CreateWebACL",
    "wafv2:DeleteIPSet",
    "wafv2:DeleteLoggingConfiguration",
    "wafv2:DeleteWebACL",
    "wafv2:PutLoggingConfiguration",
    "wafv2:TagResource",
    "wafv2:UntagResource",
    "wafv2:UpdateIPSet",
    "wafv2:UpdateWebACL",
]

_BUCKETS = [
    "s3:CreateBucket",
    "s3:DeleteBucket",
    "s3:DeleteBucketPolicy",
    "s3:ListBucketVersions",
    "s3:PutBucketAcl",
    "s3:PutBucketOwnershipControls",
    "s3:PutBucketPolicy",
    "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketTagging",
    "s3:PutBucketVersioning",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
]

_OBJECTS = [
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:PutObject",
    "s3:PutObjectTagging",
]

_RECORDS = "route53:ChangeResourceRecordSetsNormalizedRecordNames"


def page_rights(mine: Belonging) -> list[dict[str, Any]]:
    """The statements: by name, or by the account alone where CloudFront gives ids."""
    name = mine.inputs.name
    delivered = [
        mine.regionless_arn("cloudfront", f"{kind}/*")
        for kind in (
            "cache-policy",
            "distribution",
            "origin-access-control",
            "response-headers-policy",
        )
    ]
    guards = [mine.global_arn("wafv2", f"global/{kind}/{name}*/*") for kind in ("ipset", "webacl")]
    rules = mine.global_arn("wafv2", "global/managedruleset/*")
    return [
        allow(_DELIVERING, delivered),
        # The one of them that knows no resource.
        allow(["cloudfront:CreateOriginAccessControl"], ["*"], condition=mine.regional()),
        allow(_GUARDING, guards),
        allow(["wafv2:CreateWebACL", "wafv2:UpdateWebACL"], [rules]),
        allow(
            ["route53:ChangeResourceRecordSets"],
            [f"arn:aws:route53:::hostedzone/{mine.inputs.hosted_zone_id}"],
            condition={"ForAllValues:StringLike": {_RECORDS: mine.record_names}},
        ),
        allow(_BUCKETS, [f"arn:aws:s3:::{name}-*"]),
        allow(_OBJECTS, [f"arn:aws:s3:::{name}-*/*"]),
        *_certificates(mine),
    ]


def _certificates(mine: Belonging) -> list[dict[str, Any]]:
    """Certificates have ids too: their tags tell whose they are."""
    certificates = [mine.arn("acm", "certificate/*"), mine.global_arn("acm", "certificate/*")]
    return [
        allow(
            ["acm:AddTagsToCertificate", "acm:RequestCertificate"], ["*"], condition=mine.tagging()
        ),
        allow(
            [
                "acm:AddTagsToCertificate",
                "acm:DeleteCertificate",
                "acm:RemoveTagsFromCertificate",
                "acm:UpdateCertificateOptions",
            ],
            certificates,
            condition=mine.tagged(),
        ),
    ]
