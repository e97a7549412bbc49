"""Where moto 5.2.5 answers otherwise than AWS in what our modules ask: one file a service.

Runs on `.venv-emulator`. Every correction restores what AWS documents, and nothing else; a test
holds each against a server without it, so that it goes once moto has learnt it.
"""

import importlib
import pkgutil
from collections.abc import Callable, Sequence

_INSTALLERS: list[Callable[[], None]] = []


def correction(
    *, types: Sequence[str], stock: str, aws: str, source: str
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Mark a function that installs a correction into moto; docs/emulator.md is made of these.

    Args:
        types: The types of Terraform's resources that need it.
        stock: What moto does without it.
        aws: What AWS does, and moto does with it.
        source: Where AWS or its API's model says so.
    """
    del types, stock, aws, source  # `harness.emulator.listed` reads them where they are written

    def mark(install: Callable[[], None]) -> Callable[[], None]:
        _INSTALLERS.append(install)
        return install

    return mark


def install_all() -> None:
    """Install every correction, once, before the first request."""
    for found in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(found.name)
    for install in _INSTALLERS:
        install()
