"""What the load balancer is told of an instance, and what is kept of a request."""

import json

import pytest

from tests.host.gateway import Gateway
from tests.host.wire import JSON, MODEL, ask, generate, request, send

PRIVATE = "Kuendigung"
"""A word that users translate, and nobody shall find in a log."""


def test_an_instance_is_not_ready_and_says_why_until_its_model_is(gateway: Gateway) -> None:
    reason, ready = gateway.state / "reason", gateway.state / "ready"
    try:
        unknown = ask(gateway.port, "GET", "/ready")
        reason.write_text('pulling "gemma3n:e4b"\nand more\n')
        pulling = ask(gateway.port, "GET", "/ready")
        ready.touch()
        serving = ask(gateway.port, "GET", "/ready")
    finally:
        reason.unlink(missing_ok=True)
        ready.unlink(missing_ok=True)

    assert (unknown.status, unknown.error) == (503, "the instance is starting")
    assert (pulling.status, pulling.error) == (503, 'pulling "gemma3n:e4b"')
    assert "retry-after" in pulling.headers
    assert (serving.status, json.loads(serving.body)) == (200, {"status": "ready"})
    assert gateway.upstream.received == []


@pytest.mark.parametrize("reason", [b"", b"\n", b"\xff\xfe\n", b"x" * 5000])
def test_a_reason_that_cannot_be_shown_does_not_make_it_ready(
    gateway: Gateway, reason: bytes
) -> None:
    path = gateway.state / "reason"
    path.write_bytes(reason)
    try:
        answer = ask(gateway.port, "GET", "/ready")
    finally:
        path.unlink()

    assert answer.status == 503
    assert 0 < len(answer.error) <= 300


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_readiness_is_only_read(gateway: Gateway, method: str) -> None:
    answer = ask(gateway.port, method, "/ready", b"{}", JSON)

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


def test_the_log_has_the_figures_of_a_request(gateway: Gateway) -> None:
    before = len(gateway.log(lines=0))
    answer = generate(gateway.port, headers={"X-Forwarded-For": "192.0.2.9"})
    (entry,) = gateway.log(after=before)

    assert entry["client"] == "192.0.2.9"
    assert (entry["method"], entry["path"], entry["status"]) == ("POST", "/api/generate", 200)
    assert entry["bytes"] >= len(answer.body)
    assert 0 <= float(entry["upstream_first_byte_time"]) <= float(entry["upstream_time"]) < 5
    assert 0 <= entry["request_time"] < 5
    assert entry["time"].startswith("20")


def test_no_log_has_a_word_of_the_users(gateway: Gateway) -> None:
    """Wherever a caller may write one: body, query, path, method, headers."""
    before = len(gateway.log(lines=0))
    generate(gateway.port, prompt=PRIVATE)
    generate(gateway.port, prompt=PRIVATE, keep_alive=PRIVATE)
    ask(gateway.port, "POST", "/api/generate", f'{{"{PRIVATE}'.encode(), JSON)
    ask(gateway.port, "POST", "/api/generate", f"{PRIVATE}".encode() * 20_000, JSON)
    ask(gateway.port, "POST", f"/api/generate?prompt={PRIVATE}", b"x" * 500_000, JSON)
    ask(gateway.port, "GET", f"/{PRIVATE}", headers={"User-Agent": PRIVATE, "Referer": PRIVATE})
    send(gateway.port, request("/api/tags", method=PRIVATE.upper()))
    send(gateway.port, request("/api/tags", f"X: {PRIVATE}\0"))
    entries = gateway.log(after=before, lines=8)
    logs = (gateway.folder / "var" / "log" / "nginx").iterdir()

    assert len(entries) == 8
    assert not [path for path in logs if PRIVATE.lower() in path.read_text().lower()]


def test_no_body_is_written_to_the_disk(gateway: Gateway) -> None:
    """Nginx logs a warning whenever it puts a body into a file."""
    generate(gateway.port, prompt="x" * 12_000)
    long = json.dumps({"model": MODEL, "prompt": "x" * 70_000}).encode()
    refused = ask(gateway.port, "POST", "/api/generate", long, JSON)

    assert refused.status == 400
    assert "buffered to a temporary file" not in (
        (gateway.folder / "var" / "log" / "nginx" / "error.log").read_text()
    )
