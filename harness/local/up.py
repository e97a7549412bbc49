"""`make up`: the page over TLS, nginx as an instance has it, and a model, all on loopback."""

import http.client
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping

import envs.load
from harness.bootstrap import make_local
from harness.local import asking, front, host, instance, nginx, tls
from harness.local.delivery import delivery
from harness.local.place import FOLDER, SERVERS, Choice, choice, held
from harness.progress import Progress
from harness.project import ROOT, shown
from harness.synth import synthesised
from harness.written import write

ENVIRONMENT = "local"
"""Whose settings the configuration is rendered with."""

CHOSEN = FOLDER / "chosen.json"
AUTHORITY = FOLDER / "ca.pem"

MODEL_SECONDS = 60
"""What the stand-in may take to load its model."""

NGINX_SECONDS = 10

READINESS_PATH = "/ready"
"""Where an instance says that it is ready; modules/base/service.py agrees on it with AWS."""


def up(progress: Progress, environ: Mapping[str, str] = os.environ) -> int:
    """Have the stack up, and say where it is.

    Raises:
        Problem: Something that it needs is missing, or a part of it did not start.
    """
    chosen = choice(environ)
    with held(lambda: progress.say("another make up or make down runs; waiting")):
        if FOLDER.exists():
            if _is_whole():
                before = json.loads(CHOSEN.read_text(encoding="utf-8"))
                sys.stdout.write(f"It is up already: {before['page_url']} (make down ends it)\n")
                return 0
            progress.line("a part of an earlier make up is there: ending it")
            SERVERS.end_all()
            shutil.rmtree(FOLDER)
        own = nginx.find()
        nginx.loopback(chosen.port)
        python = "" if chosen.ollama else str(make_local())
        try:
            _start(progress, chosen, own, python)
        except BaseException:
            SERVERS.end_all()  # the logs stay, for whoever looks for the reason
            raise
    return 0


def _start(progress: Progress, chosen: Choice, own: nginx.Nginx, python: str) -> None:
    environment = envs.load.load(envs.load.path(ENVIRONMENT))
    model = chosen.model or environment.model
    for name in ("instance", "front", "ollama"):
        (FOLDER / name).mkdir(parents=True)
    port, ollama = nginx.free_port(), chosen.ollama
    stand_in = 0
    if not ollama:
        ollama = f"127.0.0.1:{nginx.free_port()}"
        words = [python, "-m", "harness.local.ollama_api", "--folder", str(FOLDER / "ollama")]
        words += ["--port", ollama.rpartition(":")[2], "--model", model]
        stand_in = SERVERS.start("ollama", [*words, "--origin", chosen.page_url], ROOT)
    with progress.step("nginx configuration"), synthesised(progress.say) as synth:
        files = host.boot_files(synth.stacks, environment, chosen, FOLDER / "terraform")
        instance.lay_out(files, FOLDER / "instance", own, port, ollama)
        own.check(FOLDER / "instance", "the generated configuration")
        page = {
            "api_url": chosen.api_url,
            "model": model,
            "context_length_tokens": environment.context_length_tokens,
        }
        sent = delivery(synth.stacks, page, ROOT / "ui", FOLDER / "terraform")
        front.lay_out(FOLDER / "front", sent, chosen, port, environment.idle_timeout_seconds)
    with progress.step("certificate"):
        tls.certify(AUTHORITY, FOLDER / "front")
        own.check(FOLDER / "front", "the front's configuration")
    with progress.step("model"):
        progress.note(model)
        if stand_in:
            SERVERS.wait_for(
                "ollama", stand_in, lambda: _answers(asking.plain(ollama)), MODEL_SECONDS
            )
        asking.first_token(ollama, model, chosen.page_url)
        instance.say_ready(FOLDER / "instance")
    with progress.step("nginx"):
        inside = f"127.0.0.1:{port}"
        _serve("instance", own, lambda: _answers(asking.plain(inside), READINESS_PATH))
        _serve("front", own, lambda: _answers(asking.OverTls(AUTHORITY, chosen.port)))
    told = {"page_url": chosen.page_url, "port": chosen.port, "api_url": chosen.api_url}
    told |= {"model": model, "instance": inside, "ollama": ollama}
    write(CHOSEN, json.dumps(told) + "\n")
    sys.stdout.write(_telling(chosen, model))


def _serve(name: str, own: nginx.Nginx, answers: Callable[[], bool]) -> None:
    folder = FOLDER / name
    pid = SERVERS.start(name, own.command(folder), folder)
    SERVERS.wait_for(name, pid, answers, NGINX_SECONDS)


def _is_whole() -> bool:
    """Whether all of it runs and the page answers."""
    try:
        port = int(json.loads(CHOSEN.read_text(encoding="utf-8"))["port"])
    except (OSError, ValueError, KeyError):
        return False
    started = SERVERS.recorded().values()
    return all(map(SERVERS.leads, started)) and _answers(asking.OverTls(AUTHORITY, port))


def _answers(connection: http.client.HTTPConnection, path: str = "/") -> bool:
    return asking.status(connection, path) == 200


def _telling(chosen: Choice, model: str) -> str:
    """Where it is, and what to expect of it."""
    if chosen.ollama:
        about = f"{model}, by the Ollama at {chosen.ollama}"
    else:
        about = (
            "Gemma 3 270M, a small base model: it shows that everything is connected,\n"
            "             and nothing of the quality that translations will have"
        )
    return f"""\
The translator is up on this machine.
  page       {chosen.page_url}
  API        {chosen.api_url}
  trust      {shown(AUTHORITY)}, an authority for names below localhost, made for this run
  model      {about}
  end it     make down
"""
