"""The page on loopback as CloudFront sends it, and an API that answers as a test scripts it."""

import subprocess
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from harness.local import front, nginx, tls
from harness.local.asking import OverTls, status
from harness.local.delivery import Delivery, delivery
from harness.local.place import API, Choice
from tests.conftest import ROOT
from tests.ui.browser import answers
from tests.ui.browser.scripted_api import ScriptedApi

MODEL = "gemma3n:e4b"
CONTEXT_LENGTH = 4096


@dataclass(frozen=True)
class Stand:
    """The servers of the page and its API.

    Attributes:
        url: The page's origin.
        public_url: The same page at an address that the browser takes for a public one.
        api_url: The API's origin.
        api: The API.
        delivery: What is sent of the page.
        authority: The certificate to trust.
        spaces: What the browser must be told of addresses, for `--ip-address-space-overrides`.
    """

    url: str
    public_url: str
    api_url: str
    api: ScriptedApi
    delivery: Delivery
    authority: Path
    spaces: str

    def over_tls(self) -> OverTls:
        """A connection to the page's server, without a browser."""
        return OverTls(self.authority, int(self.url.rpartition(":")[2]))


@contextmanager
def stand(stacks: Path, folder: Path) -> Generator[Stand]:
    """Serve the page and the API.

    Args:
        stacks: The folder of the synthesised modules.
        folder: An empty folder for what the servers need.
    """
    own = nginx.find()
    authority = folder / "ca.pem"
    with ExitStack() as ends:
        ordinary, public = Choice(nginx.free_port()), Choice(nginx.free_port())
        (folder / "api").mkdir()
        tls.certify(authority, folder / "api")
        certificate, key = folder / "api" / "tls.pem", folder / "api" / "tls.key"
        api = ScriptedApi(certificate, key, answers.translation())
        ends.callback(api.close)
        api_url = f"https://{API}:{api.port}"
        page = {"api_url": api_url, "model": MODEL, "context_length_tokens": CONTEXT_LENGTH}
        sent = delivery(stacks, page, ROOT / "ui", folder / "terraform")
        for name, chosen in (("ordinary", ordinary), ("public", public)):
            place = folder / name
            place.mkdir()
            for file in (certificate, key):
                (place / file.name).write_bytes(file.read_bytes())
            # The page's API has a port of its own: behind its name on this one is nobody.
            front.lay_out(place, sent, chosen, nginx.free_port(), idle_timeout_seconds=60)
            own.check(place, "the page's configuration")
            server = subprocess.Popen(own.command(place), cwd=place)  # noqa: S603 # nginx
            ends.callback(_end, server)
            while status(OverTls(authority, chosen.port), "/") != 200:
                assert server.poll() is None, "nginx has ended"
        yield Stand(
            ordinary.page_url,
            public.page_url,
            api_url,
            api,
            sent,
            authority,
            f"127.0.0.1:{public.port}=public,[::1]:{public.port}=public,127.0.0.1:{api.port}=local",
        )


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait()
