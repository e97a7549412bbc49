"""What is relied on of Ollama's API, asked of the stand-in, or of a real one, by its URL.

    OLLAMA_CONTRACT_URL=http://127.0.0.1:11434 OLLAMA_CONTRACT_MODEL=gemma3:270m \
      make test ARGS=tests/local/test_ollama_contract.py

asks a real Ollama, to check the stand-in's honesty; it must listen on loopback and admit the
page's origin (OLLAMA_ORIGINS=https://translator.localhost:*). Each question is put to it directly
and, where an instance lets it through, through the generated nginx configuration.
"""

import http.client
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.local.running import Answer, Stack, ask, lines, model_asked_for

pytestmark = pytest.mark.xdist_group("local")

MODEL = model_asked_for()
SHORT = {"num_predict": 5, "temperature": 0}
NOBODY = "nobody-has-this:1b"

Ask = Callable[..., Answer]


def address_of(way: str, stack: Stack) -> str:
    given = os.environ.get("OLLAMA_CONTRACT_URL", "").removeprefix("http://").rstrip("/")
    return given if way == "direct" and given else stack.chosen[way.replace("direct", "ollama")]


@pytest.fixture(params=["direct", "instance"])
def api(request: pytest.FixtureRequest, stack: Stack) -> Ask:
    """Asks Ollama directly, and through an instance's nginx."""
    address = address_of(request.param, stack)
    return lambda *asked, **more: ask(
        http.client.HTTPConnection(address, timeout=120), *asked, **more
    )


@pytest.fixture
def direct(stack: Stack) -> Ask:
    address = address_of("direct", stack)
    return lambda *asked, **more: ask(
        http.client.HTTPConnection(address, timeout=120), *asked, **more
    )


def test_version(api: Ask) -> None:
    answer = api("GET", "/api/version")

    assert answer.status == 200
    assert [part.isdigit() for part in answer.document["version"].split(".")[:2]] == [True, True]


def test_tags_names_the_model_with_its_digest(api: Ask) -> None:
    answer = api("GET", "/api/tags")
    model = next(each for each in answer.document["models"] if each["name"] == MODEL)

    assert model["model"] == MODEL
    assert len(model["digest"]) == 64
    assert model["size"] > 0
    assert model["details"]["format"] == "gguf"


def test_generate_streams_lines_of_which_the_last_is_done(api: Ask) -> None:
    answer = api(
        "POST", "/api/generate", {"model": MODEL, "prompt": "One, two, three,", "options": SHORT}
    )
    parts = lines(answer)

    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [part["done"] for part in parts] == [False] * (len(parts) - 1) + [True]
    assert "".join(part["response"] for part in parts)
    assert parts[-1]["done_reason"] in {"stop", "length"}
    assert 0 < parts[-1]["eval_count"] <= 5
    assert parts[-1]["prompt_eval_count"] > 0
    assert parts[-1]["total_duration"] > parts[-1]["eval_duration"] > 0


def test_generate_without_streaming_is_one_document(api: Ask) -> None:
    asked = {"model": MODEL, "prompt": "One, two, three,", "stream": False, "options": SHORT}
    answer = api("POST", "/api/generate", asked)

    assert answer.headers["content-type"].startswith("application/json")
    assert answer.document["done"] is True
    assert answer.document["response"]


def test_what_a_stop_names_is_not_part_of_the_answer(api: Ask) -> None:
    options = {"num_predict": 20, "temperature": 0, "seed": 1}
    asked = {"model": MODEL, "prompt": "One, two, three,", "stream": False}
    long = api("POST", "/api/generate", asked | {"options": options}).document["response"]
    stop = long.strip()[3]
    short = api("POST", "/api/generate", asked | {"options": options | {"stop": [stop]}}).document

    assert short["response"] == long[: long.index(stop)]
    assert short["done_reason"] == "stop"


def test_chat_streams_messages(api: Ask) -> None:
    said = [{"role": "user", "content": "The sun rises in the"}]
    parts = lines(api("POST", "/api/chat", {"model": MODEL, "messages": said, "options": SHORT}))

    assert {part["message"]["role"] for part in parts} == {"assistant"}
    assert "".join(part["message"]["content"] for part in parts)
    assert parts[-1]["done"] is True


def test_ps_names_what_is_loaded(direct: Ask) -> None:
    direct("POST", "/api/generate", {"model": MODEL, "keep_alive": -1, "stream": False})
    loaded = {each["name"]: each for each in direct("GET", "/api/ps").document["models"]}

    assert loaded[MODEL]["context_length"] > 0
    assert loaded[MODEL]["size_vram"] >= 0
    assert loaded[MODEL]["expires_at"]


def test_without_a_prompt_the_model_is_only_loaded(direct: Ask) -> None:
    answer = direct("POST", "/api/generate", {"model": MODEL}).document

    assert (answer["done"], answer["done_reason"], answer["response"]) == (True, "load", "")


@pytest.mark.parametrize("path", ["/api/generate", "/api/chat", "/api/show"])
def test_an_unknown_model_is_404_in_its_words(direct: Ask, path: str) -> None:
    answer = direct("POST", path, {"model": NOBODY, "prompt": "x", "messages": []})

    assert answer.status == 404
    assert answer.document == {"error": f"model '{NOBODY}' not found"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/nothing", 404), ("GET", "/api/chat", 405), ("POST", "/api/version", 405)],
)
def test_an_unknown_path_is_404_and_another_method_405(
    direct: Ask, method: str, path: str, status: int
) -> None:
    assert direct(method, path).status == status


def test_no_body_and_no_json_are_400(direct: Ask) -> None:
    assert direct("POST", "/api/generate").document == {"error": "missing request body"}
    assert direct("POST", "/api/chat", headers={"Content-Length": "0"}).status == 400


def test_an_option_of_another_type_is_named(direct: Ask) -> None:
    asked = {"model": MODEL, "prompt": "x", "options": {"num_predict": "five"}}

    assert "num_predict" in direct("POST", "/api/generate", asked).document["error"]


def test_a_foreign_origin_and_a_foreign_host_are_403(direct: Ask, stack: Stack) -> None:
    page = stack.chosen["page_url"]
    named = {"Origin": page, "Access-Control-Request-Method": "POST"}

    assert direct("GET", "/api/tags", headers={"Origin": "https://example.com"}).status == 403
    assert direct("GET", "/api/tags", headers={"Host": "example.com"}).status == 403
    assert direct("OPTIONS", "/api/chat", headers=named).status == 204
    admitted = direct("GET", "/api/tags", headers={"Origin": page})
    assert admitted.headers["access-control-allow-origin"] == page


@pytest.mark.parametrize("way", ["direct", "instance"])
def test_ollamas_own_client_understands_it(stack: Stack, local_python: Path, way: str) -> None:
    script = Path(__file__).with_name("official_client.py")
    done = subprocess.run(  # noqa: S603 # this project's own program
        [str(local_python), str(script), f"http://{address_of(way, stack)}", MODEL],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)

    assert MODEL in told["list"]
    for kind in ("generate", "chat"):
        assert told[kind]["done"] is told[f"{kind}, streaming"]["done"] is True
        assert told[kind]["text"]
        assert 0 < told[kind]["tokens"] <= 5
        assert told[f"{kind}, streaming"]["parts"] > 2
        assert told[f"{kind}, streaming"]["text"] == told[kind]["text"]
    if way == "direct":
        assert MODEL in told["ps"]
        assert told["show"] == "gemma3"
        assert told["unknown model"] == {"status": 404, "error": f"model '{NOBODY}' not found"}
    else:
        assert told["ps"]["status"] == told["show"]["status"] == 404, "not for callers"
        assert told["unknown model"]["status"] == 400
