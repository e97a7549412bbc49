"""What to do about the failures of Terraform that people meet most."""

import errno
import os
import re
import shutil
from typing import Any

from harness.credentials import asked_in_vain

OWN = {"", "envs", "harness", "main", "modules"}
"""The packages that lie in the checkout; any other is installed."""

NO_CREDENTIALS = "no valid credential sources found"

ASKED_IN_VAIN = (
    "AWS credentials were asked for (OFFLINE=0), and none were found: log in, or leave OFFLINE out."
)

UNREACHABLE = "AWS cannot be reached: check network and proxy, or plan with OFFLINE=1."

STANDS = (
    "It stands there and is not in the state: `make recover ENV=…` has the next plan adopt what is"
    " this environment's."
)

DAMAGED = (
    "The state in the bucket is damaged, or a newer Terraform's: `make state-versions ENV=…` lists"
    " those that were, and `make state-restore ENV=… VERSION=…` has one back."
)

NO_BUCKET = (
    "The state bucket does not exist yet: `make plan ENV=… ROOT=state` and `make apply ENV=…"
    " ROOT=state` make it."
)

ADVICE = (
    ("no space left on device", "The disk is full: free some space and run the command again."),
    (
        "read-only file system",
        "A folder cannot be written: build/ must be on a disk that takes writes.",
    ),
    ("permission denied", "A file cannot be read or written: mend the owner or mode of build/."),
    (
        "failed to query available provider packages",
        (
            "No registry answers here: name a folder mirror with TF_PROVIDER_MIRROR=… (`terraform"
            " providers mirror` fills one on a machine that has a network)."
        ),
    ),
    (
        "match any of the checksums",
        (
            "The provider on disk is not the one that .terraform.lock.hcl locks: remove it from the"
            " mirror or cache and fetch it again."
        ),
    ),
    (
        "failed to install provider",
        (
            "The provider could not be fetched: run the command again, or name a folder mirror with"
            " TF_PROVIDER_MIRROR=…."
        ),
    ),
    ("unsupported state file format", DAMAGED),  # before the lock, whose error may say so too
    (
        "error acquiring the state lock",
        (
            "Someone else is changing this environment: wait for them, or, if that run is dead, use"
            " `terraform force-unlock` with the lock's ID."
        ),
    ),
    ("nosuchbucket", NO_BUCKET),
    ("s3 bucket does not exist", NO_BUCKET),
    (
        "failed to get shared config profile",
        "AWS_PROFILE names no profile: correct it, or plan with OFFLINE=1.",
    ),
    (
        NO_CREDENTIALS,
        "AWS credentials are configured but give none: log in again, or plan with OFFLINE=1.",
    ),
    ("expiredtoken", "The AWS credentials have expired: log in again, or plan with OFFLINE=1."),
    (
        "invalidclienttokenid",
        "AWS does not know these credentials: log in again, or plan with OFFLINE=1.",
    ),
    (
        "aws account id not allowed",
        "These credentials are for another account than the variable file pins: switch to it.",
    ),
    (
        "saved plan is stale",
        "The environment changed since it was planned: plan, gate and apply again.",
    ),
    ("already exist", STANDS),
    ("alreadyexist", STANDS),
    (
        "unsupported terraform core version",
        "This Terraform is too old or too new: name another with TERRAFORM=….",
    ),
    ("no such host", UNREACHABLE),
    ("request send failed", UNREACHABLE),  # last: what tells more may say this too
)
"""Text that Terraform prints, in lower case, and what to do then; the first match counts."""


def advice(text: str) -> str | None:
    """What to do about Terraform's error text, where it is a known one."""
    flat = " ".join(text.lower().replace("│", " ").split())
    if NO_CREDENTIALS in flat and asked_in_vain():
        return ASKED_IN_VAIN
    return next((sentence for fragment, sentence in ADVICE if fragment in flat), None)


def lacking(module: str) -> str | None:
    """A sentence for a module that cannot be imported; None for one of this project's own."""
    package = module.partition(".")[0]
    if package in OWN:
        return None
    return f".venv lacks {package}: remove .venv and run make again."


def of_os_error(error: OSError) -> str:
    """A sentence for an error of the system while a command wrote its files."""
    if isinstance(error, shutil.Error):
        return _of_copying(error)
    place = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"The disk is full{place}: free some space and run the command again."
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return f"A file or folder cannot be used{place}: mend its owner or mode."
    if error.errno in {errno.ENOTDIR, errno.EISDIR, errno.EEXIST}:
        return f"{error.strerror}{place}: remove or rename it."
    return f"{error.strerror or error}{place}."


def _of_copying(error: shutil.Error) -> str:
    """A sentence for the first of the files that could not be copied; shutil lists them all."""
    failures: Any = error.args[0]
    if not isinstance(failures, list) or not failures:
        return f"{error}."
    _, place, why = failures[0]
    told = re.match(r"\[Errno (\d+)\][^:]*(?:.*'([^']+)')?", str(why))
    if told is None:
        return f"{why} ({place})."
    code = int(told[1])
    return of_os_error(OSError(code, os.strerror(code), told[2] or str(place)))
