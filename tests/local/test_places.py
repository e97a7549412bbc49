"""An instance's configuration in this machine's places, and sentences for what it lacks."""

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.local import asking, instance, nginx
from harness.problem import Problem

CONFIGURATION = """\
user www-data;
pid /run/nginx.pid;
http {
    js_import guard from /etc/translator/guard.js;
    js_var $state_folder /run/translator;
    include /etc/nginx/mime.types;
    access_log /var/log/nginx/access.log json;
    upstream ollama {
        server 127.0.0.1:11435 max_conns=32;
    }
    server {
        listen 11434 default_server;
        listen [::]:11434 default_server;
        proxy_set_header Host localhost:11435;
        location ~ ^/run/ { return 404; }
    }
    server {
        listen 127.0.0.1:11436;
    }
}
"""


def test_paths_and_ports_are_this_machines_and_the_rest_stays() -> None:
    made = instance.localised(CONFIGURATION, 50001, "ollama.example.com:80").splitlines()

    assert "pid run/nginx.pid;" in made
    assert "    js_import guard from etc/translator/guard.js;" in made
    assert "    js_var $state_folder run/translator;" in made
    assert "    access_log var/log/nginx/access.log json;" in made
    assert "    include /etc/nginx/mime.types;" in made
    assert "        location ~ ^/run/ { return 404; }" in made
    assert "        server ollama.example.com:80 max_conns=32;" in made
    assert "        proxy_set_header Host localhost:11435;" in made
    assert "        listen 127.0.0.1:50001 default_server;" in made
    assert sum("listen" in line for line in made) == 2
    assert not any("11434" in line or "11436" in line or "www-data" in line for line in made)


@pytest.mark.parametrize(
    "lacking", ["        listen 11434 default_server;", "server 127.0.0.1:11435"]
)
def test_a_configuration_of_another_form_is_refused(lacking: str) -> None:
    with pytest.raises(Problem, match=r"teach harness/local/instance\.py its new form"):
        instance.localised(CONFIGURATION.replace(lacking, ""), 50001, "127.0.0.1:1")


def test_without_nginx_it_says_which_packages_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nginx, "PLACES", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Problem, match="apt-get install nginx libnginx-mod-http-js"):
        nginx.find()


def test_without_its_njs_module_it_says_which_package_has_it(tmp_path: Path) -> None:
    own = nginx.Nginx("nginx", tmp_path)
    wanted = "load_module /nowhere/modules/ngx_http_js_module.so;"
    with pytest.raises(Problem, match=r"apt-get install libnginx-mod-http-js\)\.$"):
        own.with_modules(wanted)
    (tmp_path / "ngx_http_js_module.so").touch()

    assert own.with_modules(wanted) == f'load_module "{tmp_path}/ngx_http_js_module.so";'


def test_a_port_that_is_taken_is_a_sentence(ollama: Callable[[int], str]) -> None:
    port = int(ollama(200).rpartition(":")[2])
    with pytest.raises(Problem, match=f"Port {port} is taken: make up PORT="):
        nginx.loopback(port)


@pytest.fixture
def ollama() -> Iterator[Callable[[int], str]]:
    """A server that answers everything with one status; its address."""
    started: list[http.server.HTTPServer] = []

    def start(status: int) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # its own name
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        started.append(server)
        return f"127.0.0.1:{server.server_port}"

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (403, r"refuses the page: start it with OLLAMA_ORIGINS=https://page\.localhost\."),
        (404, r"has no gemma3:1b: pull it there, or name another with MODEL=…\."),
        (500, "answers 500"),
    ],
)
def test_an_ollama_that_cannot_serve_the_page_is_a_sentence(
    ollama: Callable[[int], str], status: int, sentence: str
) -> None:
    with pytest.raises(Problem, match=sentence):
        asking.first_token(ollama(status), "gemma3:1b", "https://page.localhost")


def test_no_ollama_is_a_sentence() -> None:
    address = f"127.0.0.1:{nginx.free_port()}"
    with pytest.raises(Problem, match=f"No Ollama answers at {address}"):
        asking.first_token(address, "gemma3:1b", "https://page.localhost")
