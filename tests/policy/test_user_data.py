"""User data is read as the instance reads it, and the origins in it as whoever runs it does."""

import base64
import gzip
import json
import time
import zlib
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.hcl.values import Encoded, Reference, Text, Unknown, Value
from policy.network.logins import ways_in
from policy.network.shell_words import UNKNOWN_MARK
from policy.network.user_data import decoded
from policy.requirements.cors_origin import origins_in
from policy.requirements.remote_access import listens_beyond

SCRIPT = "#!/bin/sh\nexport OLLAMA_ORIGINS=https://translate.example.com\n"
LATER = Unknown("is known only after the apply")


def b64(data: bytes | str) -> str:
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


def packed(text: str) -> bytes:
    return gzip.compress(text.encode())


def multipart(*contents: str | bytes) -> str:
    message = MIMEMultipart()
    for content in contents:
        if isinstance(content, str):
            message.attach(MIMEText(content, "x-shellscript", "utf-8"))  # as base64
        else:
            part = MIMENonMultipart("application", "octet-stream")
            part["Content-Transfer-Encoding"] = "base64"
            part.set_payload(b64(content))
            message.attach(part)
    return message.as_string()


def as_part(kind: str, content: str) -> str:
    message = MIMEMultipart()
    message.attach(MIMEText(content, kind, "utf-8"))
    return message.as_string()


def cloud_config(encoding: str, content: str) -> str:
    return f"#cloud-config\nwrite_files:\n- encoding: {encoding}\n  content: {content}\n"


@pytest.mark.parametrize(
    "value",
    [
        SCRIPT,
        b64(SCRIPT),
        "\n".join(b64(SCRIPT)[at : at + 20] for at in range(0, 80, 20)) + b64(SCRIPT)[80:],
        b64(packed(SCRIPT)),
        multipart("#!/bin/sh\n", SCRIPT),
        b64(multipart(SCRIPT)),
        b64(packed(multipart("x", packed(SCRIPT)))),
        cloud_config("b64", b64(SCRIPT)),
        cloud_config("base64", b64(SCRIPT)),
        cloud_config("gz+b64", b64(packed(SCRIPT))),
        cloud_config("gzip+base64", b64(packed(SCRIPT))),
        cloud_config('""', f"|\n    {SCRIPT.replace(chr(10), chr(10) + '    ')}").rstrip(" "),
        cloud_config("b64", f"!!binary {b64(SCRIPT)}"),
        multipart(cloud_config("gz+b64", b64(packed(SCRIPT)))),
        b64(packed(multipart(cloud_config("b64", b64(multipart(SCRIPT)))))),
        Encoded("base64encode", SCRIPT),
        Encoded("base64gzip", Text(("# ", Reference("aws_lb.a", ("dns_name",)), f"\n{SCRIPT}"))),
    ],
    ids=range(17),
)
def test_the_script_is_found(value: Value) -> None:
    texts = decoded(value)
    found = [origin for text in texts if isinstance(text, str) for origin in origins_in(text)]
    assert set(found) == {"https://translate.example.com"}
    assert not [text for text in texts if isinstance(text, Unknown)]


def test_what_the_plan_does_not_know_leaves_a_mark() -> None:
    value = Text(("OLLAMA_ORIGINS=https://", Reference("aws_lb.a", ("dns_name",)), "\n"))
    assert decoded(value) == [f"OLLAMA_ORIGINS=https://{UNKNOWN_MARK}\n"]
    assert origins_in(f"OLLAMA_ORIGINS=https://{UNKNOWN_MARK}") != ["https://"]


@pytest.mark.parametrize("part", [LATER, Reference("data.aws_ssm_parameter.a", ("value",))])
def test_a_part_that_may_say_anything_is_told_apart(part: Unknown | Reference) -> None:
    text, unclear = decoded(Text((SCRIPT, part)))
    assert origins_in(str(text)) == ["https://translate.example.com"]
    assert isinstance(unclear, Unknown)


@pytest.mark.parametrize("value", [None, ""])
def test_no_user_data_holds_nothing(value: Value) -> None:
    assert decoded(value) == []


DAMAGED = packed(SCRIPT)[:-12]


def in_files(levels: int) -> str:
    """The script in a file that a file writes that a file writes."""
    text = SCRIPT
    for _ in range(levels):
        text = cloud_config("b64", b64(text))
    return text


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (LATER, "known only after the apply"),
        (Reference("aws_ssm_parameter.a", ("value",)), "is aws_ssm_parameter.a.value, known only"),
        (Encoded("base64encode", LATER), "known only after the apply"),
        (7, "is no text"),
        ([SCRIPT], "is no text"),
        (b64(b"\xff\xfe\xfd"), "holds a part that is no text"),
        (b64(DAMAGED), "holds a damaged gzip part"),
        (b64(b"\x1f\x8b\x08"), "holds a damaged gzip part"),
        (multipart("x", b"\xff\xfe"), "holds a part that is no text"),
        (cloud_config("gz+b64", b64(DAMAGED)), "holds a damaged gzip part"),
        ("#cloud-config\n: [", "is cloud-config that is no YAML"),
        ("#cloud-config\na: !python/none\n", "is cloud-config that is no YAML"),
        (in_files(9), "is packed into itself too many times"),
        ("#cloud-config\na: " + "[" * 5_000, "nested or merged beyond what can be told"),
        ("#cloud-config\na: b\na: c\n", "is cloud-config that says a key twice"),
        ("#cloud-config\nwrite_files: [{source: {uri: x}}]\n", "is fetched at the boot"),
        ("#include\nhttps://x.example/a\n", "includes what an address serves"),
        (as_part("x-include-url", "https://x.example/a"), "includes what an address serves"),
        ("#cloud-config-jsonp\n[]\n", "patches cloud-config"),
        ("## template: jinja\n#cloud-config\na: {{ 'x' ~ 'y' }}\n", "is a Jinja template"),
        (b64(gzip.compress(b"x" * 300_000)), "unpacks to more than user data can hold"),
        ("#!/bin/sh\n" * 500_000, "unpacks to more than user data can hold"),
    ],
    ids=range(22),
)
def test_what_cannot_be_read_is_unknown(value: Value, why: str) -> None:
    assert why in " ".join(text.why for text in decoded(value) if isinstance(text, Unknown))


def size(texts: list[str | Unknown]) -> int:
    return sum(len(text) for text in texts if isinstance(text, str))


def _mime_bomb() -> str:
    heads = (f'Content-Type: multipart/mixed; boundary="b{at}"\n\n--b{at}\n' for at in range(1_000))
    return f"MIME-Version: 1.0\n{''.join(heads)}Content-Type: text/plain\n\nx\n"


def _merge_bomb() -> str:
    levels = "".join(
        f"l{at + 1}: &l{at + 1}\n  <<: [{','.join([f'*l{at}'] * 9)}]\n" for at in range(30)
    )
    return f"#cloud-config\nl0: &l0 {{a: 1, b: 2}}\n{levels}write_files: []\n"


def _alias_bomb(content: bytes, number: int) -> str:
    many = "*x, " * number
    file = f"{{encoding: gz+b64, content: {b64(content)}}}"
    return f"#cloud-config\nx: &x {file}\nwrite_files: [{many}]\n"


def _nested_bomb() -> str:
    """Files that write files that write files, each many times the same one."""
    text = SCRIPT
    for _ in range(5):
        text = _alias_bomb(packed(text), 50)
    return text


BOMBS = {
    "mime": _mime_bomb(),
    "merges": _merge_bomb(),
    "aliases": _alias_bomb(zlib.compress(b""), 50_000),
    "gzip": _alias_bomb(gzip.compress(b"x" * 4_000_000), 300),
    "nested": _nested_bomb(),
    "parts": multipart(*[gzip.compress(b"x" * 1_000_000)] * 60),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_holds_something_unknown_and_no_more_than_user_data_can(name: str) -> None:
    texts = decoded(BOMBS[name])
    assert any(isinstance(text, Unknown) for text in texts)
    assert size(texts) < 1024 * 1024
    assert len(texts) < 60_000


FILES = f"write_files:\n- {{path: /a, encoding: b64, content: {b64('OLLAMA_ORIGINS=*')}}}\n"


@pytest.mark.parametrize(
    "value",
    [
        as_part("cloud-config", f"packages: []\n{FILES}"),
        f"From: a\n{multipart('OLLAMA_ORIGINS=*')}",
        multipart("OLLAMA_ORIGINS=*").partition("\n")[2].replace("MIME-Version: 1.0\n", ""),
        f"#cloud-config-archive\n- {{type: text/cloud-config, content: {json.dumps(FILES)}}}\n",
        f"## template: jinja\n#cloud-config\n{FILES}",
        '#cloud-config\nruncmd: ["echo OLLAMA_ORI\\x47INS=* >> a"]\n',
        '#cloud-config\nruncmd: [[sh, -c, "echo OLLAMA_ORI\\x47INS=* >> a"]]\n',
        f"echo {b64('OLLAMA_ORIGINS=*')} | base64 -d >> a\n",
        f"#cloud-config\nruncmd: [echo {b64('OLLAMA_ORIGINS=*')} | base64 -d >> a]\n",
    ],
    ids=range(9),
)
def test_no_packing_hides_an_origin(value: str) -> None:
    found = [origin for text in decoded(value) for origin in origins_in(str(text))]
    assert "*" in found


SLOW = {
    "apt": "#!/bin/sh\n" + "apt install " * 20_000,
    "systemctl": "systemctl enable " + "-a " * 80_000,
    "spaces": " " * 250_000,
    "origins": "OLLAMA_ORIGINS" * 17_000,
    "commas": "OLLAMA_ORIGINS=a " * 99 + "," * 240_000,
    "fetched": "curl " + "ollama-" * 35_000,
    "variables": "OLLAMA_ORIGINS=$b" + "\nab=1" * 40_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_long_lines_are_read_in_linear_time(name: str) -> None:
    begun = time.process_time()
    for text in decoded(SLOW[name]):
        assert isinstance(text, str)
        origins_in(text)
        list(ways_in(text))
        list(listens_beyond(text))
    assert time.process_time() - begun < 5


@settings(derandomize=True, max_examples=200, deadline=None)
@given(
    st.text(max_size=40) | st.binary(max_size=40).map(b64) | st.binary().map(gzip.compress).map(b64)
)
def test_any_text_is_read(value: str) -> None:
    assert (decoded(value) == []) is (value == "")
