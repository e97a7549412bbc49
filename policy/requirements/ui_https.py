"""The page is served over HTTPS alone, with TLS 1.2 or newer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from policy.hcl.values import Unknown
from policy.requirements.requirement import Requirement, without_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.requirements.requirement import Case
    from policy.verdict import Finding

ID: Final = "ui-https"
_BEHAVIOURS: Final = ("default_cache_behavior", "ordered_cache_behavior")
_SECURE: Final = frozenset({"redirect-to-https", "https-only"})
# CloudFront's developer guide, "Supported protocols and ciphers between viewers and CloudFront".
_MODERN: Final = re.compile(r"TLSv1\.[23]_20(18|19|2\d)")


def check(case: Case) -> Iterator[Finding]:
    """Find behaviours that serve plain HTTP, and old TLS."""
    for page in case.delivery.page:
        resource = page.resource
        for name in _BEHAVIOURS:
            blocks = case.plan.blocks(resource, name)
            told: list[Any] = (
                [{"viewer_protocol_policy": blocks}] if isinstance(blocks, Unknown) else blocks
            )
            for block in told:
                policy = block.get("viewer_protocol_policy")
                if policy not in _SECURE:
                    path = block.get("path_pattern") or "every path"
                    yield case.finding(
                        ID,
                        resource,
                        f"{resource.address} serves {path} with the viewer protocol policy "
                        f"{policy if isinstance(policy, str) else 'that cannot be told'}.",
                        "Set viewer_protocol_policy to redirect-to-https or https-only.",
                        attribute=name,
                    )
        blocks = case.plan.blocks(resource, "viewer_certificate")
        certificates: list[dict[str, Any]] = [] if isinstance(blocks, Unknown) else blocks
        version = certificates[0].get("minimum_protocol_version") if certificates else None
        default = not certificates or certificates[0].get("cloudfront_default_certificate") is True
        if default or not isinstance(version, str) or not _MODERN.fullmatch(version):
            found = (
                "CloudFront's default certificate, which allows TLS 1.0"
                if default
                else f"the minimum TLS version {version if isinstance(version, str) else 'unknown'}"
            )
            yield case.finding(
                ID,
                resource,
                f"{resource.address} uses {found}.",
                "Use a certificate of its own with minimum_protocol_version = TLSv1.2_2021.",
                attribute="viewer_certificate",
            )


REQUIREMENT: Final = Requirement(
    id=ID,
    title="The page is served over HTTPS alone, TLS 1.2 or newer",
    check=check,
    applies=without_page,
)
