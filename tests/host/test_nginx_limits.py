"""How much one caller, and all together, may have in flight, and how it is told to wait."""

import json
import socket
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager

import pytest

from tests.host.gateway import Gateway
from tests.host.upstream import stream
from tests.host.wire import JSON, MODEL, ORIGIN, ask, generate, generation, request, send, status

BODY = json.dumps(generation()).encode()
SLOW = stream(100, 0.05)


def until(condition: Callable[[], bool]) -> None:
    """Wait for it, for five seconds at most."""
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@contextmanager
def in_flight(gateway: Gateway, clients: list[str]) -> Generator[None]:
    """A stream under way for each of these clients, as the load balancer would name them."""
    gateway.upstream.answer = SLOW
    # Ollama may be done with a request a moment before nginx is.
    until(lambda: gateway.in_flight == 0)
    with ExitStack() as stack:
        for client in clients:
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", gateway.port)))
            connection.sendall(
                request(
                    "/api/generate",
                    "Content-Type: application/json",
                    f"Content-Length: {len(BODY)}",
                    f"X-Forwarded-For: {client}",
                    method="POST",
                    body=BODY,
                )
            )
        until(lambda: gateway.upstream.open == len(clients))
        gateway.upstream.answer = stream()
        yield
    until(lambda: gateway.in_flight == 0)


def test_a_client_with_its_share_in_flight_is_told_to_wait(tight: Gateway) -> None:
    with in_flight(tight, ["192.0.2.1"] * 2):
        headers = {"X-Forwarded-For": "192.0.2.1", "Origin": ORIGIN}
        answer = generate(tight.port, headers=headers)
        reading = ask(tight.port, "GET", "/api/tags", headers=headers)
        other = ask(tight.port, "GET", "/api/tags", headers=headers | {"X-Forwarded-For": "::1"})

    assert answer.status == reading.status == 429
    assert answer.error.startswith("too many requests at once from this address")
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert other.status == 200


def test_an_instance_with_its_share_in_flight_says_so_to_whoever_comes(tight: Gateway) -> None:
    with in_flight(tight, ["192.0.2.1", "192.0.2.2", "192.0.2.3"]):
        answer = generate(tight.port, headers={"X-Forwarded-For": "192.0.2.4", "Origin": ORIGIN})
        received = len(tight.upstream.received)

    assert (answer.status, received) == (503, 3)
    assert answer.error == "the translator is busy; try again in some seconds"
    assert int(answer.headers["retry-after"]) > 0
    assert answer.headers["access-control-allow-origin"] == ORIGIN


def test_what_has_ended_makes_room(tight: Gateway) -> None:
    for _ in range(3):
        with in_flight(tight, ["192.0.2.1"] * 2):
            pass
    assert generate(tight.port, headers={"X-Forwarded-For": "192.0.2.1"}).status == 200


def test_preflights_and_readiness_wait_for_nobody(tight: Gateway) -> None:
    """A browser shows a refused preflight as a failed connection, and not as one to repeat."""
    with in_flight(tight, ["192.0.2.1", "192.0.2.1", "192.0.2.2"]):
        named = {"X-Forwarded-For": "192.0.2.1", "Origin": ORIGIN}
        preflight = ask(tight.port, "OPTIONS", "/api/generate", headers=named)
        ready = ask(tight.port, "GET", "/ready", headers=named)

    assert preflight.status == 204
    assert ready.error == "the instance is starting"


@pytest.mark.parametrize("client", ["192.0.2.1", "127.0.0.9"], ids=["outside", "inside the VPC"])
def test_only_the_load_balancers_last_word_names_the_client(tight: Gateway, client: str) -> None:
    """What stands before it came from the client, who could be anybody in it."""
    with in_flight(tight, [client] * 2):
        answer = generate(tight.port, headers={"X-Forwarded-For": f"198.51.100.7, {client}"})

    assert answer.status == 429


def test_nobody_but_the_load_balancer_is_believed(elsewhere: Gateway) -> None:
    with in_flight(elsewhere, ["192.0.2.1"]):
        answer = generate(elsewhere.port, headers={"X-Forwarded-For": "192.0.2.2"})

    assert answer.status == 429
    assert {each["client"] for each in elsewhere.log(lines=2)} == {"127.0.0.1"}


def test_a_body_beyond_any_prompt_is_refused(gateway: Gateway) -> None:
    body = json.dumps({"model": MODEL, "prompt": "x" * 90_000}).encode()
    answer = ask(gateway.port, "POST", "/api/generate", body, JSON | {"Origin": ORIGIN})

    assert (answer.status, answer.error) == (413, "the text is too long")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert gateway.upstream.received == []


def test_nor_does_one_get_in_by_pieces(gateway: Gateway) -> None:
    piece = b"3e8\r\n" + b"x" * 1000 + b"\r\n"
    head = ("Content-Type: application/json", "Transfer-Encoding: chunked")
    answer = send(
        gateway.port, request("/api/generate", *head, method="POST", body=piece * 90 + b"0\r\n\r\n")
    )

    assert status(answer) == 413
    assert gateway.upstream.received == []
