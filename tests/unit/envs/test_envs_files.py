"""A file that cannot be read as settings: one sentence, with the line where there is one."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from envs.load import EnvironmentFileError, load

Sentences = Callable[[str | bytes], list[str]]
Render = Callable[[dict[str, Any]], str]


BOM = "starts with a byte order mark; save it as UTF-8 without one"
WORD = "is an expression or a word without quotes; write a plain value, text in double quotes"
TEMPLATE = "has a template in it; a variable file holds only plain values, and a literal"
OPEN = "has a string that is not closed on its line; end it with a double quote"
TWO = "has something after its value; write one plain value, and one setting a line"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", ": is empty; write name = value, one on a line"),
        (b"# nothing", ": is empty; write name = value, one on a line"),
        (b"\xef\xbb\xbfa = 1", f":1: {BOM}"),
        (b"\xff\xfea\0", f":1: {BOM}"),
        (b"a = 1\nb = \xe9", ":2: is not UTF-8 (byte 0xe9); save it as UTF-8"),
        (b"#" * (1 << 21), ": is larger than 1048576 bytes; shorten it"),
        (b"a = 1\na = 2", ":2: a: is set twice, first on line 1; remove one"),
        (b"a = {\n b = 1\n b = 2\n}", ":3: a.b: is set twice, first on line 2; remove one"),
        (b"a = b", f":1: a: {WORD}"),
        (b"a = var.b", ":1: a: is an expression; a variable file holds only plain values"),
        (b'a = file("b")', ":1: a: is an expression; a variable file holds only plain values"),
        (b'a = "${b}"', f":1: a: {TEMPLATE} ${{ is written $${{"),
        (b'a = "%{b}"', f":1: a: {TEMPLATE} %{{ is written %%{{"),
        (b"a = (1)", ":1: a: is an expression; a variable file holds only plain values"),
        (b"a = <<E\nb\nE", ":1: a: is a heredoc; write a string in double quotes on one line"),
        (b"a = 'b'", ":1: a: is in single quotes; write it in double quotes"),
        (b'a = "b', f":1: a: {OPEN}"),
        (b'a = "b\nc"', f":1: a: {OPEN}"),
        (b"a = [\n1,\n", ":3: a[1]: has no value; the file ends too early"),
        (b"a = [1\n", ":2: a: is a list that is not closed with ] or lacks a comma"),
        (b"a = {\n", ":2: a: is an object that is not closed with }"),
        (b"a = 1 2", f":1: a: {TWO}"),
        (b"a = 1 b = 2", f":1: a: {TWO}"),
        (b"a = 10.8.0.0", ":1: a: is no number; write digits only, such as 5"),
        (b"a = 1e99", ":1: a: is a number larger than any setting takes"),
        (b"a = " + b"[" * 9999, f":1: a{'[0]' * 16}: is nested too deeply"),
        (b'resource "a" "b" {}', ":1: resource: is a block; write name = value"),
        (b"a", ":1: a: has no value; write name = value"),
        (b"a =\n", ":1: a: has no value; write one after the equals sign"),
        (b"a = \x00", ":1: a: has an unexpected character, U+0000; remove it"),
        (b"/* a", ":1: has a comment that is not closed; end it with */"),
    ],
)
def test_content(sentences: Sentences, content: bytes, sentence: str) -> None:
    assert sentences(content) == [f"{sentence}."]


def test_truncated_anywhere(
    sentences: Sentences, render: Render, smallest: dict[str, Any], hours: dict[str, Any]
) -> None:
    content = render({"office_hours": hours, **smallest}).strip()
    assert sentences(content) == []
    for end in range(len(content)):
        assert sentences(content[:end]) != []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", " is a directory; name a file."),
        (
            "none.tfvars",
            " does not exist or is no regular file; copy another environment's and adapt it.",
        ),
        (
            "dev.tfvars/none.tfvars",
            " does not exist or is no regular file; copy another environment's and adapt it.",
        ),
        (
            "pipe.tfvars",
            " does not exist or is no regular file; copy another environment's and adapt it.",
        ),
        (
            "loop.tfvars",
            " does not exist or is no regular file; copy another environment's and adapt it.",
        ),
        pytest.param("a" * 5000, " cannot be read: File name too long.", id="long"),
        (
            "nul\0.tfvars",
            " does not exist or is no regular file; copy another environment's and adapt it.",
        ),
    ],
)
def test_no_file(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "dev.tfvars").touch()
    os.mkfifo(tmp_path / "pipe.tfvars")
    (tmp_path / "loop.tfvars").symlink_to("loop.tfvars")
    with pytest.raises(EnvironmentFileError) as caught:
        load(f"{tmp_path}/{name}")
    assert str(caught.value).partition(":")[2] == sentence


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        '"\\',
        "/*",
        "/**",
        "*/ /*",
        "#",
        "[",
        "{",
        "1",
        "a",
        "-----BEGIN ",
        "eyJ-",
        "gl",
        "://a:",
    ],
)
def test_no_content_takes_long(sentences: Sentences, piece: str) -> None:
    start = time.monotonic()
    for prefix in ("", "a = ", 'a = "'):
        sentences((prefix + piece * (1 << 20))[: 1 << 20])
    assert time.monotonic() - start < 10
