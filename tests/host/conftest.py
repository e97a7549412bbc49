"""One rendering of the host's files, and the gateways that tests speak to."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.terraform import Terraform
from tests.host.gateway import Gateway, render, running

LOOPBACK = '"127.0.0.0/8"'
"""Where the load balancer is, to a test: so it may say whom it calls for."""

VARIANTS = {
    "wide": {
        "vpc_cidr": LOOPBACK,
        "requests_in_flight": "256",
        "requests_in_flight_per_client": "256",
    },
    "tight": {
        "vpc_cidr": LOOPBACK,
        "requests_in_flight": "3",
        "requests_in_flight_per_client": "2",
        "idle_timeout_seconds": "1",
    },
    "elsewhere": {"vpc_cidr": '"10.20.0.0/16"', "requests_in_flight_per_client": "1"},
}

Files = dict[str, dict[str, str]]


@pytest.fixture(scope="session")
def rendered(
    stacks: Path,
    terraform: Callable[[Path], Terraform],
    tmp_path_factory: pytest.TempPathFactory,
) -> Files:
    """By variant, what an instance boots with."""
    return render(stacks, terraform, tmp_path_factory.mktemp("rendered"), VARIANTS)


@pytest.fixture(scope="session")
def wide_gateway(rendered: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(rendered["wide"], tmp_path_factory.mktemp("wide")) as gateway:
        yield gateway


@pytest.fixture(scope="session")
def tight_gateway(rendered: Files, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with running(rendered["tight"], tmp_path_factory.mktemp("tight")) as gateway:
        yield gateway


@pytest.fixture
def gateway(wide_gateway: Gateway) -> Gateway:
    """One that no test of a few requests brings to a limit."""
    wide_gateway.upstream.reset()
    return wide_gateway


@pytest.fixture
def tight(tight_gateway: Gateway) -> Gateway:
    """Three requests in flight, two of one client, a second of silence."""
    tight_gateway.upstream.reset()
    return tight_gateway


@pytest.fixture
def elsewhere(rendered: Files, tmp_path: Path) -> Iterator[Gateway]:
    """One whose load balancer is not where the test is; one request of one client."""
    with running(rendered["elsewhere"], tmp_path) as gateway:
        yield gateway
