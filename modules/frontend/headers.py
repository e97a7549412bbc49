"""The headers by which a browser holds the page to what it is meant to do."""

from cdktf import TerraformLocal
from cdktf_cdktf_provider_aws.cloudfront_response_headers_policy import (
    CloudfrontResponseHeadersPolicy,
    CloudfrontResponseHeadersPolicyCustomHeadersConfigItems,
    CloudfrontResponseHeadersPolicyRemoveHeadersConfigItems,
)
from constructs import Construct

from modules.frontend.interface import FrontendInputs

CONTENT_SECURITY_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self' ${var.page.api_url}",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    # What the model writes can never become markup: no script may turn text into HTML.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)

HSTS_SECONDS = 2 * 365 * 24 * 60 * 60

# Only what browsers know: they warn of anything else on every user's console.
DENIED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)

CUSTOM = {
    "Permissions-Policy": ", ".join(
        [
            "clipboard-read=(self)",
            "clipboard-write=(self)",
            *(f"{feature}=()" for feature in DENIED_FEATURES),
        ]
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

REMOVED = (
    "Server",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-bucket-key-enabled",
    "x-amz-version-id",
)
"""What S3 says of itself, of the account's key and of the object's version."""


def response_headers(scope: Construct, inputs: FrontendInputs) -> CloudfrontResponseHeadersPolicy:
    """One policy for every answer of the distribution.

    HSTS speaks for the hosts below `domain_name` too, of which the API's is one: all of them
    serve HTTPS alone. It is not preloaded, which only the owner of the whole domain may ask for.
    """
    TerraformLocal(scope, "local.content_security_policy", "; ".join(CONTENT_SECURITY_POLICY))
    return CloudfrontResponseHeadersPolicy(
        scope,
        "aws_cloudfront_response_headers_policy.ui",
        name=f"{inputs.name}-ui",
        comment="Strict security headers of the UI",
        security_headers_config={
            "content_security_policy": {
                "content_security_policy": "${local.content_security_policy}",
                "override": True,
            },
            "content_type_options": {"override": True},
            "frame_options": {"frame_option": "DENY", "override": True},
            "referrer_policy": {"referrer_policy": "no-referrer", "override": True},
            "strict_transport_security": {
                "access_control_max_age_sec": HSTS_SECONDS,
                "include_subdomains": True,
                "preload": False,
                "override": True,
            },
        },
        custom_headers_config={
            "items": [
                CloudfrontResponseHeadersPolicyCustomHeadersConfigItems(
                    header=header, value=content, override=True
                )
                for header, content in CUSTOM.items()
            ]
        },
        remove_headers_config={
            "items": [
                CloudfrontResponseHeadersPolicyRemoveHeadersConfigItems(header=header)
                for header in REMOVED
            ]
        },
    )
