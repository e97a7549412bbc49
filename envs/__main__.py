"""`python -m envs [ENV...]` checks environments, all by default: exit code 0 if good, else 2."""

from __future__ import annotations

import sys

from envs.load import EnvironmentFileError, load, load_backend, names, path
from envs.problems import shown


def main(chosen: list[str]) -> int:
    """Check the chosen environments and their backends, and print what was found."""
    if not names():
        print("envs: holds no environment; write envs/<env>.tfvars.", file=sys.stderr)  # noqa: T201
        return 2
    status = 0
    for name in chosen or names():
        try:
            load(path(name))
            load_backend(name)
        except EnvironmentFileError as error:
            print(error, file=sys.stderr)  # noqa: T201  a command's output
            status = 2
        else:
            print(f"{shown(path(name))}: OK")  # noqa: T201
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
