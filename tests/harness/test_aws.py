"""No command reaches a real account under `local`, and none the emulator under another name."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from harness.aws import aws_of, online
from harness.problem import Problem

REAL = {
    "AWS_ACCESS_KEY_ID": "AKIA0000000000000000",
    "AWS_PROFILE": "work",
    "AWS_SESSION_TOKEN": "real",
    "AWS_ENDPOINT_URL_S3": "https://bucket.vpce-1.s3.eu-west-1.vpce.amazonaws.com",
    "HOME": "/nowhere",
}


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # http.server's name
        body = json.dumps({"run": "run-1"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # http.server's name
        """Print nothing."""
        del format, args


@pytest.fixture
def emulator() -> Iterator[str]:
    """The address of what answers as an emulator does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_local_speaks_to_the_emulator_with_nothing_of_the_callers(emulator: str) -> None:
    aws = aws_of("local", REAL | {"EMULATOR_URL": emulator})
    settings = {name: value for name, value in aws.environ.items() if name.startswith("AWS_")}

    assert (aws.offline, aws.run) == (False, "run-1")
    assert settings == {
        "AWS_ACCESS_KEY_ID": "emulated",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": emulator,
        "AWS_MAX_ATTEMPTS": "3",
        "AWS_SECRET_ACCESS_KEY": "emulated",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    }


def test_local_is_offline_where_it_is_told_to_be(emulator: str) -> None:
    aws = aws_of("local", REAL | {"EMULATOR_URL": emulator, "OFFLINE": "1"})

    assert aws.offline
    assert "AWS_ENDPOINT_URL" not in aws.environ
    with pytest.raises(Problem, match="OFFLINE=1 is set, so local cannot be applied"):
        online("local", "applied", {"EMULATOR_URL": emulator, "OFFLINE": "1"})


@pytest.mark.parametrize(
    "url", ["https://ec2.amazonaws.com", "http://10.0.0.1:4566", "http://127.0.0.1.example.com:1"]
)
def test_no_address_but_loopback_is_an_emulator(url: str) -> None:
    with pytest.raises(Problem, match="is no emulator: write http://127"):
        aws_of("local", {"EMULATOR_URL": url})


def test_an_emulator_that_does_not_answer_is_said_to() -> None:
    with pytest.raises(Problem, match="answers nothing: start it"):
        aws_of("local", {"EMULATOR_URL": "http://127.0.0.1:9"})


@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:4566",
        "http://localhost:4566",
        "https://s3.localhost:1",
        "http://[::1]:4566",
        "HTTP://LOCALHOST",
    ],
)
def test_no_other_environment_is_let_near_an_endpoint_of_this_machine(name: str, url: str) -> None:
    with pytest.raises(Problem, match=f"{name}=.* and prod lives in a real account: unset it"):
        aws_of("prod", REAL | {name: url})


def test_other_environments_keep_the_callers_settings(emulator: str) -> None:
    given = REAL | {"EMULATOR_URL": emulator}
    aws = aws_of("prod", given)

    assert (dict(aws.environ), aws.offline, aws.run) == (given, False, "")
