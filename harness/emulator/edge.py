"""Serves the page as its distribution says, from the emulated bucket: CloudFront's own part.

moto keeps a distribution and serves nothing. What stands for an edge location here takes the
distribution's origin, root object, methods, error pages and response headers policy, and reads the
bucket only as far as its policy lets that distribution. It does not do what needs the internet's
side: TLS, the web ACL, caching, compression.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote

from moto.cloudfront.models import cloudfront_backends
from moto.s3.models import s3_backends

from harness.emulator.account import ACCOUNT
from harness.emulator.corrections.cloudfront_policies import shown_policy
from harness.emulator.edge_headers import Headers

SUFFIX = ".cloudfront.localhost"
"""Browsers take names below `localhost` for this machine; before it stands a distribution's id."""


def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request for `<distribution id>.cloudfront.localhost`."""
    asked = environ["HTTP_HOST"].partition(":")[0].removesuffix(SUFFIX)
    backend = cloudfront_backends[ACCOUNT]["aws"]
    found = [one for id_, one in backend.distributions.items() if id_.lower() == asked.lower()]
    if not found or not found[0].distribution_config.Enabled:
        start("404 Not Found", [("Content-Type", "text/plain")])
        return [b"There is no such distribution, or it is off.\n"]
    status, headers, content = _answer(found[0], environ["REQUEST_METHOD"], environ["PATH_INFO"])
    policy_id = found[0].distribution_config.DefaultCacheBehavior.response_headers_policy_id
    if policy_id:
        policy = shown_policy(backend, "ResponseHeadersPolicy", policy_id)
        headers.apply(policy["ResponseHeadersPolicyConfig"])
    headers.set("Content-Length", str(len(content)))
    start(f"{status} {_REASONS.get(status, 'Error')}", headers.items())
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else content]


_REASONS = {200: "OK", 403: "Forbidden", 404: "Not Found"}


def _answer(distribution: Any, method: str, path: str) -> tuple[int, Headers, bytes]:
    config = distribution.distribution_config
    behaviour = config.DefaultCacheBehavior
    if method not in behaviour.allowed_methods.items:
        return 403, Headers({"Content-Type": "text/plain"}), b"This method is not allowed.\n"
    origin = next(one for one in config.Origins["Items"] if one.id == behaviour.target_origin_id)
    key = unquote(path).lstrip("/") or config.DefaultRootObject
    status, headers, content = _from_bucket(origin, distribution.arn, key)
    pages = config.CustomErrorResponses.get("Items") or []
    for page in pages:
        if int(page["ErrorCode"]) == status and page.get("ResponsePagePath"):
            _, headers, content = _from_bucket(
                origin, distribution.arn, page["ResponsePagePath"].lstrip("/")
            )
            status = int(page.get("ResponseCode") or status)
    return status, headers, content


def _from_bucket(origin: Any, arn: str, key: str) -> tuple[int, Headers, bytes]:
    """What S3 answers the distribution, which signs what it asks by its origin access control."""
    backend = s3_backends[ACCOUNT]["aws"]
    name = origin.domain_name.partition(".s3.")[0]
    bucket = backend.buckets.get(name)
    plain = Headers({"Content-Type": "text/plain"})
    if bucket is None or not origin.origin_access_control_id:
        return 403, plain, b"AccessDenied\n"
    allowed = _allowed(bucket, arn)
    found = backend.get_object(name, f"{origin.origin_path}/{key}".lstrip("/"))
    if found is None:
        return (404 if "s3:ListBucket" in allowed else 403), plain, b"There is no such object.\n"
    if "s3:GetObject" not in allowed:
        return 403, plain, b"AccessDenied\n"
    headers = Headers({"ETag": found.etag, "Server": "AmazonS3"})
    for name, value in found.metadata.items():
        headers.set(name, value)
    return 200, headers, found.value


def _allowed(bucket: Any, arn: str) -> set[str]:
    """What the bucket's policy allows CloudFront to do for this very distribution."""
    policy: Any = json.loads(bucket.policy or '{"Statement": []}')
    allowed: set[str] = set()
    for statement in policy["Statement"]:
        actions = statement.get("Action", [])
        source = statement.get("Condition", {}).get("StringEquals", {})
        if (
            statement["Effect"] == "Allow"
            and statement.get("Principal") == {"Service": "cloudfront.amazonaws.com"}
            and {name.lower(): value for name, value in source.items()}.get("aws:sourcearn") == arn
        ):
            allowed.update([actions] if isinstance(actions, str) else actions)
    return allowed
