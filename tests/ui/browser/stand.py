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
from tests.checkout import ROOT
from tests.ui.browser import answers
from tests.ui.browser.scripted_api import ScriptedApi, wait_until

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

    @contextmanager
    def serving(self, sent: Delivery, chosen: Choice, folder: Path) -> Generator[str]:
        """Serve a page at a port, as CloudFront would; `folder` is made for it.

        Yields:
            The page's origin.
        """
        own = nginx.find()
        folder.mkdir()
        for name in ("tls.pem", "tls.key"):
            (folder / name).write_bytes((self.authority.parent / "api" / name).read_bytes())
        # The page's API has a port of its own: behind its name on this one is nobody.
        front.lay_out(folder, sent, chosen, nginx.free_port(), idle_timeout_seconds=60)
        own.check(folder, "the page's configuration")
        server = subprocess.Popen(own.command(folder), cwd=folder)  # noqa: S603 # nginx
        try:
            wait_until(lambda: status(OverTls(self.authority, chosen.port), "/") == 200)
            yield chosen.page_url
        finally:
            server.terminate()
            server.wait()


def release(stacks: Path, api_url: str, ui: Path, folder: Path) -> Delivery:
    """What a deploy of these files would have CloudFront send."""
    page = {"api_url": api_url, "model": MODEL, "context_length_tokens": CONTEXT_LENGTH}
    return delivery(stacks, page, ui, folder)


@contextmanager
def stand(stacks: Path, folder: Path) -> Generator[Stand]:
    """Serve the page and the API.

    Args:
        stacks: The folder of the synthesised modules.
        folder: An empty folder for what the servers need.
    """
    authority = folder / "ca.pem"
    with ExitStack() as ends:
        ordinary, public = Choice(nginx.free_port()), Choice(nginx.free_port())
        (folder / "api").mkdir()
        tls.certify(authority, folder / "api")
        api = ScriptedApi(
            folder / "api" / "tls.pem", folder / "api" / "tls.key", answers.translation()
        )
        ends.callback(api.close)
        api_url = f"https://{API}:{api.port}"
        sent = release(stacks, api_url, ROOT / "ui", folder / "terraform")
        stood = Stand(
            ordinary.page_url,
            public.page_url,
            api_url,
            api,
            sent,
            authority,
            f"127.0.0.1:{public.port}=public,[::1]:{public.port}=public,127.0.0.1:{api.port}=local",
        )
        for name, chosen in (("ordinary", ordinary), ("public", public)):
            ends.enter_context(stood.serving(sent, chosen, folder / name))
        yield stood
