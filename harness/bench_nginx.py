"""What an instance's nginx costs: to the first byte of a stream, and in requests a second.

The upstream is an nginx as well, so that neither it nor Python is what is measured: it answers at
once, or streams a line after as long as a quick model takes for its first token. Each pair is
through the generated configuration, and direct, in turn and with the same client.
"""

import asyncio
import re
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import envs.load
from harness.local import asking, host, instance, nginx
from harness.local.place import Choice
from harness.local.up import ENVIRONMENT, READINESS_PATH
from harness.problem import Problem
from harness.synth import synthesised

FIRST_TOKEN_MS = 50
STREAMS = 20
"""Streams in one measurement, one after the other."""

REQUESTS = 4000
MOST = 10
"""How much longer requests may take through it. Direct is an nginx that answers from memory; an
instance translates a few texts a second, and its nginx opens a connection for each."""

CONNECTIONS = 4
"""Fewer than an instance holds for one client."""

UPSTREAM = """
{user}
load_module modules/ngx_http_js_module.so;
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 256; }}
http {{
    {folders}
    access_log off;
    js_import model from model.js;
    server {{
        listen 127.0.0.1:{port};
        keepalive_requests 1000000;
        location / {{ return 200 '{{"version":"0.32.0"}}'; }}
        location = /api/generate {{ js_content model.generate; }}
    }}
}}
"""

MODEL = """
function generate(r) {{
    setTimeout(() => {{
        r.sendHeader();
        r.send('{{"response":"a","done":false}}\\n');
        r.send('{{"response":"","done":true}}\\n');
        r.finish();
    }}, {milliseconds});
}}
export default {{ generate }};
"""


@contextmanager
def through_and_direct() -> Generator[tuple[int, int]]:
    """The ports of a running instance's nginx, and of the upstream behind it."""
    environment = envs.load.load(envs.load.path(ENVIRONMENT))
    own = nginx.find()
    ours, other = nginx.free_port(), nginx.free_port()
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        with synthesised(lambda _line: None) as synth:
            files = host.boot_files(synth.stacks, environment, Choice(), folder / "terraform")
        instance.lay_out(files, folder / "instance", own, ours, f"127.0.0.1:{other}")
        instance.say_ready(folder / "instance")
        upstream = folder / "upstream"
        (upstream / "temp").mkdir(parents=True)
        text = UPSTREAM.format(user=nginx.own_user(), folders=nginx.own_folders(), port=other)
        (upstream / "nginx.conf").write_text(own.with_modules(text), encoding="utf-8")
        model = MODEL.format(milliseconds=FIRST_TOKEN_MS)
        (upstream / "model.js").write_text(model, encoding="utf-8")
        for each in (upstream, folder / "instance"):
            own.check(each, f"the configuration of the bench ({each.name})")
            process = subprocess.Popen(  # noqa: S603 # our own words
                own.command(each), cwd=each, stderr=subprocess.DEVNULL
            )
            running.callback(process.wait)
            running.callback(process.terminate)
        while asking.status(asking.plain(f"127.0.0.1:{ours}"), READINESS_PATH) != 200:
            time.sleep(0.05)
        yield ours, other


def first_bytes(ports: tuple[int, int], rounds: int) -> Iterator[tuple[float, float]]:
    """Milliseconds to the first byte of a stream's body: through nginx, and direct."""
    body = b'{"model":"%s","prompt":"a"}' % _model().encode()
    request = _request("POST /api/generate", body)
    for number in range(rounds + 1):
        pair = tuple(1000 * asyncio.run(_first_byte(port, request)) for port in ports)
        if number:
            yield pair[0], pair[1]


def request_times(ports: tuple[int, int], rounds: int) -> Iterator[tuple[float, float]]:
    """Seconds for REQUESTS requests over CONNECTIONS connections: through nginx, and direct."""
    request = _request("GET /api/version", b"")
    for number in range(rounds + 1):
        pair = tuple(asyncio.run(_many(port, request)) for port in ports)
        if number:
            yield pair[0], pair[1]


async def _first_byte(port: int, request: bytes) -> float:
    """The mean over STREAMS streams."""
    total = 0.0
    for _ in range(STREAMS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        started = time.perf_counter()
        writer.write(request)
        while b'"response"' not in await reader.readline():
            pass
        total += time.perf_counter() - started
        writer.close()
        await writer.wait_closed()
    return total / STREAMS


async def _many(port: int, request: bytes) -> float:
    async def some(count: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(count):
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = re.search(rb"^http/1.1 200 .*\ncontent-length: (\d+)", head, re.DOTALL)
            if length is None:
                raise Problem(f"nothing was measured: nginx answered {head.splitlines()[0]!r}.")
            await reader.readexactly(int(length[1]))
        writer.close()
        await writer.wait_closed()

    started = time.perf_counter()
    await asyncio.gather(*(some(REQUESTS // CONNECTIONS) for _ in range(CONNECTIONS)))
    return time.perf_counter() - started


def _model() -> str:
    return envs.load.load(envs.load.path(ENVIRONMENT)).model


def _request(line: str, body: bytes) -> bytes:
    head = f"{line} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
