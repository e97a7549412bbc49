"""`make down`: ends what `make up` started, and removes what it wrote."""

import shutil
import sys

from harness.local import servers
from harness.local.place import FOLDER, held
from harness.problem import Problem
from harness.progress import Progress


def down(progress: Progress) -> int:
    """End the stack, whole or not.

    Raises:
        Problem: A process of it does not end.
    """
    with held(lambda: progress.say("another make up or make down runs; waiting")):
        if not FOLDER.exists():
            sys.stdout.write("Nothing is up.\n")
            return 0
        with progress.step("down"):
            servers.end_all()
            left = [each for pid in servers.recorded().values() for each in servers.alive(pid)]
            if left:
                raise Problem(f"{left[0].command} (process {left[0].pid}) does not end.")
            shutil.rmtree(FOLDER)
    return 0
