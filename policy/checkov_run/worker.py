"""The process that runs checkov: `python -m policy.checkov_run.worker`.

It imports checkov at once, while Terraform plans, says {"ready": …}, takes one line, the path of a
plan's JSON, and answers with one line of JSON: the answers, or {"error": sentence}. It ends when
its standard input does. checkov's own output never reaches standard output, and it opens no
connection.
"""

import gc
import json
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any, TextIO


def refuse_network(event: str, _: tuple[object, ...]) -> None:
    """Audit hook: refuse to look up a name or to connect.

    Raises:
        PermissionError: When the event is one of these.
    """
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}:
        raise PermissionError(f"checkov may not use the network ({event}).")


def _listen(requests: queue.Queue[str]) -> None:
    """Pass on the lines of standard input; its end is the parent's, so ends this process."""
    for line in sys.stdin:
        requests.put(line.rstrip("\n"))
    os._exit(0)


def _say(channel: TextIO, document: dict[str, Any]) -> None:
    channel.write(json.dumps(document) + "\n")
    channel.flush()


def main() -> None:
    """Serve one request, then wait for the end."""
    gc.disable()  # halves both the start and the run, and this process judges one plan
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints goes to standard error
    requests: queue.Queue[str] = queue.Queue()
    listener = threading.Thread(target=_listen, args=(requests,), daemon=True)
    listener.start()
    sys.addaudithook(refuse_network)
    try:
        from policy.checkov_run.run import ChosenRun  # noqa: PLC0415 # this import takes seconds

        run = ChosenRun()
        _say(channel, {"ready": run.version})
        answer = run.judge(Path(requests.get()))
    except Exception as error:  # noqa: BLE001 # whatever breaks is told as one sentence
        told = (
            str(error)
            if type(error).__name__ == "NotLookedError"
            else f"{type(error).__name__}: {error}"
        )
        _say(channel, {"error": " ".join(told.split())[:500]})
    else:
        _say(channel, answer)
    listener.join()


if __name__ == "__main__":
    main()
