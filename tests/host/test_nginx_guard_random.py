"""Any JSON at all: what reaches Ollama is a known request within its bounds, and as it was sent."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.host.gateway import Gateway
from tests.host.wire import JSON, MODEL, ask

KEYS = [
    "model",
    "prompt",
    "system",
    "stream",
    "options",
    "messages",
    "keep_alive",
    "raw",
    "template",
    "suffix",
    "context",
    "images",
    "format",
    "think",
    "tools",
    "shift",
    "truncate",
    "num_ctx",
    "num_gpu",
    "temperature",
    "top_k",
    "num_predict",
    "stop",
    "seed",
    "Model",
    "Prompt",
    "KEEP_ALIVE",
    "__proto__",
    "constructor",
    "toString",
    "role",
    "content",
]
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | TEXT, inner, max_size=4)
    ),
    max_leaves=8,
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "temperature": st.floats(0, 2) | ANY,
        "top_k": st.integers(0, 1000) | ANY,
        "num_predict": st.integers(1, 4096) | ANY,
        "stop": st.lists(TEXT, max_size=3),
        "seed": st.integers(-(2**40), 2**40),
    },
)
OPTIONAL = {
    "stream": st.booleans(),
    "options": OPTIONS | st.dictionaries(st.sampled_from(KEYS), ANY, max_size=2),
}
MESSAGE = st.fixed_dictionaries(
    {"role": st.sampled_from(["user", "system", "assistant", "tool"]), "content": TEXT}
)
GENERATION = st.fixed_dictionaries(
    {"model": st.just(MODEL), "prompt": TEXT}, optional=OPTIONAL | {"system": TEXT}
)
CONVERSATION = st.fixed_dictionaries(
    {"model": st.just(MODEL), "messages": st.lists(MESSAGE, max_size=3)}, optional=OPTIONAL
)


def merged(good: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """A request with one more key, or with another value."""
    return good | more


def stray(request: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Requests that are nearly good."""
    more = st.dictionaries(st.sampled_from(KEYS), ANY, max_size=1)
    return st.builds(merged, request, more)


def within_bounds(path: str, body: dict[str, Any]) -> bool:
    """Whether Ollama may see this: the rule once more, in another language."""
    options = body["options"]
    own = {"prompt", "system"} if path == "/api/generate" else {"messages"}
    return (
        set(body) <= {"model", "stream", "options", "truncate"} | own
        and body["model"] == MODEL
        and body["truncate"] is False
        and set(options)
        <= {
            "temperature",
            "top_k",
            "top_p",
            "min_p",
            "seed",
            "repeat_penalty",
            "num_predict",
            "stop",
        }
        and 1 <= options["num_predict"] <= 4096
        and isinstance(body.get("stream", True), bool)
        and all(set(each) == {"role", "content"} for each in body.get("messages", []))
    )


@settings(
    max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["/api/generate", "/api/chat"]),
    ANY | GENERATION | CONVERSATION | stray(GENERATION) | stray(CONVERSATION),
)
def test_nothing_but_a_known_request_ever_reaches_ollama(
    gateway: Gateway, path: str, document: Any
) -> None:
    gateway.upstream.received.clear()
    answer = ask(gateway.port, "POST", path, json.dumps(document).encode(), JSON)
    received = gateway.upstream.received

    if answer.status == 200:
        (one,) = received
        assert (one.method, one.path) == ("POST", path)
        assert within_bounds(path, one.json)
        sent = document | {"options": {"num_predict": 4096} | document.get("options", {})}
        assert one.json == sent | {"truncate": False}
    else:
        assert answer.status == 400
        assert answer.error
        assert received == []
