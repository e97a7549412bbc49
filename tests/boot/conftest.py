"""A machine that boots: its base, what it boots with, and the world around it."""

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from harness.terraform import FLAG, Terraform
from tests.boot.base_image import Missing, base_image, check
from tests.boot.machine import Machine, booted
from tests.boot.offer import certificate, model, release

CALL = Path(__file__).parents[1] / "plan" / "children" / "host.tf"
"""A call of the host's module, with every input."""

SOURCES = {"registry": "null", "bucket": '"s3://models.example.com/ollama"'}

Boot = Callable[..., AbstractContextManager[Machine]]


@pytest.fixture(scope="session")
def base() -> Path:
    """The root of the base machine."""
    try:
        check()
        return base_image()
    except Missing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="session")
def offer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the world has for an instance that boots."""
    folder = tmp_path_factory.mktemp("offer")
    (folder / "archive").write_bytes(release())
    model(folder / "models")
    certificate(folder / "server.pem")
    return folder


@pytest.fixture(scope="session")
def user_data(
    stacks: Path,
    terraform: Callable[[Path], Terraform],
    offer: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, bytes]:
    """The user data of an instance by where its model comes from, rendered by Terraform."""
    folder = tmp_path_factory.mktemp("user-data")
    (folder / "modules").mkdir()
    # No resource in it, so without the requirement Terraform needs no provider and starts at once.
    shutil.copytree(stacks / "host", folder / "modules" / "host")
    module = folder / "modules" / "host" / "cdk.tf.json"
    document: dict[str, Any] = json.loads(module.read_text(encoding="utf-8"))
    del document["terraform"]["required_providers"]
    module.write_text(json.dumps(document), encoding="utf-8")
    digest = hashlib.sha256((offer / "archive").read_bytes()).hexdigest()
    call = re.sub("[0-9a-f]{64}", digest, CALL.read_text(encoding="utf-8"))
    for name, source in SOURCES.items():
        renamed = call.replace("host", name).replace(f"./modules/{name}", "./modules/host")
        text = renamed.replace('output "user_data"', f'output "user_data_{name}"')
        text = text.replace("\n}", f"\n  model_source = {source}\n}}", 1)
        (folder / f"{name}.tf").write_text(text, encoding="utf-8")
    run = terraform(folder)
    assert run.cmd("init", input=False, no_color=FLAG, timeout=60).ok
    applied = run.cmd("apply", input=False, auto_approve=FLAG, no_color=FLAG, timeout=60)
    assert applied.ok, applied.stderr
    outputs = json.loads(run.cmd("output", json=FLAG, timeout=60).stdout)
    return {name: base64.b64decode(outputs[f"user_data_{name}"]["value"]) for name in SOURCES}


@pytest.fixture
def boot(base: Path, offer: Path, user_data: dict[str, bytes], tmp_path: Path) -> Boot:
    """Boots a machine: `boot("registry", archive="truncated")`.

    The source of its model, what goes wrong in the world, and with `change` and `options` what
    is different about the offer and the machine.
    """

    def start(
        source: str,
        *,
        change: Callable[[Path], object] = lambda _: None,
        options: tuple[str, ...] = (),
        **faults: str,
    ) -> AbstractContextManager[Machine]:
        folder = tmp_path / "machine"
        shutil.copytree(offer, folder)
        change(folder)
        return booted(base, folder, user_data=user_data[source], faults=faults, options=options)

    return start
