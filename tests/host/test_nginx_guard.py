"""What a request may ask of Ollama: what the guard found good, and nothing else."""

import json
from typing import Any

import pytest

from tests.host.gateway import Gateway
from tests.host.wire import JSON, MODEL, Answer, ask, conversation, generate, generation

ADDED = {"options": {"num_predict": 4096}, "truncate": False}
"""Ollama would otherwise write on for ten contexts, and cut a prompt that does not fit one."""

HURTFUL: dict[str, Any] = {
    "keep_alive": 0,
    "raw": True,
    "template": "{{ .Prompt }}",
    "suffix": "x",
    "context": [1, 2],
    "images": ["aGVsbG8="],
    "format": "json",
    "think": True,
    "shift": False,
    "truncate": True,
    "logprobs": True,
    "width": 1024,
    "runner": "mlx",
    "_debug_render_only": True,
    "Model": "other:1b",
    "MODEL": MODEL,
    "Keep_Alive": 0,
    "name": "other:1b",
    "__proto__": {"keep_alive": 0},
    "constructor": {},
    "": 0,
}
"""Each is a field of Ollama's request, or is read as one, or is made up."""

OPTIONS: dict[str, Any] = {
    "temperature": 0.2,
    "top_k": 40,
    "top_p": 0.9,
    "min_p": 0.05,
    "seed": 42,
    "repeat_penalty": 1.1,
    "num_predict": 100,
    "stop": ["\n\n"],
}
HURTFUL_OPTIONS: dict[str, Any] = {
    "num_ctx": 32768,
    "num_batch": 1,
    "num_gpu": 0,
    "main_gpu": 1,
    "use_mmap": False,
    "num_thread": 1,
    "num_keep": 5,
    "draft_num_predict": 1,
    "repeat_last_n": 4096,
    "use_imagegen_runner": True,
    "NUM_CTX": 4,
}


def chat(port: int, **changes: Any) -> Answer:
    return ask(port, "POST", "/api/chat", json.dumps(conversation(**changes)).encode(), JSON)


@pytest.mark.parametrize("name", HURTFUL)
def test_a_field_that_the_page_does_not_need_is_refused(gateway: Gateway, name: str) -> None:
    for send in (generate, chat):
        answer = send(gateway.port, **{name: HURTFUL[name]})

        assert answer.status == 400
        assert answer.error.endswith(f"but not {name}")
        assert "\n" not in answer.error
    assert gateway.upstream.received == []


def test_tools_are_refused_but_for_the_empty_list_that_ollamas_client_sends(
    gateway: Gateway,
) -> None:
    refused = chat(gateway.port, tools=[{"type": "function"}])
    assert (refused.status, refused.error) == (400, "tools must be an empty list")
    assert gateway.upstream.received == []

    assert chat(gateway.port, tools=[]).status == 200
    assert "tools" not in json.loads(gateway.upstream.received[0].body)


@pytest.mark.parametrize("name", HURTFUL_OPTIONS)
def test_an_option_for_which_the_model_is_loaded_anew_is_refused(
    gateway: Gateway, name: str
) -> None:
    for send in (generate, chat):
        answer = send(gateway.port, options={name: HURTFUL_OPTIONS[name]})

        assert (answer.status, answer.error.startswith("options may hold temperature")) == (
            400,
            True,
        )
        assert answer.error.endswith(f"but not {name}")
    assert gateway.upstream.received == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"model": "other:1b"}, "model must be gemma3n:e4b"),
        ({"model": "gemma3n"}, "model must be gemma3n:e4b"),
        ({"model": "GEMMA3N:E4B"}, "model must be gemma3n:e4b"),
        ({"model": "registry.example.com/gemma3n:e4b"}, "model must be gemma3n:e4b"),
        ({"model": None}, "model must be gemma3n:e4b"),
        ({"model": [MODEL]}, "model must be gemma3n:e4b"),
        ({"prompt": ""}, "prompt must not be empty"),
        ({"prompt": None}, "prompt must be a string"),
        ({"prompt": 1}, "prompt must be a string"),
        ({"prompt": ["x"]}, "prompt must be a string"),
        ({"system": {}}, "system must be a string"),
        ({"stream": "true"}, "stream must be true or false"),
        ({"stream": None}, "stream must be true or false"),
        ({"options": None}, "options must be an object"),
        ({"options": []}, "options must be an object"),
        ({"options": {"temperature": "1"}}, "options.temperature must be a number from 0 to 2"),
        ({"options": {"temperature": 2.1}}, "options.temperature must be a number from 0 to 2"),
        ({"options": {"top_k": 1.5}}, "options.top_k must be a whole number from 0 to 1000"),
        ({"options": {"top_k": True}}, "options.top_k must be a whole number from 0 to 1000"),
        ({"options": {"num_predict": -1}}, "options.num_predict must be a whole number from 1"),
        ({"options": {"num_predict": 4097}}, "options.num_predict must be a whole number from 1"),
        ({"options": {"stop": "x"}}, "options.stop must be a list of 1 to 8"),
        ({"options": {"stop": []}}, "options.stop must be a list of 1 to 8"),
        ({"options": {"stop": [""]}}, "options.stop[0] must have 1 to 64 characters"),
        ({"options": {"stop": ["x" * 65]}}, "options.stop[0] must have 1 to 64 characters"),
        ({"options": {"stop": ["x"] * 9}}, "options.stop must be a list of 1 to 8"),
        ({"prompt": "x" * 12_289}, "the text must have no more than 12288 characters"),
        ({"prompt": "x" * 6144, "system": "x" * 6145}, "the text must have no more than 12288"),
    ],
)
def test_a_value_that_is_none_of_its_kind_is_refused(
    gateway: Gateway, changes: dict[str, Any], sentence: str
) -> None:
    answer = generate(gateway.port, **changes)

    assert answer.status == 400
    assert answer.error.startswith(sentence)
    assert gateway.upstream.received == []


@pytest.mark.parametrize(
    ("messages", "sentence"),
    [
        ([], "messages must be a list of 1 to 64"),
        ([{"role": "user", "content": "x"}] * 65, "messages must be a list of 1 to 64"),
        ("x", "messages must be a list of 1 to 64"),
        ({"0": {"role": "user", "content": "x"}}, "messages must be a list of 1 to 64"),
        (["x"], "messages[0] must be an object"),
        ([{"role": "user"}], "content is missing"),
        ([{"role": "tool", "content": "x"}], "messages[0].role must be one of system, user"),
        ([{"role": "user", "content": None}], "messages[0].content must be a string"),
        ([{"role": "user", "content": "x", "images": []}], "messages[0] may hold role, content"),
        ([{"role": "user", "content": "x" * 200}] * 64, "the text must have no more than 12288"),
    ],
)
def test_a_message_that_is_none_is_refused(gateway: Gateway, messages: Any, sentence: str) -> None:
    answer = chat(gateway.port, messages=messages)

    assert answer.status == 400
    assert sentence in answer.error
    assert gateway.upstream.received == []


def test_what_the_page_sends_arrives_with_its_bounds(gateway: Gateway) -> None:
    assert generate(gateway.port).status == 200
    assert chat(gateway.port).status == 200

    first, second = gateway.upstream.received
    assert first.json == generation() | ADDED
    assert second.json == conversation() | ADDED


def test_what_may_be_tuned_arrives_as_it_was(gateway: Gateway) -> None:
    assert generate(gateway.port, system="Be brief.", options=OPTIONS).status == 200

    (received,) = gateway.upstream.received
    assert received.json == generation(system="Be brief.", options=OPTIONS, truncate=False)


@pytest.mark.parametrize(
    "text",
    ["x" * 12_288, '\u00e9\u4f60\U0001f468\u200d\U0001f469\u2028\x00\x7f"\\/', "翻" * 12_288],
)
def test_a_text_arrives_to_the_letter(gateway: Gateway, text: str) -> None:
    for document in (
        json.dumps(generation(prompt=text)),
        json.dumps(generation(prompt=text), ensure_ascii=False),
    ):
        gateway.upstream.received.clear()
        answer = ask(gateway.port, "POST", "/api/generate", document.encode(), JSON)

        assert answer.status == 200
        assert gateway.upstream.received[0].json["prompt"] == text
