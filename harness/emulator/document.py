"""docs/emulator.md: what the emulated AWS mends of moto, and what it does not do."""

from harness.emulator.limits import LIMITS
from harness.emulator.listed import corrections
from modules.base.readme import table

TEXT = """\
# The emulated AWS

`make apply ENV=local` builds the translator in [moto](https://github.com/getmoto/moto) 5.2.5, a
server on this machine that answers as AWS does. What it answers otherwise is written down here and
nowhere else: these tables are generated from `harness/emulator/`, and a test holds every row
against moto as it comes and against the emulator. It fails once a row is true no longer, in either
direction. Whatever `envs/local.tfvars` makes is applied, read back without a difference, changed
and destroyed on every run of CI.

## What it does not do

{limits}

A request that comes again under the same `amz-sdk-invocation-id`, as an SDK sends it when it lost
the answer, is answered as it was the first time. AWS has client tokens and unique names for that.

## What moto does otherwise, and is mended

Each is one function in [`harness/emulator/corrections/`](../harness/emulator/corrections/).

{corrections}
"""


def document() -> str:
    """The document's text."""
    limits = [(_types(one.types), one.what, one.bridged) for one in LIMITS]
    mended = [(_types(one.types), one.stock, f"[{one.aws}]({one.source})") for one in corrections()]
    return TEXT.format(
        limits=table(("resources", "what happens", "how it is bridged"), limits),
        corrections=table(("resources", "moto as it comes", "AWS, and the emulator"), mended),
    )


def _types(types: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in types)
