"""What to ask of CloudFront to see whether it answers as AWS would."""

from collections.abc import Callable
from typing import Any

from tests.apply.emulated import Emulated
from tests.apply.probes.names import fresh_name

ORIGIN = {"Id": "bucket", "DomainName": "page.s3.us-east-1.amazonaws.com"}
CACHED = {
    "TargetOriginId": "bucket",
    "ViewerProtocolPolicy": "redirect-to-https",
    "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
}
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"


def _distribution(aws: Emulated, **given: Any) -> dict[str, Any]:
    config = {
        "CallerReference": fresh_name(),
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [ORIGIN | {"OriginAccessControlId": "E1"}]},
        "DefaultCacheBehavior": CACHED,
    }
    front = aws.client("cloudfront")
    made = front.create_distribution(DistributionConfig=config | given)["Distribution"]
    return front.get_distribution_config(Id=made["Id"])["DistributionConfig"]


def origin_access_control_of_an_origin(aws: Emulated) -> bool:
    return _distribution(aws)["Origins"]["Items"][0].get("OriginAccessControlId") == "E1"


def no_forwarded_values_beside_a_cache_policy(aws: Emulated) -> bool:
    return "ForwardedValues" not in _distribution(aws)["DefaultCacheBehavior"]


def own_certificate(aws: Emulated) -> bool:
    given = {"ACMCertificateArn": CERTIFICATE, "SSLSupportMethod": "sni-only"}
    read = _distribution(aws, ViewerCertificate=given)["ViewerCertificate"]
    return not read.get("CloudFrontDefaultCertificate")


def cache_policies(aws: Emulated) -> bool:
    front = aws.client("cloudfront")
    made = front.create_cache_policy(CachePolicyConfig={"Name": fresh_name(), "MinTTL": 7})
    id_ = made["CachePolicy"]["Id"]
    etag = front.get_cache_policy(Id=id_)["ETag"]
    front.update_cache_policy(
        Id=id_, IfMatch=etag, CachePolicyConfig={"Name": fresh_name(), "MinTTL": 8}
    )
    read = front.get_cache_policy_config(Id=id_)["CachePolicyConfig"]["MinTTL"]
    front.delete_cache_policy(Id=id_)
    return read == 8 and _is_gone(front.exceptions.NoSuchCachePolicy, front.get_cache_policy, id_)


def response_headers_policies(aws: Emulated) -> bool:
    front = aws.client("cloudfront")
    config = {
        "Name": fresh_name(),
        "SecurityHeadersConfig": {
            "FrameOptions": {"Override": True, "FrameOption": "DENY"},
        },
    }
    made = front.create_response_headers_policy(ResponseHeadersPolicyConfig=config)
    id_ = made["ResponseHeadersPolicy"]["Id"]
    read = front.get_response_headers_policy(Id=id_)["ResponseHeadersPolicy"]
    front.delete_response_headers_policy(Id=id_)
    kept = read["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    gone = front.exceptions.NoSuchResponseHeadersPolicy
    return kept == config["SecurityHeadersConfig"] and _is_gone(
        gone, front.get_response_headers_policy, id_
    )


def _is_gone(error: type[Exception], get: Callable[..., Any], id_: str) -> bool:
    try:
        get(Id=id_)
    except error:
        return True
    return False
