"""What a plan is judged against: who may come in, and where the page is served."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from policy.network.addresses import Addresses, NotACidrError, parse, union
from policy.problem import CannotJudgeError


@dataclass(frozen=True)
class Intent:
    """The allow-list of one environment.

    Attributes:
        vpn_cidrs: The ranges from which people come, IPv4 and IPv6.
        domain: The page's host name; None to take it from the plan's distribution.
        environment: The name of one of this repository's environments, whose own requirements
            then hold too; None for a plan of another repository.
        page_cidrs: The public ranges to which the page is served, where they are others than the
            VPN's: CloudFront sees the address that a network's way out has.
    """

    vpn_cidrs: tuple[str, ...]
    domain: str | None = None
    environment: str | None = None
    page_cidrs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be an allow-list.

        Raises:
            CannotJudgeError: A range cannot be read, or there is none.
        """
        if not self.vpn:
            raise CannotJudgeError("No VPN range is given; name at least one.")

    @cached_property
    def vpn(self) -> Addresses:
        """The ranges as one set of addresses.

        Raises:
            CannotJudgeError: One of them is no address range.
        """
        try:
            return union(map(parse, self.vpn_cidrs))
        except NotACidrError as error:
            raise CannotJudgeError(
                f"The VPN's ranges are wrong: {error} One looks like 10.8.0.0/16."
            ) from None

    @cached_property
    def page(self) -> Addresses:
        """Those to whom the page may be served, as one set of addresses."""
        return union(map(parse, self.page_cidrs or self.vpn_cidrs))

    def __str__(self) -> str:
        origin = f", origin https://{self.domain}" if self.domain else ""
        where = f"{self.environment}: " if self.environment else ""
        return f"{where}VPN ranges {', '.join(self.vpn_cidrs)}{origin}"
