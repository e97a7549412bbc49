"""An emulated AWS for tests: its own process, port and state, and clients that ask it."""

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from harness.bootstrap import make_emulator
from harness.local.nginx import free_port
from tests.checkout import ROOT

REGION = "us-east-1"
ZONE_ID = "Z0123456789LOCAL"
BUCKET = "translator-state-123456789012"


@dataclass(frozen=True)
class Login:
    """Credentials for one account of an emulated AWS."""

    key: str
    secret: str

    def profile(self, folder: Path, url: str) -> dict[str, str]:
        """The variables that name a user's configuration with these credentials in it.

        Args:
            folder: Where to make it.
            url: Where that AWS is reached.
        """
        folder.mkdir()
        config, credentials = folder / "config", folder / "credentials"
        config.write_text(f"[default]\nendpoint_url = {url}\n")
        credentials.write_text(
            f"[default]\naws_access_key_id = {self.key}\naws_secret_access_key = {self.secret}\n"
        )
        return {"AWS_CONFIG_FILE": str(config), "AWS_SHARED_CREDENTIALS_FILE": str(credentials)}


@dataclass(frozen=True)
class Emulated:
    """An emulated AWS that answers at `url`."""

    url: str

    def login(self, account_id: str) -> Login:
        """Credentials for another account of it."""
        role = f"arn:aws:iam::{account_id}:role/apply"
        given = self.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
        return Login(given["AccessKeyId"], given["SecretAccessKey"])

    def client(
        self, service: str, region: str = REGION, login: Login = Login("emulated", "emulated")
    ) -> Any:
        """A client of boto3 for one service, in its first account or in that of the login."""
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=region,
            aws_access_key_id=login.key,
            aws_secret_access_key=login.secret,
            config=Config(retries={"max_attempts": 1}),
        )


@contextmanager
def serving(folder: Path, *words: str) -> Generator[Emulated]:
    """Have an emulator of its own while the block runs.

    Args:
        folder: Where its log lies.
        words: Further options of the server, such as `--stock`.
    """
    port = free_port()
    command = [str(make_emulator()), "-m", "harness.emulator.server", "--port", str(port)]
    command += ["--folder", str(folder), "--zone-id", ZONE_ID, "--zone", "local.example.com"]
    command += ["--bucket", BUCKET, "--region", REGION, *words]
    with (folder / f"emulator-{port}.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603 # ours
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(f"{url}/emulator", process)
            yield Emulated(url)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 120
    while True:
        assert process.poll() is None, "the emulator ended"
        assert time.monotonic() < ends, "the emulator did not start"
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 # loopback
                assert json.load(answer)["run"]
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
