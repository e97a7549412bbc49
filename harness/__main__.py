"""The commands behind the Makefile: `python -m harness COMMAND`.

Exit codes:
    0: It was done; for `drift`, nothing had changed.
    1: It was refused or failed.
    2: The input was wrong, such as an environment's variable file; for `drift`, something changed.
    3: Another run holds the state's lock.
    130: It was interrupted.
"""

import importlib
import sys

from harness.explain import lacking

if __name__ == "__main__":
    try:
        # Here and not above: what it imports is installed, and may have been damaged since.
        sys.exit(importlib.import_module("harness.commands").main(sys.argv[1:]))
    except ModuleNotFoundError as missing:
        sentence = lacking(missing.name or "")
        if sentence is None:
            raise
        sys.stderr.write(f"error: {sentence}\n")
        sys.exit(1)
