"""The plan file that `terraform plan -out` writes: a zip with the configuration inside."""

from __future__ import annotations

import hashlib
import io
import lzma
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from policy.problem import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST_BYTES: Final = 512 * 1024 * 1024  # of a plan file, of its JSON, and of what a zip unpacks to
_MOST_MEMBERS: Final = 20_000
_CONFIGURATION: Final = "tfconfig/"


@dataclass(frozen=True)
class PlanFile:
    """What a saved plan holds beside its protocol buffers.

    Attributes:
        path: The file as it was named.
        sha256: Its digest, lower-case hexadecimal.
        files: The configuration's files by their names below `tfconfig/`: "m-network/main.tf".
        lock: The provider lock file's text, empty where there is none.
        body: The plan proper, in Terraform's own encoding, which nothing here interprets.
    """

    path: Path
    sha256: str
    files: Mapping[str, bytes] = field(repr=False)
    lock: str = ""
    body: bytes = field(default=b"", repr=False)


def content(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        CannotJudgeError: It is not there, cannot be read, or is larger than any plan.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            # A pipe can be read once alone, and a device without end.
            raise CannotJudgeError(f"{path} is no regular file: save the plan into one.")
        if found.st_size > MOST_BYTES:
            raise CannotJudgeError(f"{path} is larger than 512 MiB, which no plan is.")
        return path.read_bytes()
    except OSError as error:
        raise CannotJudgeError(f"{path} cannot be read: {error.strerror or error}.") from None


def is_plan_file(head: bytes) -> bool:
    """Tell a saved plan from JSON by its first bytes."""
    return head.startswith(b"PK")


def read(path: Path, data: bytes) -> PlanFile:
    """Open a saved plan.

    Raises:
        CannotJudgeError: It is no zip, damaged, holds no plan, or would unpack to more than any
            plan does.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS or sum(one.file_size for one in members) > MOST_BYTES:
                raise CannotJudgeError(f"{path} unpacks to more than any plan holds.")
            names = [one.filename for one in members]
            if "tfplan" not in names:
                raise CannotJudgeError(
                    f"{path} is a zip without a plan in it: give the file that "
                    f"`terraform plan -out` wrote."
                )
            if len(set(names)) != len(names):
                raise CannotJudgeError(f"{path} holds a file twice, which Terraform never writes.")
            return PlanFile(
                path=path,
                sha256=hashlib.sha256(data).hexdigest(),
                files={
                    name.removeprefix(_CONFIGURATION): archive.read(name)
                    for name in names
                    if name.startswith(_CONFIGURATION)
                },
                lock=_text(archive.read(".terraform.lock.hcl"))
                if ".terraform.lock.hcl" in names
                else "",
                body=archive.read("tfplan"),
            )
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise CannotJudgeError(f"{path} is a damaged plan file: {error}.") from None
    except RuntimeError as error:  # an encrypted member, or a compression no Terraform uses
        raise CannotJudgeError(f"{path} is no plan file of Terraform's: {error}.") from None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
