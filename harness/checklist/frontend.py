"""Proof of the page: its files in the bucket, and the distribution that serves them."""

from collections.abc import Iterator

from envs.schema import Environment
from harness.checklist.proof import Lack, Proof
from harness.checklist.stack import Resource, Stack

ENCRYPTED = {"https-only", "redirect-to-https"}


def files(stack: Stack, settings: Environment) -> Iterator[Proof | Lack]:
    """Objects in the bucket that the page's distribution reads, its first page among them."""
    for page in _pages(stack, settings):
        first = page.values.get("default_root_object") or "index.html"
        buckets = stack.linked(page, "origin.domain_name", "aws_s3_bucket")
        if not buckets:
            yield Lack(f"{page.address} reads no bucket of this stack.")
        for bucket in buckets:
            objects = [
                each
                for each in stack.of("aws_s3_object")
                if bucket in stack.linked(each, "bucket", "aws_s3_bucket")
            ]
            keys = [str(each.values.get("key")) for each in objects]
            if first not in keys:
                yield Lack(f"{bucket.address} has no {first}.")
            yield Proof(bucket, f"{bucket.values.get('bucket')}: {len(objects)} files")
            yield from (
                Proof(each, str(each.values.get("content_type")))
                for each in objects
                if each.values.get("key") in {first, "config.json"}
            )
    if not _pages(stack, settings):
        yield Lack(f"No distribution serves {settings.domain_name}.")


def distribution(stack: Stack, settings: Environment) -> Iterator[Proof | Lack]:
    """HTTPS alone, TLS 1.2 or newer, under the environment's own name with its certificate."""
    name = settings.domain_name
    pages = _pages(stack, settings)
    if not pages:
        yield Lack(f"No distribution has the alias {name}.")
    for page in pages:
        policies = {
            *page.at("default_cache_behavior.viewer_protocol_policy"),
            *page.at("ordered_cache_behavior.viewer_protocol_policy"),
        }
        oldest = page.at("viewer_certificate.minimum_protocol_version")
        if not policies <= ENCRYPTED or not policies:
            yield Lack(f"{page.address} answers plain HTTP: {', '.join(sorted(policies))}.")
        if not all(str(each).startswith(("TLSv1.2", "TLSv1.3")) for each in oldest) or not oldest:
            yield Lack(f"{page.address} takes TLS older than 1.2.")
        if not page.values.get("enabled"):
            yield Lack(f"{page.address} is not enabled.")
        told = f"alias {name}; {', '.join(sorted(policies))}; {', '.join(map(str, oldest))}"
        yield Proof(page, told)
        certificates = stack.linked(
            page,
            "viewer_certificate.acm_certificate_arn",
            "aws_acm_certificate",
            "aws_acm_certificate_validation",
        )
        if not certificates:
            yield Lack(f"{page.address} has no certificate of this stack.")
        yield from (Proof(each, "its certificate") for each in certificates)
    records = [
        each
        for each in stack.of("aws_route53_record")
        if each.values.get("name") == name and each.values.get("type") in {"A", "CNAME"}
    ]
    if not records:
        yield Lack(f"No record names {name}.")
    yield from (Proof(each, f"{each.values.get('type')} {name}") for each in records)


def _pages(stack: Stack, settings: Environment) -> list[Resource]:
    return [
        each
        for each in stack.of("aws_cloudfront_distribution")
        if settings.domain_name in each.at("aliases")
    ]
