"""The emulated AWS as a server on loopback.

Runs on `.venv-emulator`: `python -m harness.emulator.server --port …`. It keeps everything in
memory: what it held is gone with it, Terraform's state included.
"""

# pyright: reportMissingImports=false, reportUnknownParameterType=false
# What it imports lies in .venv-emulator, where the type checker does not look.

import argparse
import json
import os
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.serving import run_simple
from werkzeug.wsgi import get_input_stream

from harness.emulator.place import ABOUT

HOST = "127.0.0.1"

SETTINGS = {
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",  # roles name AWS's own policies
    "MOTO_ACM_VALIDATION_WAIT": "1",  # seconds until a certificate counts as validated
}
"""What moto reads from its environment as it is imported."""


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", required=True, help="what the process is known for ours by")
    parser.add_argument("--stock", action="store_true", help="leave out the corrections")
    for name in ("--zone-id", "--zone", "--bucket", "--region"):
        parser.add_argument(name, required=True)
    chosen = parser.parse_args()
    os.environ.update(SETTINGS, MOTO_PORT=str(chosen.port))

    # Only now: moto reads its settings as it is imported.
    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )

    from harness.emulator.account import furnish  # noqa: PLC0415
    from harness.emulator.corrections import install_all  # noqa: PLC0415
    from harness.emulator.edge import SUFFIX, serve  # noqa: PLC0415
    from harness.emulator.replay import Replaying  # noqa: PLC0415

    if not chosen.stock:
        install_all()
    furnish(chosen.zone_id, chosen.zone, chosen.bucket, chosen.region)
    moto = DomainDispatcherApplication(create_backend_app)
    run = json.dumps({"run": str(uuid.uuid4())}).encode()

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == ABOUT:
            start("200 OK", [("Content-Type", "application/json")])
            return [run]
        if environ.get("HTTP_HOST", "").partition(":")[0].endswith(SUFFIX):
            return serve(environ, start)
        return moto(environ, start)

    run_simple(
        HOST,
        chosen.port,
        Replaying(answer, _body),
        threaded=True,
        request_handler=MotoRequestHandler,
    )


def _body(environ: dict[str, Any]) -> bytes:
    return get_input_stream(environ).read()


if __name__ == "__main__":
    main()
