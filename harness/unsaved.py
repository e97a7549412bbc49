"""A state that Terraform could not save where it belongs, and so left in a file.

It does so where the backend answers no more: credentials that expired during an apply, a network
that went away. Nothing else knows all that was made, so the file is kept until it is saved.
"""

import contextlib
from collections.abc import Generator

from harness.events import Events, trimmed
from harness.explain import advice
from harness.project import shown
from harness.terraform import FLAG, KilledError, Terraform
from harness.workspace import Workspace

LOCK_IS_LEFT = "error releasing the state lock"
"""What Terraform says where it could not give the lock back."""


@contextlib.contextmanager
def saved(workspace: Workspace, terraform: Terraform, events: Events) -> Generator[None]:
    """See to it that what the run in the block made is in the state when the block ends.

    Raises:
        KilledError: It is not, or the state's lock is left.
    """
    why: BaseException | None = None
    try:
        yield
    except BaseException as error:  # an interrupt leaves a file as well
        why = error
        raise
    finally:
        workspace.keep_unsaved()
        code, said = int(getattr(why, "exit_code", 1)), "\n".join(events.errors)
        todo = f" {advice(said)}" if advice(said) else ""
        if not _is_saved(workspace, terraform, events):
            raise KilledError(
                f"Terraform could not save the state, so {shown(workspace.unsaved)} alone tells of"
                f" all that was made: leave it there.{todo}",
                code,
            ) from why
        if LOCK_IS_LEFT in said.lower():
            raise KilledError(f"Terraform could not give the state's lock back.{todo}", code)


def save(workspace: Workspace, terraform: Terraform) -> list[str]:
    """Save the state that lies in the file, where there is one; returns lines that tell so.

    Raises:
        Problem: Terraform could not, or would not: the one in the bucket is newer, or another's.
    """
    if not workspace.unsaved.is_file():
        return []
    events = Events(workspace.log)
    if not _is_saved(workspace, terraform, events):
        raise events.failure("terraform state push")
    return [f"saved the state that {shown(workspace.unsaved)} held"]


def _is_saved(workspace: Workspace, terraform: Terraform, events: Events) -> bool:
    """Whether no file is left, once it was tried."""
    if not workspace.unsaved.is_file():
        return True
    result = terraform.cmd(
        "state push",
        str(workspace.unsaved),
        no_color=FLAG,
        lock_timeout="10s",
        on_line=events.line,
        timeout=600,
    )
    if result.ok:
        workspace.unsaved.unlink()
    elif not events.errors:
        events.errors.append(trimmed(result.stderr))
    return result.ok
