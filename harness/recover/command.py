"""`make recover`: from a killed run back to a state that holds everything."""

import os
import socket
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

import envs.load
from harness import explain, roots, runs, state_lock, unsaved
from harness.aws import online
from harness.plan import Prepared, prepare
from harness.problem import Problem
from harness.progress import Progress
from harness.recover import survivors
from harness.recover.account import Account
from harness.recover.adoption import discard_imports
from harness.recover.planned import regions, standing
from harness.recover.search import Searched, search
from harness.recover.unclaimed import unclaimed
from harness.recover.unmade import close_fresh_groups
from harness.summary import table
from harness.terraform import FLAG
from harness.workspace import Workspace

OURS = ("project", "environment")
"""The tags that tell an environment's things from all others'."""


def recover(environment: str, root: str, progress: Progress) -> int:
    """Find what a killed run made and have the next plan adopt it; returns the exit code.

    Raises:
        Problem: Somebody else holds the lock, something is ambiguous, or a step failed.
    """
    try:
        return _recovered(environment, root, progress)
    except (BotoCoreError, ClientError) as error:
        todo = explain.advice(str(error)) or "Mend what it names and recover again."
        raise Problem(f"AWS refused or did not answer: {error} {todo}") from error


def _recovered(environment: str, root: str, progress: Progress) -> int:
    aws = online(environment, "recovered")
    workspace = Workspace(environment, root)
    with workspace.held(lambda: progress.say(f"another command works on {environment}; waiting")):
        workspace.discard_plan()  # whatever it was made from, the account is another now
        with progress.step("end what was left"):
            ended = survivors.end(workspace, progress)
            progress.note(f"{ended} processes" if ended else "nothing runs")
        discard_imports(workspace)
        ready = prepare(workspace, progress, aws)
        settings = envs.load.load(envs.load.path(environment))
        account = Account(settings.account_id, aws)
        opened = _open_lock(ready, account)
        regained = unsaved.save(workspace, ready.terraform)
        searched = search(ready, account, progress)
        claimed = _claimed(searched)
        closed = close_fresh_groups(account, searched, claimed)
        tags = {name: str(getattr(settings, name)) for name in OURS}
        modules: Any = searched.plan["configuration"]["root_module"].get("module_calls", {})
        left = unclaimed(account, regions(searched.plan), tags, modules, claimed)
        runs.forget(workspace)
    sys.stdout.write(
        "\n".join(_told(workspace, searched, left, [opened, *regained, *closed])) + "\n"
    )
    return 0


def _open_lock(ready: Prepared, account: Account) -> str:
    """Open the state's lock if the run that took it is dead; returns a line that tells so.

    Raises:
        Problem: It may be alive, or UNLOCK names another lock.
    """
    environment = ready.workspace.environment
    backend = envs.load.load_backend(environment)
    key = f"{roots.state_key(environment, ready.workspace.root.name)}.tflock"
    asked = {"Bucket": backend.bucket, "Key": key}
    answer = account.one("s3", backend.region, "get_object", "NoSuchKey NoSuchBucket", **asked)
    named = os.environ.get("UNLOCK", "")
    if answer is None:
        return "nobody holds the state's lock"
    lock = state_lock.of_object(answer["Body"].read())
    run = runs.unfinished(ready.workspace)
    dead = run is not None and lock.is_of(run, socket.gethostname())
    if named and named != lock.id:
        raise Problem(f"UNLOCK={named} is not the lock that is held: {lock.holder}, {lock.id}.", 2)
    if not dead and not named:
        raise state_lock.held(lock, ready.workspace.arguments)
    result = ready.terraform.cmd("force-unlock", lock.id, force=FLAG)
    if not result.ok:
        raise Problem(f"terraform force-unlock failed: {result.stderr.strip()}")
    why = "that run is dead" if dead else f"UNLOCK={named} said so"
    return f"opened the state's lock, as {why}: {lock.holder}"


def _claimed(searched: Searched) -> set[str]:
    """Every id and ARN that the state holds or the plan adopts."""
    known = {name for _, name in standing(searched.plan)}
    for _, found in searched.adopted.values():
        known |= {found.id, found.name}
    return known


def _told(
    workspace: Workspace, searched: Searched, left: Iterable[str], done: Iterable[str]
) -> Iterable[str]:
    environment = workspace.environment
    yield ""
    yield from (f"{environment}: {line}" for line in done)
    adopted: Mapping[str, Any] = searched.adopted
    if adopted:
        yield f"{environment}: {len(adopted)} resources stand in the account and not in the state:"
        yield ""
        rows = [
            (at, want.type, found.id, found.how) for at, (want, found) in sorted(adopted.items())
        ]
        yield from table(("address", "type", "id", "recognised by"), rows)
        yield ""
        yield f"The next plan adopts them: make plan {workspace.arguments}, then make apply."
    else:
        yield f"{environment}: nothing stands in the account that the state lacks."
    if left := list(left):
        yield ""
        yield "These carry the environment's tags, and nothing planned is theirs; look at them:"
        yield from (f"  {name}" for name in left)
