"""The page's delivery: CloudFront distributions and the buckets they read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from policy.hcl.values import Reference, Text, Unknown, Value
from policy.plan.plan import Foreign

if TYPE_CHECKING:
    from policy.plan.plan import Plan
    from policy.plan.resources import Resource

BUCKET: Final = frozenset({"aws_s3_bucket"})
_ENDPOINTS: Final = ("bucket_regional_domain_name", "bucket_domain_name")
_HOST: Final = re.compile(r"(?P<name>.+)\.s3[.-](?:[a-z0-9-]+\.)*amazonaws\.com(?:\.cn)?")


@dataclass(frozen=True)
class Origin:
    """One origin of a distribution.

    Attributes:
        fields: Its block.
        bucket: The bucket it reads; `Foreign` where it is a bucket or host outside the plan.
        website: Whether it is the bucket's website endpoint, which speaks plain HTTP.
    """

    fields: dict[str, Value]
    bucket: Resource | Foreign | Unknown
    website: bool = False


@dataclass(frozen=True)
class Distribution:
    """One CloudFront distribution that is enabled."""

    resource: Resource = field(repr=False)
    aliases: tuple[Value, ...]
    origins: tuple[Origin, ...]

    def reads(self, bucket: Resource) -> bool:
        """Tell whether one of its origins is that bucket."""
        return any(origin.bucket is bucket for origin in self.origins)


class Delivery:
    """The distributions of a plan, and those that serve the page."""

    def __init__(self, plan: Plan, domain: str | None) -> None:
        self._plan = plan
        self._domain = domain

    @cached_property
    def all(self) -> tuple[Distribution, ...]:
        """Every distribution that is not switched off."""
        return tuple(
            self._read(resource)
            for resource in self._plan.of_type("aws_cloudfront_distribution")
            if self._plan.value(resource, "enabled") is not False
        )

    @cached_property
    def page(self) -> tuple[Distribution, ...]:
        """Those that serve the page: by its domain, or all where none has it.

        One that reads a bucket of the page's serves it too, by whatever name.
        """
        named = [one for one in self.all if self._domain and self._domain in one.aliases]
        if not named:
            return self.all
        buckets = [
            origin.bucket
            for one in named
            for origin in one.origins
            if not isinstance(origin.bucket, Foreign | Unknown)
        ]
        return tuple(
            one for one in self.all if one in named or any(one.reads(bucket) for bucket in buckets)
        )

    @property
    def buckets(self) -> dict[str, Resource]:
        """The page's buckets, by address."""
        return {
            origin.bucket.address: origin.bucket
            for one in self.page
            for origin in one.origins
            if not isinstance(origin.bucket, Foreign | Unknown)
        }

    def origins_of_page(self) -> list[str]:
        """Return the web origins under which the page is served, as far as they are known."""
        if self._domain:
            return [f"https://{self._domain}"]
        named = [alias for one in self.page for alias in one.aliases if isinstance(alias, str)]
        return [f"https://{alias}" for alias in named if "*" not in alias]

    def _read(self, resource: Resource) -> Distribution:
        aliases = self._plan.value(resource, "aliases")
        blocks = self._plan.blocks(resource, "origin")
        if isinstance(blocks, Unknown):
            origins = (Origin({}, blocks),)
        else:
            origins = tuple(self._origin(block) for block in blocks)
        return Distribution(resource, tuple(aliases) if isinstance(aliases, list) else (), origins)

    def _origin(self, block: dict[str, Value]) -> Origin:  # noqa: PLR0911 (a form, a return)
        value = block.get("domain_name")
        if isinstance(value, Reference):
            resource = self._plan.at(value.address)
            if resource is not None and resource.type in BUCKET:
                return Origin(block, resource, value.attribute not in _ENDPOINTS)
            website = resource is not None and "website" in resource.type
            return Origin(block, Foreign(str(value)), website)
        if isinstance(value, str):
            if "s3-website" in value:
                return Origin(block, Foreign(value), website=True)
            host = _HOST.fullmatch(value)
            if host:
                return Origin(block, self._plan.identify(host["name"], BUCKET, ("bucket", "id")))
            return Origin(block, Foreign(value))
        if isinstance(value, Text) and len(value.parts) == 2:
            named, rest = value.parts
            if (
                isinstance(named, Reference)
                and isinstance(rest, str)
                and _HOST.fullmatch(f"x{rest}")
            ):
                return Origin(block, self._plan.identify(named, BUCKET, ("bucket", "id")))
        why = value if isinstance(value, Unknown) else Unknown("cannot be told")
        return Origin(block, why)
