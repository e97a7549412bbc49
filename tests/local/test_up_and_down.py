"""`make up` and `make down`: what is reached, what they say, and that nothing stays behind."""

import json
import os
import re
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.local.place import API, PAGE
from tests.local.conftest import Make
from tests.local.running import Stack, ask, lines

pytestmark = pytest.mark.xdist_group("local")

WRITING = 20.0
"""Seconds that 1,500 tokens take at the very least: 37 s on two idle cores, more on busy ones."""


def recorded(stack: Stack) -> dict[str, int]:
    """The number of each server that was started."""
    return json.loads((stack.folder / "servers.json").read_text(encoding="utf-8"))


def processes(leaders: set[int]) -> list[str]:
    """What runs of the servers that were started, workers included."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pgid=,stat=,command="],  # noqa: S607 # PATH's own
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    rows = [row.split(None, 2) for row in listed]
    return [row[2] for row in rows if int(row[0]) in leaders and not row[1].startswith("Z")]


def test_a_translation_streams_through_tls_and_nginx(stack: Stack) -> None:
    asked = {
        "model": stack.chosen["model"],
        "prompt": "Translate the following English text into German:\n\n\nThe house is small.",
    }
    page = stack.chosen["page_url"]
    answer = ask(stack.over_tls(API), "POST", "/api/generate", asked, {"Origin": page})
    parts = lines(answer)

    assert answer.headers["access-control-allow-origin"] == page
    assert len(parts) > 3
    assert "".join(part["response"] for part in parts).strip()
    assert parts[-1]["done"] is True


def test_a_line_comes_when_it_is_written(stack: Stack) -> None:
    connection = stack.over_tls(API)
    asked = {"model": stack.chosen["model"], "prompt": "Once", "options": {"num_predict": 100}}
    started = time.monotonic()
    connection.request(
        "POST", "/api/generate", json.dumps(asked), {"Content-Type": "application/json"}
    )
    answer = connection.getresponse()
    answer.readline()
    first = time.monotonic() - started
    answer.read()
    connection.close()

    assert first < (time.monotonic() - started) / 2


def test_where_the_client_has_gone_the_model_stops(stack: Stack) -> None:
    connection = stack.over_tls(API)
    long = {"model": stack.chosen["model"], "prompt": "Once", "options": {"num_predict": 1500}}
    connection.request(
        "POST", "/api/generate", json.dumps(long), {"Content-Type": "application/json"}
    )
    connection.getresponse().readline()
    connection.close()
    started = time.monotonic()
    short = long | {"stream": False, "options": {"num_predict": 1}}

    assert ask(stack.over_tls(API), "POST", "/api/generate", short).status == 200
    assert time.monotonic() - started < WRITING, "it wrote on for somebody who had gone"


def test_the_page_comes_with_its_policy_and_its_settings(stack: Stack) -> None:
    page = ask(stack.over_tls(PAGE), "GET", "/")
    settings = ask(stack.over_tls(PAGE), "GET", "/config.json").document

    assert "<title>Translator</title>" in page.text
    assert (
        f"connect-src 'self' {stack.chosen['api_url']};" in page.headers["content-security-policy"]
    )
    assert settings["apiUrl"] == stack.chosen["api_url"]
    assert settings["model"] == stack.chosen["model"]
    main = re.search(r'"(/app-[0-9a-f]{16}/main\.js)"', page.text)
    assert main is not None, "the page names no release"
    script = ask(stack.over_tls(PAGE), "GET", main[1])
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert page.headers["cache-control"] == "no-cache"
    assert ask(stack.over_tls(PAGE), "GET", "/nothing").status == 404


def test_the_instance_sees_whom_the_balancer_calls_for(stack: Stack) -> None:
    ask(stack.over_tls(API), "GET", "/api/version", headers={"X-Forwarded-For": "192.0.2.7"})
    log = (stack.folder / "instance/var/log/nginx/access.log").read_text(encoding="utf-8")
    last = json.loads(log.splitlines()[-1])

    assert last["path"] == "/api/version"
    assert last["client"] == "127.0.0.1", "what a client says of itself is not believed"


def test_every_server_listens_on_loopback_alone(stack: Stack) -> None:
    listening = subprocess.run(
        ["ss", "-Hltnp"],  # noqa: S607 # PATH's own
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    started = "|".join(rf"pid={pid}\b" for pid in recorded(stack).values())
    ours = [line for line in listening.splitlines() if re.search(started, line)]

    assert len(ours) >= len(recorded(stack))
    assert {line.split()[3].rpartition(":")[0] for line in ours} <= {"127.0.0.1", "[::1]"}


def test_the_authority_speaks_for_this_machine_alone(stack: Stack) -> None:
    told = subprocess.run(  # noqa: S603 # this project's own words
        ["openssl", "x509", "-noout", "-text", "-in", str(stack.folder / "ca.pem")],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert re.search(r"Name Constraints: critical\s+Permitted:\s+DNS:localhost\n", told)
    assert not list(stack.folder.rglob("ca.key")), "nobody can sign with it any more"
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(stack.over_tls("translator.example.com"), "GET", "/")


def test_a_second_up_says_that_it_is_up(stack: Stack, make: Make) -> None:
    before = (stack.folder / "servers.json").read_text(encoding="utf-8")
    again = make("up")

    assert again.returncode == 0
    assert again.stdout == f"It is up already: {stack.chosen['page_url']} (make down ends it)\n"
    assert (stack.folder / "servers.json").read_text(encoding="utf-8") == before


def test_it_says_that_the_model_shows_no_quality(stack: Stack) -> None:
    if stack.chosen["ollama"].startswith("127.0.0.1") and "OLLAMA_CONTRACT_URL" not in os.environ:
        assert "nothing of the quality that translations will have" in stack.said
    assert stack.chosen["page_url"] in stack.said
    assert "build/up/ca.pem" in stack.said


def test_down_leaves_nothing_even_after_a_crash(
    stack: Stack, make: Make, bring_up: Callable[[], Stack], project: Path
) -> None:
    """Half of it is killed, up makes it whole again, it is killed once more, and down cleans up."""
    started: set[int] = set()
    for name in ("instance", "ollama"):
        before = recorded(stack)
        started |= set(before.values())
        if name not in before:  # a real Ollama is not ours
            continue
        os.kill(before[name], signal.SIGKILL)
        assert ask(bring_up().over_tls(API), "GET", "/ready").status == 200
        assert not set(recorded(stack).values()) & set(before.values())
        assert processes(started) == []
    started |= set(recorded(stack).values())
    os.kill(recorded(stack)["front"], signal.SIGKILL)
    build = project / "build"
    files = {path for path in build.rglob("*") if not path.is_relative_to(stack.folder)}

    assert any("nginx: worker" in each for each in processes(started))
    assert make("down").returncode == 0
    assert processes(started) == []
    assert not stack.folder.exists()
    assert set(build.rglob("*")) == files
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(stack.chosen["port"])))
    assert make("down").stdout == "Nothing is up.\n"


def test_a_number_that_is_somebody_elses_now_is_left_alone(stack: Stack, make: Make) -> None:
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)  # noqa: S607 # PATH's own
    try:
        record = stack.folder / "servers.json"
        record.write_text(
            json.dumps({**recorded(stack), "stranger": stranger.pid}), encoding="utf-8"
        )
        assert make("down").returncode == 0
        assert stranger.poll() is None
    finally:
        stranger.terminate()
        stranger.wait()


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PORT", "http", "PORT=http is no port: name a free one, such as PORT=8443."),
        ("PORT", "70000", "PORT=70000 is no port"),
        ("OLLAMA_URL", "ollama", "OLLAMA_URL=ollama names no Ollama: write http://HOST:PORT"),
        ("OLLAMA_URL", "http://a;b", "names no Ollama"),
        ("MODEL", "gemma", "MODEL=gemma is no model: write its name and tag"),
    ],
)
def test_a_choice_that_cannot_be_is_a_sentence(
    make: Make, variable: str, value: str, sentence: str
) -> None:
    refused = make("up", **{variable: value})

    assert refused.returncode == 2
    assert refused.stderr.startswith("error: ")
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
