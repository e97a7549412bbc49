"""An instance's own nginx configuration, made to run on this machine.

What is changed is where things are, and nothing of what it does: paths start at a folder, ports
are free ones of loopback, Ollama is where it is.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from harness.local import nginx
from harness.problem import Problem

CONFIGURATION = "/etc/translator/nginx.conf"
STATE = "run/translator"
"""The folder in which an instance says that it is ready."""

OWN_PATHS = re.compile(r"(?<=[\s\"'=])/(?=(?:etc/translator|run|var)\b)")
"""Where a path begins that an instance has for itself; nginx's own files stay where they are."""


def lay_out(
    files: Mapping[str, str], folder: Path, own: nginx.Nginx, port: int, ollama: str
) -> None:
    """Write nginx.conf, and what it reads, into `folder`.

    Args:
        files: What an instance boots with, by path.
        folder: Where the instance's `/` is.
        own: The nginx that will run it.
        port: Where it listens, on loopback.
        ollama: Host and port of Ollama.

    Raises:
        Problem: The configuration names no Ollama or no port, so it is not the one known here.
    """
    for path, content in files.items():
        if path.startswith("/etc/translator/"):
            place = folder / path.lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, encoding="utf-8")
    for name in (STATE, "var/log/nginx", "temp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    text = localised(own.with_modules(files[CONFIGURATION]), port, ollama)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")


def localised(configuration: str, port: int, ollama: str) -> str:
    """The configuration with this machine's places.

    Raises:
        Problem: It names no Ollama or no port.
    """
    text = OWN_PATHS.sub("", configuration)
    text = re.sub(r"^user [^;]*;", nginx.own_user(), text, flags=re.MULTILINE)
    text = re.sub(r"(?m)^\s*listen \[::\]:[^\n]*\n", "", text)
    text, main = re.subn(r"\blisten \d+(?=[ ;])", f"listen 127.0.0.1:{port}", text)
    text = re.sub(
        rf"\blisten 127\.0\.0\.1:(?!{port}\b)\d+",
        lambda _: f"listen 127.0.0.1:{nginx.free_port()}",
        text,
    )
    text, upstream = re.subn(r"\bserver 127\.0\.0\.1:\d+", f"server {ollama}", text)
    if not main or not upstream:
        raise Problem(
            "The generated nginx configuration names no port or no Ollama that make up knows:"
            " teach harness/local/instance.py its new form."
        )
    return text.replace("http {", f"http {{\n    {nginx.own_folders()}", 1)


def say_ready(folder: Path) -> None:
    """What an instance's model unit does once the model has produced a token."""
    (folder / STATE / "ready").touch()
