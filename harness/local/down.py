"""`make down`: ends what `make up` started, and removes what it wrote."""

import shutil
import sys

from harness.local.place import FOLDER, SERVERS, held
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
            SERVERS.end_all()
            left = [each for pid in SERVERS.recorded().values() for each in SERVERS.alive(pid)]
            if left:
                raise Problem(f"{left[0].command} (process {left[0].pid}) does not end.")
            shutil.rmtree(FOLDER)
    return 0
