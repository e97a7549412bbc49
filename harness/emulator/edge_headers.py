"""A response's headers, and what a response headers policy of CloudFront makes of them."""

from collections.abc import Mapping
from typing import Any

SECURITY = {
    "ContentSecurityPolicy": ("Content-Security-Policy", "{ContentSecurityPolicy}"),
    "ContentTypeOptions": ("X-Content-Type-Options", "nosniff"),
    "FrameOptions": ("X-Frame-Options", "{FrameOption}"),
    "ReferrerPolicy": ("Referrer-Policy", "{ReferrerPolicy}"),
    "StrictTransportSecurity": (
        "Strict-Transport-Security",
        "max-age={AccessControlMaxAgeSec}{subdomains}{preload}",
    ),
}
"""Parts of a policy's `SecurityHeadersConfig`: the header of each, and its value."""


class Headers:
    """Headers by their names, whose case does not count."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._held: dict[str, tuple[str, str]] = {}
        for name, value in given.items():
            self.set(name, value)

    def set(self, name: str, value: str) -> None:
        """Set a header in place of one of that name."""
        self._held[name.lower()] = (name, value)

    def items(self) -> list[tuple[str, str]]:
        """All of them, as WSGI takes them."""
        return list(self._held.values())

    def apply(self, policy: Mapping[str, Any]) -> None:
        """Change them as a `ResponseHeadersPolicyConfig` says.

        Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
        """
        for each in policy.get("RemoveHeadersConfig", {}).get("Items", []):
            self._held.pop(each["Header"].lower(), None)
        for part, values in policy.get("SecurityHeadersConfig", {}).items():
            name, form = SECURITY[part]
            words = {
                "subdomains": "; includeSubDomains" if values.get("IncludeSubdomains") else "",
                "preload": "; preload" if values.get("Preload") else "",
            }
            self._add(name, form.format(**values, **words), values)
        for each in policy.get("CustomHeadersConfig", {}).get("Items", []):
            self._add(each["Header"], each["Value"], each)

    def _add(self, name: str, value: str, part: Mapping[str, Any]) -> None:
        if part.get("Override") or name.lower() not in self._held:
            self.set(name, value)
